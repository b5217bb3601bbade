"""What people say beside a table that is open: grumbling, questions, 不要, 都要, 元 for a unit."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow

_LONGEST = 30
_ENDS = " 。.!！~…,，、?？;；"
_SOUNDS = re.compile(
    r"(?:唉|哎|哎呀|哎哟|诶|欸|啊|呃|嗯+|哦+|噢|喔|哈+|呵+|嘿+|呜+|晕|靠|天哪|天啊|我去|我的天|妈呀|好吧|额+)"
    r"(?:[,，。.!！~…\s]+.{0,20}|[唉哎啊呃嗯哦哈呵呜了吧呀]*)"
)
_MOOD = re.compile(
    r"烦死|好烦|真烦|太烦|烦人|烦不烦|累死|好累|太累|累了|真累|麻烦(?:死|啊|了|呀)|[太真好]麻烦|搞不懂|看不懂"
    r"|不想[弄填搞写做干]|气死|崩溃|受不了|头疼|头大|要疯|无语|这么多[啊呀]?|怎么这么|什么鬼|没完没了|加班|下班"
    r"|^唉|^哎[^呀哟]|吐血|救命|烦躁|心累|真是的|填不完|弄不完|写不完"
)
_SPEAKING = re.compile(
    r"(?:等等|等一下|等下|等会|稍等|稍后|马上|别急|先等|慢点|我[看查问找想去先在这们再也得要还让]"
    r"|你们?[好是能帮怎说看先可]|您[好是能帮怎说看先可]|请问|帮我|让我|容我|先这样|就这样|差不多|不好意思|抱歉"
    r"|对不起|谢谢|多谢|辛苦|麻烦你|麻烦您|收到|知道了|明白|好的|好嘞|没事|没问题|喂|在吗|在不在|早上好|下午好|晚安"
    r"|先[弄填写发到做搞放].*[吧了]|(?:今天|那)?就?先?到这|不知道|不清楚|不晓得|不会|忘了|记不|想不起|随便|都行|算了).*"
)
_MAYBE = re.compile(
    r".*(?:哪些|哪个|什么|怎么|咋|多少|几个|是不是|要不要|能不能|可不可以|谁).*|.*[吧啊呀哦啦嘛了哈呢么]|.*[我你您咱俺].*|[^\u4e00-\u9fff]*|."
)
_DROP = re.compile(
    r"(?:(?:这|那|这个|那个|这一|那一)?(?:条|行|句|个|项)?(?:就|都|全|全部|统统)?"
    r"(?:不要|不用|不算|不记|去掉|删掉|删了|删除|删|丢掉|扔掉|作废|忽略|不是)(?:了|它|这条|这行|掉|这些|吧|啦)*"
    r"|不用管(?:它|了)*|别管(?:它|了)*|没用的?|不用加|不加|不加了|重复了?|多余的?)"
)
_HOW_MANY = re.compile(
    r"(?:那)?(?:现在|一共|总共|目前|我|已经|都)*(?:有|发|填|写|加|记)?了?(?:有)?(?:几|多少|哪几|哪些)(?:条|行|项|个|笔)?了?(?:呢|啊|吗|呀)?"
)
_SENT_WRONG = re.compile(
    r"(?:不好意思|对不起|抱歉)?[,，\s]*(?:刚才|上面)?(?:这|那|最后)?(?:一)?(?:条|个|行)?(?:我)?(?:发错|发重|贴错|粘错)了?(?:地方)?"
)
_LATER = re.compile(
    r"(?:这|这个|这条|这行)?(?:先)?(?:跳过|放着|放一放|放放|略过|等会儿?再说|待会儿?再说|回头再说|以后再说|晚点再说)(?:吧|了)?"
)
_TAKE = re.compile(
    r"(?:就|都|全|还|全部|也)?(?:要|加|加上|记|记上|算|留|留着|留下|保留|新加|另加|新增|加一条|另加一条|再加一条|是新的|新的)"
    r"(?:的|吧|了|上|一条)*|没错|就是这样|就这样写"
)
_REPLACE = re.compile(
    r"(?:就)?(?:改|替换|覆盖|更新|换|换掉|改它|改这条|改原来的|以新的为准|用新的|按新的)(?:成新的|掉|吧|了|的)*"
)
_ALL = re.compile(r"^(?:都|全|全部|统统|这些)")
_UNIT = re.compile(
    r"(?:就|都|全|全部|统统|单位)?(?:是|按|用)?(?P<unit>万元|元|万|块)(?:的|吧|算)*(?:整)?"
)
_EACH = re.compile(r"(?:都是|全是|全部是|统统是|每条都是|每个都是|都填|一律)\s*(?P<value>.{1,20})")


def is_talk(text: str) -> bool:
    """Whether a message is surely said in passing and no row of a table.

    >>> is_talk("唉烦死了"), is_talk("我查一下啊"), is_talk("办公室")
    (True, True, False)
    """
    typed = narrow(text).strip(_ENDS)
    if not typed:
        return True
    if len(typed) > _LONGEST or "\n" in typed:
        return False
    return bool(_SOUNDS.fullmatch(typed) or _MOOD.search(typed) or _SPEAKING.fullmatch(typed))


def may_be_talk(text: str) -> bool:
    """Whether a line may be said in passing as well as be a row of words.

    >>> may_be_talk("先弄这些吧"), may_be_talk("123"), may_be_talk("综合股")
    (True, True, False)
    """
    typed = narrow(text).strip(_ENDS)
    return is_talk(text) or (len(typed) <= _LONGEST and bool(_MAYBE.fullmatch(typed)))


def says_drop(text: str) -> bool:
    """Whether a line is not wanted: 不要, 这条删了.

    >>> says_drop("不要了"), says_drop("都不要"), says_drop("不要乱收费")
    (True, True, False)
    """
    return _DROP.fullmatch(narrow(text).strip(_ENDS)) is not None


def asks_to_see(text: str) -> bool:
    """Whether the rows are to be shown: the message before was sent by mistake, or how many there
    are is asked.

    >>> asks_to_see("发错了"), asks_to_see("现在几条了")
    (True, True)
    """
    typed = narrow(text).strip(_ENDS)
    return bool(_SENT_WRONG.fullmatch(typed) or _HOW_MANY.fullmatch(typed))


def says_later(text: str) -> bool:
    """Whether something is put off: 跳过, 先放着."""
    return _LATER.fullmatch(narrow(text).strip(_ENDS)) is not None


def says_take(text: str) -> bool:
    """Whether a line is wanted as it is, or as one more: 要, 加上.

    >>> says_take("都要"), says_take("要求")
    (True, False)
    """
    return _TAKE.fullmatch(narrow(text).strip(_ENDS)) is not None


def says_replace(text: str) -> bool:
    """Whether a line stands instead of the one that is there: 改, 以新的为准."""
    return _REPLACE.fullmatch(narrow(text).strip(_ENDS)) is not None


def says_all(text: str) -> bool:
    """Whether what is said is for all of them: 都, 全部."""
    return _ALL.match(narrow(text)) is not None


def unit_said(text: str) -> str:
    """The unit that is the whole of what was said, "" if none.

    >>> unit_said("都是元"), unit_said("万"), unit_said("35元")
    ('元', '万元', '')
    """
    match = _UNIT.fullmatch(narrow(text).strip(_ENDS))
    return {"块": "元", "万": "万元"}.get(match["unit"], match["unit"]) if match else ""


def for_each(text: str) -> str:
    """The value that is said to be the same for all, "" where none is: 都是100.

    >>> for_each("都是100"), for_each("100")
    ('100', '')
    """
    match = _EACH.fullmatch(narrow(text).strip(_ENDS))
    return match["value"].strip() if match else ""

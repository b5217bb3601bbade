"""Who changed what, asked in words: 谁改过, 这个数谁填的, 采购金额改过几次, 修改记录."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow

HERE = "这个"
"""What is asked about is the open question, or the one answered last."""

_LONGEST = 40
_THIS = r"(?:这个?数|这道?题|这一题|这个?|这项|这里|本题|此题|该项|刚才(?:那个|那题|的)?|刚刚(?:那个|的)?)"
_DID = r"(?:改|填|写|动|报|录|答|修改|变更|改动|更改|填写|调整|弄|输入|提交)"
_PAST = r"(?:过|的|了|过的)"
_WHEN = r"(?:什么时候|啥时候|何时|哪天|几时|几号)"
_END = r"(?:的|啊|呀|呢|吗|嘛|么|来着)*"
_SHOW = r"(?:请|帮我|我想|我要|想|能|能不能|可以)?(?:给我)?(?:看一?下|看看|看|查一?下|查|列一?下|列出|显示|调出|发一下|有没有|有)?(?:一下)?"
_RECORD = (
    r"(?:(?:修改|更改|改动|变更|填报|填写|历史|答题|操作|变动)(?:的)?(?:记录|历史|情况|痕迹|明细|经过|日志)|"
    r"历史(?:版本|数据|值)?|改动)"
)
_WHO = rf"(?:都|是|被|由)*(?:谁|哪个人|哪个同事|哪位|什么人|谁谁)(?:们)?(?:{_WHEN})?"
_NAMED = r"(?P<target>[^,，。？?]{0,30}?)"
_TRAIL = r"[\s,，的]*"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 谁改过, 采购金额谁填的, 第12题是谁什么时候改的
        rf"{_SHOW}{_NAMED}{_TRAIL}{_WHO}(?:在)?(?:{_WHEN})?(?:给)?{_DID}{_PAST}{_END}",
        rf"{_WHO}把(?P<target>[^,，。？?]{{2,30}}?)(?:给)?{_DID}(?:过|了|的|过了){_END}",
        # 谁动了采购金额, 谁填的第12题
        rf"{_SHOW}{_WHO}(?:把)?{_DID}(?:过|的|了|过的){_TRAIL}(?P<target>[^,，。？?]{{2,30}}?){_END}",
        # 采购金额改过几次, 改了多少遍, 什么时候改的, 有没有改过
        rf"{_SHOW}{_NAMED}{_TRAIL}(?:一共|总共|都|被|前后)*{_DID}(?:过|了|过了)(?:几|多少)(?:次|遍|回|版){_END}",
        rf"{_NAMED}{_TRAIL}(?:是|都|被)*{_WHEN}{_DID}(?:的|过|过的|了){_END}",
        rf"{_NAMED}{_TRAIL}(?:有没有|有|是不是|是否)(?:谁|人|别人|同事)?(?:被)?{_DID}过(?:没有|没|吗){_END}",
        rf"{_NAMED}{_TRAIL}(?:被(?:谁|人)?)?(?:改|动|修改|变)过(?:没有|没|吗)",
        rf"{_NAMED}{_TRAIL}(?:有没有|是不是|是否)(?:被)?(?:谁|人|别人|同事)?{_DID}过{_END}",
        # 修改记录, 采购金额的修改记录, 看看第12题的历史
        rf"{_SHOW}{_NAMED}{_TRAIL}{_RECORD}{_END}",
        # 采购金额以前填的是多少, 原来是多少
        rf"{_NAMED}{_TRAIL}(?:以前|原来|之前|原先|上次|改之前|改前){_DID}?(?:的|过)?(?:是|填|写)*(?:多少|什么|几)(?:来着)?{_END}",
        # 最近改了什么, 谁都改了哪些
        rf"(?:最近|刚才|今天|昨天|都|大家|谁)*(?:都)?{_DID}(?:了|过)(?:什么|哪些|哪几题|啥)(?:内容|数|题|地方)?{_END}",
        rf"(?:有什么|有啥|有哪些|最近的)(?:修改|改动|变化|变更|变动){_END}",
    )
)
_WHEN_ONLY = re.compile(r"什么时候|什么人")
_RECORDS = re.compile(r"记录|历史|最近|今天|昨天|大家|什么|哪些|啥|修改|改动|变动")
_NOT_HISTORY = re.compile(r"去年|上年|往年|材料|佐证|审核|退回")
_FILLER = re.compile(
    rf"^(?:{_THIS}|那个|我的?|我们的?|表|报告|全部|所有|整张表|最近的?|都|以前的|之前的|哪些|什么|哪些题|内容)$"
)


def read_recall(text: str) -> str | None:
    """What somebody asks the history of: words for it, HERE for the open question, "" for the
    whole form; None where no history is asked for.

    >>> read_recall("实际采购金额谁改过？"), read_recall("这个数谁填的"), read_recall("修改记录")
    ('实际采购金额', '这个', '')
    >>> read_recall("这题问谁"), read_recall("去年填的是多少")
    (None, None)
    """
    typed = narrow(text).strip(" 。.!?~")
    if not typed or len(typed) > _LONGEST or "\n" in text.strip() or _NOT_HISTORY.search(typed):
        return None
    for pattern in _PATTERNS:
        found = pattern.fullmatch(typed)
        if found:
            named = _target((found.groupdict().get("target") or "").strip(" 的,，"))
            return named or (
                "" if _RECORDS.search(typed) and not _WHEN_ONLY.search(typed) else HERE
            )
    return None


def _target(words: str) -> str:
    if re.fullmatch(_THIS, words):
        return HERE
    named = re.sub(rf"^(?:{_THIS}|那个|我们?的?|看看|查查)(?=.{{2,}})", "", words).strip(" 的")
    return "" if _FILLER.fullmatch(named) or len(named) < 2 else named

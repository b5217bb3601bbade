"""The words of which a yes and a no are made."""

from __future__ import annotations

import re

from dialogs.understand.manners import MARKS_NO, MARKS_YES

YES = frozenset(
    [
        "是",
        "有",
        "对",
        "嗯",
        "恩",
        "好",
        "行",
        "有的",
        "对的",
        "是的",
        "好的",
        "好了",
        "可以",
        "可以的",
        "行的",
        "没错",
        "正确",
        "正是",
        "确认",
        "确实",
        "确有",
        "确实有",
        "的确",
        "的确是",
        "的确有",
        "当然",
        "当然有",
        "当然是",
        "肯定",
        "肯定的",
        "肯定有",
        "肯定是",
        "必须",
        "必须的",
        "必须有",
        "那必须",
        "那是",
        "那当然",
        "毫无疑问",
        "同意",
        "系",
        "系的",
        "要得",
        "对头",
        "昂",
        "嗯哼",
        "嗯呢",
        "有滴",
        "有哒",
        "是滴",
        "是哒",
        "对滴",
        "对哒",
        "yes",
        "y",
        "yep",
        "yeah",
        "yup",
        "ok",
        "okay",
        "true",
        "1",
        "a",
        "打勾",
        "打钩",
        "对勾",
        "勾",
        "👌",
        "👍",
        "🆗",
        "有这个",
        "有这项",
        "有这种情况",
        "有此项",
        "有此情况",
        "存在",
        "涉及",
        "有涉及",
        "有了",
        "有过",
        "都是",
        "都有",
        "全是",
        "全有",
        "全部是",
        "全部有",
        "做到了",
        "都做到了",
        "相符",
        "都相符",
        "一致",
        "都一致",
        *(books + same for books in ("账实", "账账", "账物", "账卡") for same in ("相符", "一致")),
    ]
) | frozenset(MARKS_YES)
NO = frozenset(
    [
        "否",
        "没有",
        "没",
        "无",
        "不是",
        "不是的",
        "没有过",
        "没过",
        "未",
        "不",
        "不对",
        "没有的",
        "冇",
        "冇有",
        "木有",
        "木得",
        "么有",
        "米有",
        "莫得",
        "没得",
        "唔系",
        "唔是",
        "毋",
        "没这个",
        "没有这个",
        "没这项",
        "没有这项",
        "没此项",
        "无此项",
        "无此情况",
        "没有此项",
        "没这回事",
        "没有这回事",
        "没这种情况",
        "没有这种情况",
        "没有这类情况",
        "没有此类情况",
        "尚未",
        "尚无",
        "还未",
        "仍未",
        "暂无",
        "暂时没有",
        "目前没有",
        "目前无",
        "并没有",
        "并无",
        "并未",
        "从来没有",
        "从没",
        "从未",
        "从来没",
        "不存在",
        "不涉及",
        "没涉及",
        "没有涉及",
        "未涉及",
        "没有任何",
        "一个都没有",
        "一个也没有",
        "一次都没有",
        "一次也没有",
        "一项都没有",
        "一项也没有",
        "一点都没有",
        "啥都没有",
        "什么都没有",
        "绝对没有",
        "肯定没有",
        "肯定不是",
        "当然没有",
        "当然不是",
        "确实没有",
        "的确没有",
        "真没有",
        "真的没有",
        "真没",
        "都不是",
        "都没有",
        "都没",
        "全没有",
        *(books + "不符" for books in ("账实", "账账", "账物", "账卡")),
        "不相符",
        "不符",
        "不一致",
        "没有发生",
        "not",
        "no",
        "n",
        "nope",
        "false",
        "2",
        "b",
        "0",
        "叉",
        "打叉",
        "x",
    ]
) | frozenset(MARKS_NO)

FILLERS = frozenset(
    ["嗯", "恩", "哦", "噢", "好", "好的", "ok", "行", "啊", "呃", "额", "那", "收到"]
)
"""What may stand before an answer without being one."""

_DONE = (
    r"(?:做|开展|公开|公布|公示|盘点|清查|盘|检查|督促|跟踪督促|跟踪|督办|调查|回访|完成|缴纳|上缴|缴清|缴库|缴|交|超标准|超标|超过|超"
    r"|相符|一致|发生|落实|执行|进行|组织|办理|处置|出租|出借|采购|备案|上报|整改)"
)
_IN_TIME = r"(?:及时足额|按时足额|及时|足额及时|按时|足额|如期|按期|准时|按规定|按要求)"
_THING = r"(?:国库|财政|规定标准|配置|面积|标准|资产盘点|满意度调查|盘点|调查|回访|检查|采购|处置|收入|租金)?"
_WHO = r"(?:我们?|咱们?|本|我)?(?:单位|部门|局|这边|这里)?(?:今年|本年度?|年度内|全年|年内)?(?:是|确实)?"
_ALWAYS = r"(?:都|全部|全体|全|均|也|已经?|早就|早|一直|每年|每次|按规定|确实|肯定)*"
_YES_DONE = re.compile(
    rf"{_WHO}{_ALWAYS}(?:有(?={_DONE})|做到)?(?:{_IN_TIME}{_DONE}?|{_DONE})(?:到位|完|好|过|成)?了?{_THING}了?(?:[0-9一二两三四五六七八九十几]{{1,3}}[次回遍])?的?"
)
_NO_DONE = re.compile(
    rf"{_WHO}(?:都|也|还|一直|从来|确实|肯定|真的?|目前|暂时|根本)*(?:没有?|未|尚未|还未|从未|并未|没能|未能|不)"
    rf"(?:{_IN_TIME}{_DONE}?|{_DONE})(?:到位|到|好|过|成)?{_THING}(?:的|过)?"
)
_PLAIN_WHO = re.compile(
    r"(?:我们?|咱们?|本)?(?:单位|部门|局|这边|这里|这个|这项)?(?:今年|本年度?|年度内|全年|年内)?(?:都|也|还|确实|肯定|一直)?"
)
_COUNTED = re.compile(
    r"有过?(?:[1-9]\d{0,5}|[一二两三四五六七八九十几]{1,3})(?:个|次|项|处|家|件|笔|宗|份|条|间|套|台|批)(?:左右|了|的)?"
)
_AGAIN = re.compile(r"([^\x00-\x7f]{1,4}?)[啊呀哦]?(?:\1[啊呀哦]?)+")
# A verb alone (采购) may be the name of an office.
_MARKED = re.compile("[有已都全均过了完好]|到位|及时|按时|按期|足额|准时|如期|相符|一致|超")
_NEGATION = re.compile("[没未不无否非冇毋]|木有|莫得")


def is_yes(words: str) -> bool:
    """Whether a clause says yes and nothing else.

    >>> is_yes("都及时上缴了"), is_yes("我们单位有"), is_yes("有一部分")
    (True, True, False)
    """
    words = once(words)
    if words in YES or (_YES_DONE.fullmatch(words) and _MARKED.search(words)):
        return True
    return _COUNTED.fullmatch(words) is not None or _after_who(words) in _SHORT_YES


def is_no(words: str) -> bool:
    """Whether a clause says no and nothing else.

    >>> is_no("没有做过"), is_no("我们没有"), is_no("不是没有"), is_no("没有问题")
    (True, True, False, False)
    """
    words = once(words)
    if words in NO or _NO_DONE.fullmatch(words):
        return True
    return _after_who(words) in _SHORT_NO


_SURELY = re.compile(
    r"^(?:完全|根本|压根|绝对|肯定|当然|确实|的确|真的?|从来|一直|目前|现在|实在|其实|通通|统统|今年|并|也|就|都)+(?=.)"
)
_SHORT_YES = frozenset({"有", "是", "有的", "是的", "做了", "做过", "有做"})
_SHORT_NO = frozenset({"没有", "没", "无", "不是", "没有的", "没有过", "否", "木有"})


def _after_who(words: str) -> str:
    """What follows 我们单位 and 完全; "" where neither stands there."""
    rest = _SURELY.sub("", _PLAIN_WHO.sub("", words, count=1), count=1)
    return rest if rest != words else ""


def once(words: str) -> str:
    """Words that are said again and again, once.

    >>> once("有有有"), once("没有没有"), once("11")
    ('有', '没有', '11')
    """
    match = _AGAIN.fullmatch(words)
    return match[1] if match else words


def has_negation(words: str) -> bool:
    """Whether something is said not to be."""
    return _NEGATION.search(words) is not None

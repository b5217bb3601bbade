"""Yes and no."""

from __future__ import annotations

from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask, Got

_YES = {
    "是",
    "有",
    "对",
    "是的",
    "有的",
    "对的",
    "做过",
    "做了",
    "有做",
    "嗯",
    "嗯嗯",
    "好",
    "好的",
    "好了",
    "可以",
    "没错",
    "正确",
    "是啊",
    "有啊",
    "确认",
    "行",
    "都是",
    "都有",
    "做到了",
    "都做到了",
    "都及时",
    "及时",
    "都缴了",
    "开展了",
    "超了",
    "有超",
    "yes",
    "y",
    "ok",
    "1",
    "a",
    "√",
}
_NO = {
    "否",
    "没有",
    "没",
    "无",
    "不是",
    "没做",
    "没做过",
    "没有做",
    "没有做过",
    "未",
    "不",
    "不对",
    "没有的",
    "都没有",
    "没超",
    "没有超",
    "没有超过",
    "没超过",
    "不及时",
    "没及时",
    "没开展",
    "no",
    "n",
    "2",
    "b",
    "×",
}


def read_yesno(text: str) -> Got[bool] | Ask:
    """Yes or no; anything hedged is asked about.

    >>> read_yesno("有的。").value, read_yesno("没有超过").value, read_yesno("应该有吧").code
    (True, False, 'ask_yesno')
    """
    typed = narrow(text).lower().strip(" 。.!！,，了的吧呢~") or narrow(text)
    whole = narrow(text).lower().strip(" 。.!！,，~")
    if typed in _YES or whole in _YES:
        return Ask("ask_yesno", {"text": text}) if whole.endswith("吧") else Got(True)
    if typed in _NO or whole in _NO:
        return Ask("ask_yesno", {"text": text}) if whole.endswith("吧") else Got(False)
    return Ask("ask_yesno", {"text": text})


def says_yes(text: str) -> bool | None:
    """Whether a yes or a no was said; None for anything else and for what is hedged.

    >>> says_yes("好的"), says_yes("不是"), says_yes("应该是吧")
    (True, False, None)
    """
    read = read_yesno(text)
    return None if isinstance(read, Ask) else read.value

"""Whose answer is to count, in words."""

from __future__ import annotations

import re
from collections.abc import Collection

from dialogs.understand.plain_text import bare_words
from dialogs.understand.yesno import says_yes

_LEAD = r"(?:那)?(?:就|还是|先|都)*(?:按|用|以|留着?|保留|改成|换成|要|是)?"
_TAIL = r"(?:填|写|报)?的?(?:那个|这个)?(?:数|答案)?(?:为准|吧|来|对|算)*"
_MINE = re.compile(rf"{_LEAD}(?:我|本人|自己){_TAIL}|改|改吧|改过来|换|换掉|改成我的|1")
_OTHERS = ("他", "她", "ta", "TA", "对方", "人家", "同事", "原来", "之前", "前面", "刚才")
_LEAVE = frozenset(
    {
        "留着",
        "留着不改",
        "留着,不改",
        "不改",
        "不改了",
        "不换",
        "别改",
        "不用改",
        "算了",
        "取消",
        "2",
    }
)


def says_mine(text: str, names: Collection[str]) -> bool | None:
    """Whether the own answer is to count (or one of `names` has the right one); None where that
    isn't said.

    >>> says_mine("用我的", ["李强"]), says_mine("以李强的为准", ["李强"]), says_mine("留着", [])
    (True, False, False)
    >>> says_mine("好的", ["李强"])
    """
    typed = bare_words(text)
    others = "|".join(re.escape(name) for name in (*names, *_OTHERS))
    if _MINE.fullmatch(typed):
        return True
    if typed in _LEAVE or re.fullmatch(rf"{_LEAD}(?:{others}){_TAIL}", typed):
        return False
    return None


def is_unclear(text: str) -> bool:
    """Whether a bare yes or no was said, which does not tell whose answer is meant."""
    return says_yes(text) is not None

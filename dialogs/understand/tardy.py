"""For which question a message is that came late, in words."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import bare_words

_NUMBER = re.compile(r"(?:是|算|答|记)*(?:答|给|到)?\s*第?\s*(?P<number>\d{1,3})\s*题?(?:的|吧)*")
_LEAVE = re.compile(r"(?:都)?(?:不用|不要|别)(?:记|管|答)?(?:了|它)*|算了|不是|都不是|取消|发错了?")


def meant_number(text: str) -> int | None:
    """The number of the question that is meant.

    >>> meant_number("答第12题"), meant_number("13"), meant_number("98.31万元")
    (12, 13, None)
    """
    match = _NUMBER.fullmatch(bare_words(text).strip("【】"))
    return int(match["number"]) if match else None


def says_leave_it(text: str) -> bool:
    """Whether the late message is to count for nothing.

    >>> says_leave_it("不用记了"), says_leave_it("没有")
    (True, False)
    """
    return _LEAVE.fullmatch(bare_words(text)) is not None

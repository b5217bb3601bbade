"""清除: what is to be erased and why, and whether somebody agrees."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.plain_text import BETWEEN, narrow

# In prose 清除 has its object right behind it; a command has a gap or a number.
ASKED = re.compile(
    r"(?:我要|申请|请)?清除(?:(?:\s+|(?=\s*第\s*\d))(?P<target>第?\s*\d{1,3}\s*题?|[^\s,，:：。]{2,30})"
    r"(?:[\s,，:：。]+(?P<reason>.{1,200}))?)?",
    re.S,
)
_DECIDED = re.compile(
    r"(?P<no>不)?(?:同意|批准)清除[\s,，:：]*(?:第\s*)?(?P<number>\d{1,9})?\s*号?"
)


@dataclass(frozen=True)
class Decision:
    """Yes or no to an order; `number` None where only one can be meant."""

    yes: bool
    number: int | None


def read_decision(text: str) -> Decision | None:
    """A decision about an order; None for any other message.

    >>> read_decision("同意清除 3"), read_decision("不同意清除。")
    (Decision(yes=True, number=3), Decision(yes=False, number=None))
    """
    match = _DECIDED.fullmatch(narrow(text).strip(" 。.!！"))
    if match is None:
        return None
    return Decision(not match["no"], int(match["number"]) if match["number"] else None)


def asks(text: str) -> bool:
    """Whether somebody wants something erased.

    >>> asks("清除 12 误填"), asks("清除卫生死角12处")
    (True, False)
    """
    return ASKED.fullmatch(narrow(text).strip(BETWEEN + "!！.")) is not None

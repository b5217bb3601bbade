"""同上 in a cell: what stands above it."""

from __future__ import annotations

from dialogs.understand.plain_text import narrow

_SAME = {
    "同上",
    "同前",
    "〃",
    "″",
    "''",
    '"',
    "同上条",
    "同上一条",
    "同上一行",
    "同上行",
    "和上面一样",
}
_SAME |= {
    "跟上面一样",
    "与上面一样",
    "和上一条一样",
    "跟上一条一样",
    "和上条一样",
    "一样",
    "同上面",
}


def says_same(text: str) -> bool:
    """Whether a cell repeats the one above.

    >>> says_same("同上"), says_same("同上述")
    (True, False)
    """
    return narrow(text).strip(" 。.") in _SAME

"""Whether a message is the one that was sent a moment ago."""

from __future__ import annotations

import hashlib
import re

from dialogs.understand.plain_text import narrow

_FIGURE = re.compile("[1-9]")


def digest(text: str) -> str:
    """What a message is known by; nothing of it can be read back.

    >>> digest("２５８７.01") == digest("2587.01 ")
    True
    """
    return hashlib.sha256(narrow(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_telling(text: str) -> bool:
    """Whether sending it twice is likelier an accident than a second answer.

    是, 没有, 0 0 and letters answer one question after another; figures and sentences don't.

    >>> is_telling("2587.01 2249.57"), is_telling("0 0"), is_telling("没有")
    (True, False, False)
    """
    typed = narrow(text)
    return len(typed) >= 10 or (len(typed) >= 4 and bool(_FIGURE.search(typed)))

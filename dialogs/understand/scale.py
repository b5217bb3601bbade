"""Whether a likely figure is meant, in words."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import bare_words
from dialogs.understand.yesno import says_yes

_MEND = re.compile(
    r"(?:对[,，]?|是[,，]?)?(?:帮我|给我|都)?(?:改成?|改过来|改一下|改正|更正)(?:吧|它|了)*|1"
)
_KEEP = re.compile(
    r"(?:没错[,，]?|不[,，]?)?(?:就是(?:这个|这个数|它|这样)?|就这个|确实(?:是|是这个数)?|我没(?:填|写|打)错|没填错|没写错|没打错|不改|不用改|别改|照我的|按我的|确认无误|数没错)(?:了|的)*|2"
)

_EITHER = re.compile(r"没有?(?:弄|搞)?错(?:的|啊|了|哦|哈|呀)*")


def is_either(text: str) -> bool:
    """Whether the words may mean the suggestion as well as the figure that was typed.

    >>> is_either("没错"), is_either("没填错"), is_either("是的")
    (True, False, False)
    """
    return _EITHER.fullmatch(bare_words(text)) is not None


def says_mend(text: str) -> bool | None:
    """Whether the likely figure is meant (True) or the one that was typed (False); None where
    neither is said.

    >>> says_mend("是"), says_mend("改"), says_mend("就是这个数"), says_mend("23万元")
    (True, True, False, None)
    """
    if _MEND.fullmatch(bare_words(text)):
        return True
    return False if says_keep(text) else says_yes(text)


def says_keep(text: str) -> bool:
    """Whether the figure is to stay as typed, said in so many words.

    >>> says_keep("没填错"), says_keep("不对")
    (True, False)
    """
    return _KEEP.fullmatch(bare_words(text)) is not None

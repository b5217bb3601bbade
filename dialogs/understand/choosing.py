"""Which of numbered options somebody picks."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import bare_words, simple

_WRITTEN = {char: number for number, char in enumerate("一二三四五六七八九", start=1)}
_ORDINAL = re.compile(
    r"(?:我?(?:说|选|要|指|改)?的?(?:是)?)?第?\s*[(]?([0-9]{1,3}|[一二三四五六七八九])[)]?\s*(?:个|项|条|题|号|种|处)?(?:吧|的|那个|啊)*"
)
_FIRST = {
    "前一个": 1,
    "前者": 1,
    "前面那个": 1,
    "上面那个": 1,
    "后者": 2,
    "后一个": 2,
    "后面那个": 2,
    "下面那个": 2,
}
_NONE = re.compile(
    r"(?:都|全)?(?:不是|不对|没有|不要)(?:这些|的)?|取消|算了|不改了?|不用了?|别改了?|都不改|不用改了?|没事了?"
)


def ordinal(text: str) -> int | None:
    """The number of the option, None where none was said.

    >>> ordinal("2"), ordinal("第一个"), ordinal("①"), ordinal("后者"), ordinal("98.31万元")
    (2, 1, 1, 2, None)
    """
    typed = bare_words(simple(text))
    match = _ORDINAL.fullmatch(typed)
    if match is None:
        return _FIRST.get(typed)
    return int(match[1]) if match[1].isdigit() else _WRITTEN[match[1]]


def says_none_of_them(text: str) -> bool:
    """Whether none of the options is meant.

    >>> says_none_of_them("都不是"), says_none_of_them("没有出租")
    (True, False)
    """
    return _NONE.fullmatch(bare_words(simple(text))) is not None

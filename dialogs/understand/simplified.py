"""Traditional characters read as simplified ones; what people typed is kept as it was."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

_FIRST_HAN = "\u3400"


def simplified(text: str) -> str:
    """The text in simplified characters.

    >>> simplified("沒有，下週五"), simplified("2587.01万元")
    ('没有，下周五', '2587.01万元')
    """
    if text.isascii() or not any(map(_is_traditional, set(text))):
        return text
    return _convert(text)


def _convert(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


@cache
def _is_traditional(char: str) -> bool:
    # Most messages need no converting, which is slow; there are a few thousand characters.
    return char >= _FIRST_HAN and _convert(char) != char


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")

"""Texts that fit WeChat Work: cleaned, measured in bytes and split on line boundaries.

The service cuts a text above 2,048 bytes without an error (path 90236), so everything
here counts UTF-8 bytes, never characters.
"""

import re
import unicodedata
from collections.abc import Iterator

# What XML 1.0 cannot hold, and errcode 82004 ("may crash clients") complains about.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CHARACTER = 4


def clean(text: str) -> str:
    """The text without control characters, except tab, LF and CR.

    >>> clean("a\\x00b\\tc")
    'ab\\tc'
    """
    return _UNFIT.sub("", text)


def byte_length(text: str) -> int:
    """The length of the text in UTF-8 bytes; lone surrogates count as three."""
    return len(text.encode("utf-8", "surrogatepass"))


def split(text: str, limit: int = 1900) -> list[str]:
    """The cleaned text in parts of at most `limit` bytes, cut at line ends where possible.

    A line that is too long by itself is cut after a sentence mark or a space, else between
    two characters. Only the line ends (and blank lines) at a cut are lost; a part is never
    blank. Raises ValueError for a limit that could not hold one character.

    >>> split("ab\\ncd\\nef", limit=5)
    ['ab\\ncd', 'ef']
    """
    if limit < _LONGEST_CHARACTER:
        raise ValueError(
            f"limit {limit} is below {_LONGEST_CHARACTER} bytes, the longest character"
        )
    parts = [""]
    for line in clean(text).split("\n"):
        for index, piece in enumerate(_pieces(line, limit)):
            joined = f"{parts[-1]}\n{piece}" if parts[-1] else piece
            if index == 0 and byte_length(joined) <= limit:
                parts[-1] = joined
            else:
                parts.append(piece)
    return [part for part in (part.strip("\r\n") for part in parts) if part.strip()]


def _pieces(line: str, limit: int) -> Iterator[str]:
    while byte_length(line) > limit:
        cut = _cut(line, limit)
        yield line[:cut]
        line = line[cut:]
    yield line


def _cut(line: str, limit: int) -> int:
    """How many characters of the line fit; the last quarter is searched for a good place."""
    fitting = len(line.encode()[:limit].decode("utf-8", "ignore"))
    for place in range(fitting, fitting - fitting // 4, -1):
        if _ends_phrase(line[place - 1]):
            return place
    return fitting


def _ends_phrase(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Po"

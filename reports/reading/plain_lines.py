"""Paragraphs from pasted text whose lines were broken where a page was wide enough.

Text copied from a PDF has a line break at the end of every printed line. A line goes on in the
next one when it is as wide as the page's lines are, and the next one doesn't open with a number
of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from reports.reading.patterns import part, pattern

MOST_CHARS = 400_000
MOST_LINES = 12_000
MOST_WIDE = 20_000  # characters of a paragraph
NARROW = 0.87  # of a full line: shorter ones end their paragraph,
LOOSE = 0.75  # or those shorter still that break off in the middle of a sentence
UNBROKEN = 110  # columns: lines wider than this were not broken by a page
LEAST_BROKEN = 6  # lines as wide as the widest: fewer are chance
# Spaces beside a character that is no Latin letter stand for nothing.
_SPACES = re.compile(
    r"(?<![A-Za-z])[ \u00a0\u3000\u2000-\u200b]+|[ \u00a0\u3000\u2000-\u200b]+(?![A-Za-z])"
)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without spaces that only set figures apart; tabs are kept.

    >>> paragraphs("一、概况\\n全文 2021 年")
    ['一、概况', '全文2021年']
    """
    lines = _without_pages(
        [tidy(line[:MOST_WIDE]) for line in text[:MOST_CHARS].splitlines()[:MOST_LINES]]
    )
    full = _full_width(lines)
    joined = _joined(lines, full) if full else lines
    return [line for line in joined if line.strip()]


def tidy(line: str) -> str:
    """A line without its needless spaces; tabs stay, they part the cells of a table."""
    return "\t".join(_SPACES.sub("", cell).strip() for cell in line.strip("\r\n").split("\t"))


def level_of(line: str) -> int:
    """The level of the number that a line opens with, from 1; 0 without one."""
    return next((n for n, one in enumerate(_levels(), start=1) if one.match(line)), 0)


@cache
def _levels() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in part("levels"))


def _without_pages(lines: Sequence[str]) -> list[str]:
    """The lines without page numbers; bare ones count as such when they ascend one by one."""
    marked = pattern("page_number")
    bare = [int(line) for line in lines if line.isdecimal() and line.isascii() and len(line) < 4]
    counted = len(bare) > 1 and all(b - a == 1 for a, b in pairwise(bare))
    gone = {str(number) for number in bare} if counted else set()
    return [line for line in lines if not marked.match(line) and line not in gone]


def _full_width(lines: Sequence[str]) -> int:
    """How wide a full line of the page is; 0 when lines weren't broken by a page."""
    widths = sorted(_width(line) for line in lines if line)
    if not widths or widths[-1] > UNBROKEN:
        return 0
    full = widths[int(len(widths) * 0.9)]
    near = sum(width >= NARROW * full for width in widths)
    return full if near >= max(LEAST_BROKEN, len(widths) * 0.3) else 0


def _joined(lines: Sequence[str], full: int) -> Iterator[str]:
    held = ""
    for line in lines:
        if not line or level_of(line) or "\t" in line or len(held) > MOST_WIDE:
            yield from [held] if held else []
            held = ""
        held += line
        if _ends(line, full):
            yield from [held] if held else []
            held = ""
    if held:
        yield held


def _ends(line: str, full: int) -> bool:
    """Whether a paragraph ends with this line."""
    width = _width(line)
    broken_off = width >= LOOSE * full and not pattern("paragraph_end").search(line)
    return width < NARROW * full and not broken_off


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in line)

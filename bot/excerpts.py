"""Two long texts that differ in one place: the place, with a little of what stands around it."""

from __future__ import annotations

from itertools import takewhile

AROUND = 6
"""How many characters of what is the same are shown on either side."""


def excerpts(old: str, new: str, limit: int) -> tuple[str, str]:
    """Both texts in one line each; what is the same at their ends is left out where they are
    longer than `limit`.

    >>> excerpts("abcdefghij" * 9 + "1" + "x" * 50, "abcdefghij" * 9 + "22" + "x" * 50, 40)
    ('…efghij1xxxxxx…', '…efghij22xxxxxx…')
    >>> excerpts("old", "new", 40)
    ('old', 'new')
    """
    old, new = " ".join(old.split()), " ".join(new.split())
    if max(len(old), len(new)) <= limit:
        return old, new
    start = _same(old, new)
    longest = min(len(old), len(new)) - start
    end = min(_same(old[::-1], new[::-1]), longest)
    start, end = max(0, start - AROUND), max(0, end - AROUND)
    return _part(old, start, end), _part(new, start, end)


def _part(text: str, start: int, end: int) -> str:
    head, tail = "…" * (start > 0), "…" * (end > 0)
    return f"{head}{text[start : len(text) - end]}{tail}"


def _same(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

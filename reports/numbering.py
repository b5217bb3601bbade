"""The numbers of headings and items, as official papers write them."""

from __future__ import annotations

from reports.wording import phrases


def number(level: int, n: int) -> str:
    """The number of the n-th heading (from 1) at a level (from 1); deeper ones as the deepest.

    >>> number(1, 12), number(3, 4), number(6, 2)
    ('十二、', '4.', 'B. ')
    """
    patterns: list[str] = phrases()["numbering"]
    pattern = patterns[min(level, len(patterns)) - 1]
    return pattern.format(h=han(n), n=n, c=_circled(n), l=_letter(n))


def han(n: int) -> str:
    """A number from 1 to 99 in Chinese numerals.

    >>> han(10), han(21)
    ('十', '二十一')
    """
    digits: str = phrases()["digits"]
    tens, ones = divmod(n, 10)
    if not tens:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + digits[10] + (digits[ones] if ones else "")


def _circled(n: int) -> str:
    """①–⑳ and ㉑–㊿; beyond, in brackets of the level above."""
    if n <= 20:
        return chr(ord(phrases()["circled_first"]) + n - 1)
    if n <= 35:
        return chr(0x3251 + n - 21)
    return chr(0x32B1 + n - 36) if n <= 50 else f"({n})"


def _letter(n: int) -> str:
    """A–Z, then AA–ZZ."""
    high, low = divmod(n - 1, 26)
    return (chr(ord("A") + high - 1) if high else "") + chr(ord("A") + low)

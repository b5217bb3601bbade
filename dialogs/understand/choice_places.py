"""Options called by letter, number or place: AC, 1、3, 第二项, 前四项, 最后一项, A到D."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMERALS = "一二两三四五六七八九十"
UNIT = "[项个条样点款类]"
_DIGITS = dict(zip(NUMERALS, (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_NUM = r"(?:\d{1,9}|[一二三四五六七八九十]{1,9})"
_TO = r"\s*(?:到|至|-+|~+|—+|–)\s*"
_FIRST = re.compile(rf"(?:最?前面?|头)的?(?P<count>\d{{1,3}}|[{NUMERALS}]{{1,3}}){UNIT}?")
_LAST = re.compile(
    rf"(?:最后面?|后面?|最末|末尾?|倒数)的?(?P<count>\d{{1,3}}|[{NUMERALS}]{{1,3}}){UNIT}"
)
_LAST_BUT = re.compile(rf"倒数第(?P<count>\d{{1,3}}|[{NUMERALS}]{{1,3}}){UNIT}?")
# 3项 may be three of them or the third: the unit needs 第 before it, or another one before that.
_SPAN = re.compile(
    rf"(?:从)?(?P<from>第?{_NUM}|[A-Z])(?P<unit>{UNIT})?{_TO}(?P<to>第?{_NUM}|[A-Z])(?P<behind>{UNIT}|号)?"
)
_NTH = re.compile(rf"第(?P<numbers>{_NUM})(?:{UNIT}|号)?|(?P<called>\d{{1,3}})号")
_NUMBERS = re.compile(rf"(?P<numbers>{_NUM})(?P<unit>{UNIT})?")
_LETTERS = re.compile(rf"(?P<letters>[A-Z]+)(?:{UNIT})?")

Place = tuple[int, frozenset[int]]
"""Where the words end, and the indices of the options that they call."""


def number(text: str) -> int:
    """The number in digits or in Chinese numerals below a hundred; 0 where it is none.

    >>> number("12"), number("两"), number("二十三"), number("一三")
    (12, 2, 23, 0)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or (tens and tens not in _DIGITS):
        return 0
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def place_at(typed: str, at: int, options: Sequence[str], listed: bool) -> Place | None:
    """The options that are called there; None where none is, or one that does not exist.

    `listed`: another one was called just before.

    >>> place_at("前两项", 0, "ABC", False), place_at("A到Z", 0, "ABC", False)
    ((3, frozenset({0, 1})), None)
    """
    for pattern, read in ((_FIRST, _first), (_LAST_BUT, _last_but), (_LAST, _last)):
        if match := pattern.match(typed, at):
            found = read(number(match["count"]), len(options))
            return (match.end(), found) if found else None
    if match := _SPAN.match(typed, at):
        return _span(match, options)
    return _one(typed, at, options, listed)


def _first(count: int, total: int) -> frozenset[int]:
    return frozenset(range(count)) if 0 < count <= total else frozenset()


def _last(count: int, total: int) -> frozenset[int]:
    return frozenset(range(total - count, total)) if 0 < count <= total else frozenset()


def _last_but(count: int, total: int) -> frozenset[int]:
    return frozenset({total - count}) if 0 < count <= total else frozenset()


def _span(match: re.Match[str], options: Sequence[str]) -> Place | None:
    ends = [_index(match[end], options) for end in ("from", "to")]
    counted = "个" in (match["unit"], match["behind"]) and not match["from"].startswith("第")
    if counted or None in ends:
        return None
    first, last = sorted(end for end in ends if end is not None)
    return match.end(), frozenset(range(first, last + 1))


def _one(typed: str, at: int, options: Sequence[str], listed: bool) -> Place | None:
    match = _NTH.match(typed, at)
    if match:
        found = _by_number(match["numbers"] or match["called"], len(options))
        return (match.end(), found) if found else None
    match = _NUMBERS.match(typed, at)
    if match:
        found = _by_number(match["numbers"], len(options))
        counted = match["unit"] and (not listed or match["unit"] == "个")
        return (match.end(), found) if found and not counted else None
    match = _LETTERS.match(typed, at)
    found = _by_letters(match["letters"], options) if match else frozenset()
    return (match.end(), found) if match and found else None


def _index(word: str, options: Sequence[str]) -> int | None:
    """The one option that a letter or number calls."""
    if len(word) == 1 and word.isascii() and word.isalpha():
        found = _by_letters(word, options)
    else:
        place = number(word.removeprefix("第"))
        found = frozenset({place - 1}) if 0 < place <= len(options) else frozenset()
    return min(found) if len(found) == 1 else None


def _by_number(run: str, total: int) -> frozenset[int]:
    """The options of a number, or of its digits one by one (135) where it is too large for one."""
    place = number(run)
    if 0 < place <= total:
        return frozenset({place - 1})
    each = [number(digit) for digit in run]
    single = "十" not in run and len(set(each)) == len(each) > 1
    one_digit = total < 10 or not run.isdigit()
    if single and one_digit and all(0 < digit <= total for digit in each):
        return frozenset(digit - 1 for digit in each)
    return frozenset()


def _by_letters(run: str, options: Sequence[str]) -> frozenset[int]:
    if len(set(run)) != len(run):
        return frozenset()
    marks = list(options)
    if marks and marks[0].isdigit():
        marks = [chr(ord("A") + at) for at in range(min(len(marks), 26))]
    return (
        frozenset(marks.index(letter) for letter in run) if set(run) <= set(marks) else frozenset()
    )

"""Which of several lettered or numbered options are meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask, Got

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALL = {
    "全部",
    "全有",
    "都有",
    "都是",
    "全是",
    "都做到",
    "都做到了",
    "全做到",
    "全部做到",
    "都完成",
    "都完成了",
    "全部完成",
    "都达到",
    "都达到了",
    "全部达到",
    "都相符",
    "全部相符",
    "都公开",
    "都公开了",
    "全选",
    "都选",
    "全部公开",
    "都按时",
    "都按时完成",
    "都按时完成了",
    "全部按时完成",
    "都满足",
    "全部满足",
    "全都有",
    "全都做到了",
    "是",
    "对",
}
_NONE = {
    "都没有",
    "没有",
    "无",
    "全没有",
    "以上都没有",
    "一个都没有",
    "一项都没有",
    "都没做到",
    "都不是",
    "没",
    "都没有做到",
    "都没公开",
    "都没完成",
    "不选",
}
_SEPARATORS = re.compile(r"[\s,，、;；和及与/.。]+")
_RANGE = re.compile(r"([A-Za-z0-9]{1,2})(?:到|至|-|~)([A-Za-z0-9]{1,2})")
_FIRST = re.compile(r"前([0-9一二两三四五六七八九])[项个条]?")
_EXCEPT = re.compile(
    r"(?:除了|除去|除开|除|只差|只缺)(.+?)(?:项)?(?:以外|之外|外)?(?:其他|其余|别的)?(?:的)?(都是|都有|都做到了?|全有|都完成了?|都达到了?|都按时(?:完成)?了?|都公开了?|都选|都相符|都行)?"
)
_MINUS = re.compile(
    r"(.+?)(?:项)?(?:都)?(?:没有|没做到|没完成|没达到|没公开|未完成|未做到|未达到|不相符|不符|没按时|不是|没做|没)(?:完成|做到)?(?:[,，]?(?:其他|其余|别的)都.{1,6})?"
)
_SMALL = re.compile(r"[0-9]{1,3}")
_CIRCLED = {chr(0x2460 + n): f"{n + 1} " for n in range(20)}
_CHINESE = dict(zip("一二两三四五六七八九", "1223456789", strict=True))


def read_letters(text: str, options: Sequence[str]) -> Got[tuple[str, ...]] | Ask:
    """The options meant, in their order; `options` are single letters or numbers as text.

    >>> read_letters("除了E都是", "ABCDE").value
    ('A', 'B', 'C', 'D')
    >>> read_letters("a、c", "ABC").value, read_letters("前两项", "ABC").value
    (('A', 'C'), ('A', 'B'))
    """
    options = list(options)
    typed = "".join(_CIRCLED.get(c, c) for c in text)
    typed = narrow(typed).strip(" 。.!！").upper()
    if typed in _ALL:
        return Got(tuple(options))
    if typed in _NONE:
        return Got(())
    if typed.startswith(("除", "只差", "只缺")):
        match = _EXCEPT.fullmatch(typed)
        named = _named(match.group(1), options) if match else None
        return _but(named, options, text)
    minus = _MINUS.fullmatch(typed)
    if minus and _named(minus.group(1), options):
        return _but(_named(minus.group(1), options), options, text)
    named = _named(typed.removeprefix("选").removesuffix("项"), options)
    return Ask("ask_letters", {"text": text, "options": list(options)}) if not named else Got(named)


def says_none(text: str) -> bool:
    """Whether a message says that there is nothing at all.

    >>> says_none("没有。"), says_none("没有问题")
    (True, False)
    """
    return narrow(text).strip(" 。.!！").upper() in _NONE


def _but(
    named: tuple[str, ...] | None, options: Sequence[str], text: str
) -> Got[tuple[str, ...]] | Ask:
    if not named:
        return Ask("ask_letters", {"text": text, "options": list(options)})
    return Got(tuple(option for option in options if option not in named))


def _named(typed: str, options: Sequence[str]) -> tuple[str, ...] | None:
    """The options that are named one by one, or None where something else is in the text."""
    first = _FIRST.fullmatch(typed)
    if first:
        count = int(_CHINESE.get(first.group(1), first.group(1)))
        return tuple(options[:count])
    found: set[str] = set()
    for part in filter(None, _SEPARATORS.split(typed)):
        span = _RANGE.fullmatch(part)
        part = part.removeprefix("第").removesuffix("项").removesuffix("条")
        indices = [_index(p, options) for p in span.groups()] if span else []
        if span and None not in indices:
            start, end = (i for i in indices if i is not None)
            found |= set(options[min(start, end) : max(start, end) + 1])
        elif _index(part, options) is not None:
            found.add(options[_index(part, options) or 0])
        elif part.isalpha() and part.isascii() and all(c in options for c in part):
            found |= set(part)
        else:
            return None
    return tuple(option for option in options if option in found) or None


def _index(part: str, options: Sequence[str]) -> int | None:
    if part in options:
        return list(options).index(part)
    if part in _CHINESE:
        part = _CHINESE[part]
    if _SMALL.fullmatch(part) and 1 <= int(part) <= len(options):
        return int(part) - 1
    if len(part) == 1 and part.isascii() and part.isalpha() and options and options[0].isdigit():
        index = ord(part) - ord("A")
        return index if index < len(options) else None
    return None

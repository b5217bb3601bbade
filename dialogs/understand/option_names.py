"""Options called by their names instead of their letters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs.understand.plain_text import narrow

_ALL_BUT = re.compile(
    r"(?:都有|都是|全有|全部都?有?|都做到了?|都公开了?|都相符)[\s,;]*(?:就|只)?(?:除了|除|差|缺)(.+?)"
    r"(?:没有|没做到|没公开|不符)?"
)
_HEAD = re.compile(r"(除了|除|只有|有)?(.+?)(以外|之外|外)?(都有|都是|都做到了?|都公开了?)?")
_SEPARATORS = re.compile(r"[\s,、;和及与.。]+")
_SHORTEST = 2


def with_letters(text: str, labels: Mapping[str, str]) -> str:
    """The text with the names of options replaced by their letters; as it was where one of the
    names fits no option or several.

    >>> labels = {"A": "专项资金或项目", "B": "政府采购", "C": "资产处置收入"}
    >>> with_letters("有专项资金和采购", labels), with_letters("都有，除了资产处置", labels)
    ('A、B', '除了C')
    >>> with_letters("有奖金", labels), with_letters("AB", labels)
    ('有奖金', 'AB')
    """
    typed = narrow(text).strip(" 。.!！")
    but = _ALL_BUT.fullmatch(typed)
    head, names = ("除了", but.group(1)) if but else _headed(typed)
    parts = [part for part in _SEPARATORS.split(names) if part]
    letters = [_letter(part, labels) for part in parts]
    if not letters or None in letters:
        return text
    mark = "除了" if head in ("除了", "除") else ""
    return mark + "、".join(letter for letter in letters if letter)


def _headed(typed: str) -> tuple[str, str]:
    match = _HEAD.fullmatch(typed)
    return (match.group(1) or "", match.group(2)) if match else ("", typed)


def _letter(part: str, labels: Mapping[str, str]) -> str | None:
    """The letter whose label holds the part, if just one does; a letter stands for itself."""
    if part.upper() in labels:
        return part.upper()
    found = [letter for letter, label in labels.items() if part in narrow(label)]
    return found[0] if len(found) == 1 and len(part) >= _SHORTEST else None

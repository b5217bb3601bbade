"""The numbers that Word puts before paragraphs by itself, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Callable

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from reports.numbering import han, number

_CIRCLED = 5  # the level of reports.numbering that is circled


def _letter(n: int) -> str:
    return number(6, n).split(".")[0]


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "chineseCounting": han,
    "chineseCountingThousand": han,
    "japaneseCounting": han,
    "chineseLegalSimplified": han,
    "decimalEnclosedCircle": lambda n: number(_CIRCLED, n),
    "decimalEnclosedCircleChinese": lambda n: number(_CIRCLED, n),
    "upperLetter": _letter,
}
_MOST = 99


class Numbers:
    """Counts the numbered paragraphs of a document, in order."""

    def __init__(self, document: Word) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = _numbered_styles(document)
        root = _numbering(document)
        if root is not None:
            self._learn(root)

    def before(self, paragraph: BaseOxmlElement) -> str:
        """The number that stands before a paragraph; "" without one. Call once for each."""
        found = _number_of(paragraph) or self._styles.get(_style_of(paragraph))
        if found is None or (self._abstract.get(found[0], ""), found[1]) not in self._levels:
            return ""
        key, level = self._abstract[found[0]], found[1]
        counts = self._counts.setdefault(key, {})
        start = self._levels[key, level][2]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return self._shown(key, level, counts)

    def _shown(self, key: str, level: int, counts: dict[int, int]) -> str:
        def count(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            style, _, start = self._levels.get((key, at), ("decimal", "", 1))
            n = counts.get(at, start)
            return _FORMATS.get(style, str)(n) if 0 < n <= _MOST else str(n)

        style, text, _ = self._levels[key, level]
        return "" if style in ("bullet", "none") else re.sub(r"%(\d)", count, text)

    def _learn(self, root: BaseOxmlElement) -> None:
        for one in root.iter(qn("w:abstractNum")):
            key = one.get(qn("w:abstractNumId"), "")
            for level in one.iter(qn("w:lvl")):
                at = _integer(level.get(qn("w:ilvl")))
                style = _value(level, "w:numFmt") or "decimal"
                start = _integer(_value(level, "w:start") or "1")
                self._levels[key, at] = (style, _value(level, "w:lvlText"), start)
        for one in root.iter(qn("w:num")):
            self._abstract[one.get(qn("w:numId"), "")] = _value(one, "w:abstractNumId")


def _numbering(document: Word) -> BaseOxmlElement | None:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


def _numbered_styles(document: Word) -> dict[str, tuple[str, int]]:
    """The numbering of each style that has one."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        numbered = _number_of(style)
        if numbered:
            found[style.get(qn("w:styleId"), "")] = numbered
    return found


def _number_of(element: BaseOxmlElement) -> tuple[str, int] | None:
    properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if properties is None:
        return None
    return _value(properties, "w:numId"), _integer(_value(properties, "w:ilvl") or "0")


def _style_of(paragraph: BaseOxmlElement) -> str:
    properties = paragraph.find(qn("w:pPr"))
    return _value(properties, "w:pStyle") if properties is not None else ""


def _value(element: BaseOxmlElement, tag: str) -> str:
    found = element.find(qn(tag))
    return found.get(qn("w:val"), "") if found is not None else ""


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0

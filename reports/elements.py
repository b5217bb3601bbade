"""Small pieces of WordprocessingML: elements, runs and paragraphs from people's words."""

from __future__ import annotations

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from reports.shown import GAP_CLOSES, GAP_OPENS

_GAP = re.compile(f"({GAP_OPENS}[^{GAP_CLOSES}]*{GAP_CLOSES})")


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """An element of the main namespace; attribute names are given without their prefix."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def paragraph(style_id: str, text: str) -> BaseOxmlElement:
    """A paragraph in a style; marked gaps in it are highlighted, the marks taken out."""
    made = element("p", element("pPr", element("pStyle", val=style_id)))
    for part in _GAP.split(text):
        plain = part.strip(GAP_OPENS + GAP_CLOSES)
        if plain:
            made.append(_run(plain, highlighted=part.startswith(GAP_OPENS)))
    return made


def field(instruction: str) -> BaseOxmlElement:
    """A field, such as the number of the page."""
    return element("fldSimple", _run("1"), instr=instruction)


def run(text: str) -> BaseOxmlElement:
    """A run of plain text."""
    return _run(text)


def _run(text: str, highlighted: bool = False) -> BaseOxmlElement:
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made = element("r")
    if highlighted:
        made.append(element("rPr", element("highlight", val="yellow")))
    made.append(words)
    return made

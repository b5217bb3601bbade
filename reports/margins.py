"""What stands outside the text: page numbers and the version code at the foot, a draft's watermark."""

from __future__ import annotations

from importlib import resources
from string import Template
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm

from reports.elements import element, field, run
from reports.layout import Layout, twips
from reports.wording import phrases, say

_DASH = "\u2014"
# One character of the footer's type between the page number and the edge of the text, in twips.
_EDGE = 280


def number_pages(document: Document, look: Layout, code: str = "") -> None:
    """— 1 — at the outer foot of every page: right on odd pages, left on even ones.

    A version code stands on the same line at the inner edge, so that the number keeps its place.
    """
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    width = twips(_text_width(section))
    for footer, is_odd in ((section.footer, True), (section.even_page_footer, False)):
        _number(footer.paragraphs[0]._p, is_odd, width, code_run(code, look) if code else None)


def _number(xml: BaseOxmlElement, is_odd: bool, width: int, code: BaseOxmlElement | None) -> None:
    page = [run(f"{_DASH} "), field("PAGE"), run(f" {_DASH}")]
    look = xml.get_or_add_pPr()
    if code is None:
        edge = {"right": _EDGE, "rightChars": 100} if is_odd else {"left": _EDGE, "leftChars": 100}
        look.append(element("ind", **edge))
        look.append(element("jc", val="right" if is_odd else "left"))
        xml.extend(page)
        return
    stop = width - _EDGE if is_odd else width
    look.append(element("tabs", element("tab", val="right", pos=stop)))
    left = {} if is_odd else {"left": _EDGE, "leftChars": 100}
    look.append(element("ind", **left))
    look.append(element("jc", val="left"))
    xml.extend([code, _tab(), *page] if is_odd else [*page, _tab(), code])


def code_run(code: str, look: Layout) -> BaseOxmlElement:
    """The version code in small type, as it stands at the foot of a page."""
    made = run(say("version_code", code=code))
    size = round(look.styles["Header"].size * 2)
    made.insert(0, element("rPr", element("sz", val=size), element("szCs", val=size)))
    return made


def _tab() -> BaseOxmlElement:
    return element("r", element("tab"))


def _text_width(section: Section) -> float:
    """In mm; the section says it itself, for a page may lie on its side."""
    edges = (section.left_margin or 0) + (section.right_margin or 0)
    return float(((section.page_width or 0) - edges) / Mm(1))


def put_watermark(document: Document, look: Layout) -> None:
    """The word for draft across every page, behind the text, in light grey."""
    xml = resources.files(__package__).joinpath("watermark.txt").read_text(encoding="utf-8")
    words = escape(str(phrases()["watermark"]), {'"': "&quot;"})
    section = document.sections[0]
    for number, header in enumerate((section.header, section.even_page_header), start=1):
        filled = Template(xml).substitute(
            number=number, spid=2048 + number, text=words, font=look.fonts["song"].name
        )
        header.paragraphs[0]._p.append(parse_xml(filled))

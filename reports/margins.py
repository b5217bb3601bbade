"""What stands outside the text: page numbers at the outer foot, and a draft's watermark."""

from __future__ import annotations

from importlib import resources
from string import Template
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml

from reports.elements import element, field, run
from reports.layout import Layout
from reports.wording import phrases

_DASH = "\u2014"


def number_pages(document: Document) -> None:
    """— 1 — at the outer foot of every page: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side, edge in (
        (section.footer, "right", {"right": 280, "rightChars": 100}),
        (section.even_page_footer, "left", {"left": 280, "leftChars": 100}),
    ):
        xml = footer.paragraphs[0]._p
        look = xml.get_or_add_pPr()
        look.append(element("ind", **edge))
        look.append(element("jc", val=side))
        xml.extend([run(f"{_DASH} "), field("PAGE"), run(f" {_DASH}")])


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

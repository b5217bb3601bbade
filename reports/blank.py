"""A Word file before and after its text: the empty page of official papers, and the bytes."""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from reports.archive import seal
from reports.layout import Layout
from reports.styles import dress


def blank(look: Layout) -> Word:
    """An empty document with the layout's page and styles; a wide page lies on its side."""
    document = Document()
    dress(document, look)
    section, page = document.sections[0], look.page
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    if page.width_mm > page.height_mm:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.header_distance, section.footer_distance = Mm(page.header_mm), Mm(page.footer_mm)
    return document


def packed(document: Word, title: str, made_at: datetime, version: str = "") -> bytes:
    """The document as the bytes of a .docx file, which depend on its content only; title, aware
    time and version stand in its properties."""
    properties = document.core_properties
    properties.title = title
    properties.author = ""
    properties.comments = ""
    properties.version = version
    properties.language = "zh-CN"
    properties.created = properties.modified = made_at
    properties.last_modified_by = ""
    buffer = io.BytesIO()
    document.save(buffer)
    return seal(buffer.getvalue())

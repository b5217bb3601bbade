"""The report as a Word document, laid out as official papers are (GB/T 9704).

The outline drives python-docx, rather than a Word template with tags: the outline *is* the
template that a bureau edits. It is checked when a standard is loaded, versioned with it, and one
sentence of it can fold away, be marked as a gap or be answered on paper, none of which tags in a
Word file can be held to. How the paper looks stands in layout.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from docx.document import Document as Word
from docx.oxml.xmlchemy import BaseOxmlElement

from reports.blank import blank, packed
from reports.completeness import require_complete
from reports.elements import paragraph
from reports.layout import Layout, layout
from reports.lines import write_script
from reports.manuscript import Heading, Manuscript, Paragraph, Piece, Table, write_manuscript
from reports.margins import number_pages, put_watermark
from reports.properties import made_on
from reports.shown import without_marks
from reports.styles import style_ids
from reports.tables import table
from reports.wording import phrases
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Value


def build_report(
    standard: Standard,
    answers: Mapping[str, Value],
    sheet: ScoreSheet,
    *,
    draft: bool,
    version: str = "",
    code: str = "",
    made_at: datetime | None = None,
) -> bytes:
    """The report as the bytes of a .docx file; the same arguments give the same bytes.

    `sheet` must be the score sheet of these answers. A draft can be had at any time: it has a
    watermark and its gaps are marked. The final raises NotComplete while anything is open.
    `code` is the version code at the foot of every page, none if "". `version` and `made_at`
    (aware; the day of filling in when not given) stand only in the file's properties.
    """
    if not draft:
        require_complete(standard, answers, sheet)
    manuscript = write_manuscript(write_script(standard, answers, sheet))
    look = layout()
    document = blank(look)
    _fill(document, manuscript, look)
    number_pages(document, look, code)
    if draft:
        put_watermark(document, look)
    title = without_marks(manuscript.title)
    return packed(document, title, made_at or made_on(standard, answers), version)


def _fill(document: Word, manuscript: Manuscript, look: Layout) -> None:
    ids = style_ids(document)
    body = document.element.body
    end = body.sectPr
    colon = str(phrases()["colon"])
    if manuscript.attachment:
        end.addprevious(paragraph(ids["Attachment"], manuscript.attachment))
    end.addprevious(paragraph(ids["Title"], manuscript.title))
    for label, text in manuscript.cover:
        end.addprevious(paragraph(ids["Cover"], f"{label}{colon}{text}"))
    end.addprevious(paragraph(ids["Cover"], ""))
    for piece in manuscript.pieces:
        for made in _elements(piece, ids, look):
            end.addprevious(made)


def _elements(piece: Piece, ids: Mapping[str, str], look: Layout) -> list[BaseOxmlElement]:
    match piece:
        case Heading(level=level, text=text):
            return [paragraph(ids[f"Heading {min(level, 5)}"], text)]
        case Paragraph(text=text, strong=strong):
            return [paragraph(ids["Strong" if strong else "Normal"], text)]
        case Table():
            # Thin empty lines keep the paragraphs off the table's edges.
            return [
                paragraph(ids["Table Gap"], ""),
                table(piece, ids, look),
                paragraph(ids["Table Gap"], ""),
            ]
    raise TypeError(type(piece).__name__)

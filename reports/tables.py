"""Tables of the report: fine lines, a head that repeats on every page, rows kept whole."""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml.xmlchemy import BaseOxmlElement

from reports.elements import element, paragraph
from reports.layout import Layout, twips
from reports.manuscript import Table

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(piece: Table, ids: Mapping[str, str], look: Layout) -> BaseOxmlElement:
    """The table as wide as the text, centred."""
    whole = twips(look.page.text_width_mm)
    widths = [whole * width // sum(piece.widths) for width in piece.widths]
    made = element("tbl", _properties(whole, look), _grid(widths))
    made.append(_row(piece.heads, widths, ids["Table Head"], head=True))
    for cells in piece.rows:
        made.append(_row(cells, widths, ids["Table Text"]))
    return made


def _properties(whole: int, look: Layout) -> BaseOxmlElement:
    edges = [element(edge, val="single", sz=4, space=0, color="000000") for edge in _EDGES]
    pad = twips(look.table.pad_mm)
    pads = [element(side, w=pad, type="dxa") for side in ("left", "right")]
    return element(
        "tblPr",
        element("tblW", w=whole, type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *edges),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *pads),
    )


def _grid(widths: list[int]) -> BaseOxmlElement:
    return element("tblGrid", *(element("gridCol", w=width) for width in widths))


def _row(
    cells: tuple[str, ...], widths: list[int], style_id: str, head: bool = False
) -> BaseOxmlElement:
    look = element("trPr", element("cantSplit"))
    if head:
        look.append(element("tblHeader"))
    made = element("tr", look)
    for text, width in zip(cells, widths, strict=True):
        frame = element(
            "tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center")
        )
        # Every cell needs a paragraph, an empty one too.
        lines = [paragraph(style_id, line) for line in text.split("\n")]
        made.append(element("tc", frame, *lines))
    return made

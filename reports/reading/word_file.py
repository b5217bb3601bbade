"""Paragraphs and tables of a .docx file in order, automatic numbers written out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from reports.reading.claims import Unreadable
from reports.reading.paper import Grid, Piece
from reports.reading.plain_lines import tidy
from reports.reading.word_numbers import Numbers

MOST_BYTES = 60_000_000  # unpacked
MOST_PIECES = 5_000
MOST_CHARS = 20_000  # of a paragraph
MOST_ROWS = 500
MOST_CELLS = 40


def word_pieces(data: bytes) -> list[Piece]:
    """What stands in a .docx file. Raises Unreadable."""
    document = _opened(data)
    numbers = Numbers(document)
    pieces: list[Piece] = []
    for element in document.element.body:
        if len(pieces) >= MOST_PIECES:
            break
        if element.tag == qn("w:p"):
            pieces += _lines(element, numbers)
        elif element.tag == qn("w:tbl"):
            pieces.append(_grid(element))
        elif element.tag == qn("w:sdt"):
            for below in element.iter(qn("w:p")):
                pieces += _lines(below, numbers)
    return pieces[:MOST_PIECES]


def _opened(data: bytes) -> Word:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > MOST_BYTES:
            raise Unreadable("unreadable_large")
        return Document(io.BytesIO(data))
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes the library raise
        raise Unreadable("unreadable_docx") from error


def _lines(element: BaseOxmlElement, numbers: Numbers) -> Iterator[str]:
    lines = [tidy(line[:MOST_CHARS]) for line in _text(element).split("\n")]
    if any(lines):
        lines[0] = numbers.before(element) + lines[0]
    yield from (line for line in lines if line)


def _text(element: BaseOxmlElement) -> str:
    """The words of a paragraph as they show: without deleted ones and field codes."""
    words = []
    for one in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:noBreakHyphen")):
        if one.tag == qn("w:t"):
            words.append(one.text or "")
        elif one.tag == qn("w:noBreakHyphen"):
            words.append("-")
        elif one.getparent().tag == qn("w:r"):  # a w:tab of the properties is a tab stop
            words.append("\n" if one.tag == qn("w:br") else " ")
    return "".join(words)


def _grid(table: BaseOxmlElement) -> Grid:
    rows = []
    for row in list(table.iterchildren(qn("w:tr")))[:MOST_ROWS]:
        cells = list(row.iterchildren(qn("w:tc")))[:MOST_CELLS]
        rows.append(tuple(_cell(cell) for cell in cells))
    return Grid(tuple(rows))


def _cell(cell: BaseOxmlElement) -> str:
    lines = (tidy(_text(one)) for one in cell.iter(qn("w:p")))
    return "\n".join(line for line in lines if line)

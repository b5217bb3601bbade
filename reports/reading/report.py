"""A published report, as .docx or as pasted text, read into claims.

Rules go by headings, labels and units (patterns.yaml), not by one department's words. One part of
a report has one reader; what none of them knows is left alone, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from reports.reading.changes import doubt_changes, read_changes
from reports.reading.checklists import read_checklists, read_fault_kinds
from reports.reading.claims import Brought, Unreadable
from reports.reading.cover import read_cover
from reports.reading.found import Found
from reports.reading.funds import read_funds
from reports.reading.gates import read_gates
from reports.reading.goals import read_goals
from reports.reading.last_year import as_last_year
from reports.reading.listed import read_duties, read_names, read_problems
from reports.reading.losses import read_losses
from reports.reading.paper import Grid, Paper, Piece, arrange
from reports.reading.patterns import compiled, part
from reports.reading.plain_lines import paragraphs
from reports.reading.staff import read_other_staff, read_staff
from reports.reading.statements import read_statements
from reports.reading.sums import check_sums
from reports.reading.tasks import read_tasks
from reports.reading.texts import read_effect, read_texts
from reports.reading.word_file import word_pieces
from scoring.standard import Standard
from scoring.values import Text

__all__ = ["as_last_year", "read_report"]

# In this order: staff go by the affiliated units that were read.
READERS: tuple[Callable[[Paper, Found], None], ...] = (
    read_cover,
    read_statements,
    read_changes,
    read_names,
    read_duties,
    read_problems,
    read_texts,
    read_effect,
    read_staff,
    read_other_staff,
    read_goals,
    read_tasks,
    read_funds,
    read_checklists,
    read_fault_kinds,
    read_losses,
)


def read_report(standard: Standard, source: bytes | str) -> Brought:
    """What a report says: `source` is a .docx file, or text as pasted from Word or a PDF.

    Raises Unreadable (`unreadable_docx`, `unreadable_large`, `unreadable_empty`).
    """
    pieces = _pasted(source) if isinstance(source, str) else word_pieces(source)
    if not pieces:
        raise Unreadable("unreadable_empty")
    paper, found = arrange(pieces), Found(standard)
    found.year = _year(paper, found)
    for read in READERS:
        read(paper, found)
    check_sums(found)
    doubt_changes(found)
    read_gates(paper, found)
    department = found.value("department_name")
    claims = found.claims()
    if not claims:
        found.note("note_no_figures")
    name = department.value if isinstance(department, Text) else ""
    return Brought(claims, tuple(found.notes), found.year, name)


def _pasted(text: str) -> list[Piece]:
    """The pieces of pasted text: lines with tabs in a row are a table."""
    pieces: list[Piece] = []
    for tabbed, lines in groupby(paragraphs(text), key=lambda line: "\t" in line):
        if tabbed:
            pieces.append(Grid(tuple(tuple(line.split("\t")) for line in lines)))
        else:
            pieces += lines
    return pieces


def _year(paper: Paper, found: Found) -> int | None:
    """The one year that the report calls its own."""
    for own in part("years"):
        years = sorted({y for p in paper.passages() for y in compiled(own).findall(p.text)})
        if len(years) == 1:
            return int(years[0])
        if years:
            found.note("note_years_unclear", years=part("names_split").join(years))
            return None
    found.note("note_no_year")
    return None

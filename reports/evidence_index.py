"""The evidence index (佐证材料目录): what is wanted for each indicator and which file was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from reports.blank import blank, packed
from reports.elements import paragraph
from reports.given import Given
from reports.layout import layout
from reports.lines import write_script
from reports.manuscript import Table
from reports.margins import number_pages
from reports.properties import made_on
from reports.shown import clean, without_marks
from reports.styles import style_ids
from reports.tables import table
from reports.wording import phrases, say
from scoring.rules.base import Points
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.values import Value

_MARK = 12
_HEADS = ("index_indicator", "index_item", "index_file", "index_giver", "index_mark")


def build_evidence_index(
    standard: Standard,
    answers: Mapping[str, Value],
    sheet: ScoreSheet,
    given: Sequence[Given],
    *,
    code: str = "",
    made_at: datetime | None = None,
) -> bytes:
    """The index as the bytes of a .docx file, in the order of the indicators; the same arguments
    give the same bytes.

    An item without a file is said to be handed in otherwise (另行提交), one of an indicator that
    is settled on paper there (线下报送). Files under no item of the standard stand at the end.
    """
    look = layout().on_its_side
    script = write_script(standard, answers, sheet)
    document = blank(look)
    ids = style_ids(document)
    heads = tuple(str(phrases()[head]) for head in _HEADS)
    rows, counts = _rows(standard, sheet, given)
    small = {**ids, "Table Text": ids["Table Small"]}
    department = without_marks(script.sentences.render("{{ department_name }}"))
    title = say("index_title", year=standard.year)
    end = document.element.body.sectPr
    for made in (
        paragraph(ids["Title"], title),
        paragraph(ids["Flush"], say("index_department", department=department)),
        table(Table(heads, look.index.widths, rows), small, look),
        paragraph(ids["Table Gap"], ""),
        paragraph(ids["Table Small"], say("index_summary", **counts)),
        paragraph(ids["Table Small"], say("index_mark_note")),
    ):
        end.addprevious(made)
    number_pages(document, look, code)
    return packed(document, title, made_at or made_on(standard, answers))


def _rows(
    standard: Standard, sheet: ScoreSheet, given: Sequence[Given]
) -> tuple[tuple[tuple[str, ...], ...], dict[str, int]]:
    """The cells of all rows, and how many items stand how."""
    rows: list[tuple[str, ...]] = []
    counts = dict.fromkeys(("wanted", "given", "missing", "offline", "excluded"), 0)
    known: set[str] = set()
    for indicator in standard.indicators:
        head = f"{indicator.code} {indicator.name}"
        for item in indicator.evidence:
            files = [file for file in given if file.item == item.id]
            state = "given" if files else without_file(sheet[indicator.code])
            counts["wanted"] += 1
            counts[state] += 1
            known.add(item.id)
            name = f"{item.id} {item.name}"
            rows += _of_item(head, name, files) or [(head, name, _said(state), "", "")]
            head = ""
    others = [file for file in given if file.item not in known]
    return (*rows, *_of_item("", say("index_others"), others)), counts


def _of_item(head: str, name: str, files: Sequence[Given]) -> list[tuple[str, ...]]:
    """A row for each file; indicator and item stand beside the first only."""
    rows: list[tuple[str, ...]] = []
    for file in files:
        rows.append((head, name, clean(file.name), _giver(file), file.sha256[:_MARK]))
        head = name = ""
    return rows


def without_file(score: NodeScore) -> str:
    """How an item stands for which nothing was given: offline, excluded or missing."""
    if score.state is Points.OFFLINE:
        return "offline"
    return "excluded" if score.excluded or score.state is Points.NOT_APPLICABLE else "missing"


def _said(state: str) -> str:
    return str(phrases()[f"index_{state}"])


def _giver(file: Given) -> str:
    at = file.given_at
    moment = say("index_moment", year=at.year, month=at.month, day=at.day, clock=f"{at:%H:%M}")
    return f"{clean(file.given_by)}\n{moment}"

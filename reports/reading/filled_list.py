"""The list that an office filled in (.xlsx), read into claims.

How the list is laid out stands in reports.list_layout. Only filled cells make claims; what can't
be told becomes a note that names the cell.
"""

from __future__ import annotations

from reports.list_layout import FIRST, HEAD, MARKER, MOST_ROWS, ROWS_MARK, Column, head, marker
from reports.reading.cells import Cell
from reports.reading.claims import Brought, Claim, Note, Unreadable
from reports.reading.patterns import pattern
from reports.reading.typed import typed
from reports.reading.workbook import Sheet, sheets
from reports.wording import say
from scoring.plain import BadValue, read_value
from scoring.questionnaire import Fact, Kind
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import say as scoring_say

_MARK = "list:"


def read_list(standard: Standard, form_id: int, data: bytes) -> Brought:
    """What an office wrote into the list of a form: a claim for each filled cell or table.

    Raises Unreadable: `unreadable_no_list` for another workbook, `unreadable_other_form` and
    `unreadable_other_standard` for another list, `unreadable_xlsx` for what is no workbook.
    """
    own = [sheet for sheet in sheets(data) if _mark(sheet).startswith(_MARK)]
    if not own:
        raise Unreadable("unreadable_no_list")
    for sheet in own:
        _require(_mark(sheet), marker(form_id, standard))
    reader = _Reader(standard)
    for sheet in own:
        reader.read(sheet)
    order = list(standard.facts)
    claims = sorted(reader.claims.values(), key=lambda claim: order.index(claim.fact))
    return Brought(tuple(claims), tuple(reader.notes), standard.year)


def _mark(sheet: Sheet) -> str:
    return _named(sheet, MARKER).words


def _named(sheet: Sheet, name: str) -> Cell:
    """A cell of column A by its name."""
    return sheet.at(int(name.lstrip("A")), 1)


def _require(mark: str, wanted: str) -> None:
    if mark.split(":")[:2] != wanted.split(":")[:2]:
        raise Unreadable("unreadable_other_form")
    if mark != wanted:
        raise Unreadable("unreadable_other_standard")


class _Reader:
    """Collects the claims of the sheets of one list."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self.claims: dict[str, Claim] = {}
        self.notes: list[Note] = []

    def read(self, sheet: Sheet) -> None:
        if len(sheet.rows) >= FIRST + MOST_ROWS:
            self._note("note_list_too_many", sheet=sheet.name, rows=MOST_ROWS)
        fact = _named(sheet, ROWS_MARK).words
        spec = self._standard.facts.get(fact)
        if spec is not None and spec.type is Kind.ROWS:
            self._table(sheet, fact, spec)
            return
        for at in range(FIRST, min(len(sheet.rows), FIRST + MOST_ROWS - 1) + 1):
            self._line(sheet, at)

    def _line(self, sheet: Sheet, at: int) -> None:
        cell, fact = sheet.at(at, Column.VALUE), sheet.at(at, Column.FACT).words
        if not cell.words:
            return
        spec = self._standard.facts.get(fact)
        if spec is None or spec.type is Kind.ROWS:
            if fact:
                self._note("note_list_unknown_fact", place=_place(sheet, cell), given=fact[:60])
            return
        try:
            plain = typed(spec, cell, sheet.at(at, Column.UNIT).text)
            self._claim(fact, read_value(spec, plain), _place(sheet, cell))
        except BadValue as bad:
            self._bad(sheet, cell, bad)

    def _table(self, sheet: Sheet, fact: str, spec: Fact) -> None:
        columns = _columns(sheet, spec)
        rows: list[dict[str, object]] = []
        whole = True
        for at in range(FIRST, min(len(sheet.rows), FIRST + MOST_ROWS - 1) + 1):
            cells = {name: sheet.at(at, column) for name, column in columns.items()}
            filled = {name: cell for name, cell in cells.items() if cell.words}
            if filled and _first(spec) not in filled:
                self._note("note_list_row_unnamed", place=_place(sheet, sheet.at(at, 1)))
                whole = False
            elif filled:
                row, good = self._row(sheet, spec, filled)
                rows.append(row)
                whole = whole and good
        if rows:
            said_none = len(rows) == 1 and _says_none(spec, rows[0])
            place = _place(sheet, sheet.at(FIRST, 1))
            self._claim(fact, read_value(spec, [] if said_none else rows), place, whole)

    def _row(
        self, sheet: Sheet, spec: Fact, filled: dict[str, Cell]
    ) -> tuple[dict[str, object], bool]:
        row: dict[str, object] = {}
        for name, cell in filled.items():
            column = spec.columns[name]
            try:
                plain = typed(column, cell)
                read_value(spec, [{name: plain}])
                row[name] = plain
            except BadValue as bad:
                self._bad(sheet, cell, bad)
        return row, row.keys() == filled.keys()

    def _claim(self, fact: str, value: Value, place: str, certain: bool = True) -> None:
        made = Claim(fact, value, place, certain)
        if fact in self.claims and self.claims[fact].value != made.value:
            first = self.claims[fact]
            self._note(
                "note_two_readings",
                label=self._standard.facts[fact].label,
                first=first.value.plain(),
                first_place=first.place,
                second=made.value.plain(),
                second_place=place,
            )
            made = Claim(fact, first.value, first.place, False)
        self.claims[fact] = made

    def _bad(self, sheet: Sheet, cell: Cell, bad: BadValue) -> None:
        problem = scoring_say(bad.code, bad.numbers)
        self._note("note_list_bad", place=_place(sheet, cell), problem=problem)

    def _note(self, code: str, **numbers: object) -> None:
        self.notes.append(Note(code, numbers))


def _columns(sheet: Sheet, spec: Fact) -> dict[str, int]:
    """Which column of the sheet holds which column of the fact, by the heads."""
    width = len(sheet.rows[HEAD - 1]) if len(sheet.rows) >= HEAD else 0
    heads = {sheet.at(HEAD, at).words: at for at in range(1, width + 1)}
    found = {}
    for name, column in spec.columns.items():
        at = heads.get(head(column), heads.get(column.label))
        if at is not None:
            found[name] = at
    return found


def _first(spec: Fact) -> str:
    return next(iter(spec.columns))


def _says_none(spec: Fact, row: dict[str, object]) -> bool:
    """Whether the one row says that there is none (无), where there may be none."""
    words = str(row.get(_first(spec), ""))
    return len(row) == 1 and not spec.min_rows and bool(pattern("list", "none").match(words))


def _place(sheet: Sheet, cell: Cell) -> str:
    return say("place_cell", sheet=sheet.name, cell=cell.name)

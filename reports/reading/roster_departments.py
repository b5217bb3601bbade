"""The departments of a roster with their units, and which of them a name in the file means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reports import roster_layout as layout
from reports.reading.roster_table import Row, Table
from reports.roster import EVERYWHERE, Department, Unit
from reports.wording import phrases, say

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,31}")
_NEAR = 3


@dataclass
class Departments:
    """Departments by code, and all that they are called: plain word → code."""

    found: dict[str, Department]
    called: dict[str, str]
    rows: dict[str, int]
    """Where each code and each plain word was read: the row."""
    broken: set[str] = field(default_factory=set)
    """What departments with a faulty code are called: who names them is not at fault as well."""

    def meant(self, row: Row, column: str, *, everywhere: bool = False) -> list[str]:
        """The codes that a cell names, `EVERYWHERE` among them where that may be; nothing, and a
        fault noted, where one is unknown."""
        said = row.text(column)
        if not said or (not self.found and layout.plain(said) not in _everywhere()):
            # Without any department the other sheet is at fault, not each line of this one.
            return []
        whole = self._code(said)
        if whole is not None:
            return [whole]
        codes = []
        for part in layout.entries(said):
            word = layout.plain(part)
            code = self._code(part)
            if everywhere and word in _everywhere():
                codes.append(EVERYWHERE)
            elif code is not None:
                codes.append(code)
            elif word in self.broken:
                return []
            else:
                kind = "need_department" if word in _everywhere() else "unknown_department"
                if word in _everywhere() and row.table.kind == "units":
                    kind = "need_department_of_unit"
                hint = say("roster_near_everywhere") if everywhere else ""
                row.fault(column, kind, near=self._near(word) + hint)
                return []
        return list(dict.fromkeys(codes))

    def _code(self, said: str) -> str | None:
        """The department called like this. "301 民政局" is 301, whatever its name is by now,
        unless the name is another's."""
        found = self.called.get(layout.plain(said))
        first, _, rest = said.partition(" ")
        if found is None and first in self.found:
            return first if self.called.get(layout.plain(rest), first) == first else None
        return found

    def _near(self, word: str) -> str:
        close = [
            department.name
            for department in self.found.values()
            if word in layout.plain(department.name) or _subsequence(word, department.name)
        ]
        if not close:
            return say("roster_near_none")
        return say("roster_near", names=str(phrases()["roster_list_comma"]).join(close[:_NEAR]))


def read_departments(table: Table, units: Table) -> Departments:
    """The departments with the units of the other sheet."""
    read = Departments({}, {}, {})
    for row in table.rows():
        _department(read, row)
    _short_names(read, table)
    if units.heads:
        _units(read, units)
    return read


def _department(read: Departments, row: Row) -> None:
    code, name = row.text("code"), row.text("name")
    if code and not _CODE.fullmatch(code):
        row.fault("code", "code")
        read.broken.add(layout.plain(code))
        code = ""
    if not code:
        read.broken |= {layout.plain(each) for each in (name, *row.list("short_names")) if each}
    elif code in read.found:
        row.fault("code", "same_code", row=read.rows[code])
    else:
        read.found[code] = Department(code, name)
        read.rows[code] = row.number
        _call(read, row, "code", code, code)
        if name:
            _call(read, row, "name", name, code)


def _short_names(read: Departments, table: Table) -> None:
    """After all full names are known: those go first."""
    numbers = {number: code for code, number in read.rows.items() if code in read.found}
    for row in table.rows():
        code = numbers.get(row.number)
        if code is None:
            continue
        kept = tuple(
            each
            for each in row.list("short_names")
            if layout.plain(each) != layout.plain(read.found[code].name)
            and _call(read, row, "short_names", each, code)
        )
        read.found[code] = replace(read.found[code], short_names=kept)


def _call(read: Departments, row: Row, column: str, said: str, code: str) -> bool:
    word = layout.plain(said)
    if word in _everywhere():
        row.fault(column, "name_role")
    elif word in read.called and read.called[word] != code:
        kind = "name_code" if word in map(layout.plain, read.found) else "same_name"
        row.fault(column, kind, row=read.rows[f"called {word}"])
    else:
        read.called[word] = code
        read.rows.setdefault(f"called {word}", row.number)
        return True
    return False


def _units(read: Departments, table: Table) -> None:
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows():
        codes, name = read.meant(row, "department"), row.text("name")
        if not codes or not name:
            continue
        unit = Unit(row.text("code") or name, name)
        if unit.code == layout.HEAD_UNIT:
            row.fault("code", "head_unit")
            continue
        for code in codes:
            words = (f"code {layout.plain(unit.code)}", f"name {layout.plain(name)}")
            twice = next((seen[code, word] for word in words if (code, word) in seen), 0)
            if twice:
                row.fault("name", "same_unit", row=twice)
                continue
            seen |= {(code, word): row.number for word in words}
            whole = read.found[code]
            units = tuple(sorted((*whole.units, unit), key=lambda each: each.code))
            read.found[code] = replace(whole, units=units)


def _everywhere() -> set[str]:
    return {layout.plain(each) for each in phrases()["roster_everywhere"]}


def _subsequence(word: str, name: str) -> bool:
    letters = iter(layout.plain(name))
    return len(word) > 1 and all(letter in letters for letter in word)

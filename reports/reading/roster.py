"""A roster (名册) read from a workbook, or everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reports import roster as content
from reports import roster_layout as layout
from reports.reading.roster_departments import Departments, read_departments
from reports.reading.roster_faults import Fault
from reports.reading.roster_people import read_people
from reports.reading.roster_table import Table
from reports.reading.workbook import Sheet, sheets
from reports.roster import Roster
from reports.wording import phrases, say

_FEW = 8


@dataclass(frozen=True)
class Reading:
    """What a workbook says. With faults the roster is not to be used; `notes` are what is worth
    knowing although nothing is wrong. `silent` are the columns (sheet, column) that it doesn't
    have, ("units", "") a sheet that isn't there: about these it says nothing."""

    roster: Roster
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    silent: frozenset[tuple[str, str]] = frozenset()


def read_roster(data: bytes) -> Reading:
    """The roster in a workbook. Raises Unreadable for what is no workbook."""
    found = sheets(data, layout.MOST_ROWS, strict=True)
    tables = {kind: _table(kind, found) for kind in layout.SHEETS}
    departments = read_departments(tables["departments"], tables["units"])
    people = read_people(tables["people"], departments)
    roster = Roster(departments.found, people.found, people.posts)
    if not roster.departments and not tables["departments"].faults:
        tables["departments"].fault("empty_sheet")
    if people.complete and not roster.holders(content.COORDINATOR):
        tables["people"].fault("no_coordinator")
    faults = tuple(fault for table in tables.values() for fault in table.faults)
    notes = [note for table in tables.values() for note in _unread(table)]
    return Reading(
        roster, faults, (*notes, *people.notes, *_gaps(roster, departments)), _silent(tables)
    )


def _table(kind: str, found: list[Sheet]) -> Table:
    """The sheet of a kind; only that of units may be missing."""
    names = [layout.plain(name) for name in phrases()["roster_sheets"][kind]]
    own = [sheet for sheet in found if layout.plain(sheet.name) in names]
    table = Table(kind, own[0] if own else None)
    if len(own) > 1:
        table.fault("two_sheets", wanted=layout.sheet_title(kind))
    if not own and kind != "units":
        table.fault("no_sheet", wanted=layout.sheet_title(kind))
    return table


def _silent(tables: Mapping[str, Table]) -> frozenset[tuple[str, str]]:
    missing = {
        (kind, column)
        for kind, table in tables.items()
        for column in layout.columns(kind)
        if column not in table.heads
    }
    return frozenset(missing | ({("units", "")} if not tables["units"].heads else set()))


def _unread(table: Table) -> list[str]:
    heads = str(phrases()["roster_list_comma"]).join(table.unread)
    return [say("roster_note_columns", sheet=table.title, heads=heads)] if heads else []


def _gaps(roster: Roster, departments: Departments) -> list[str]:
    """Who is missing, although the roster can be used."""
    notes = []
    for role in (content.CONTACT, content.REVIEWER):
        filled = {post.department for post in roster.posts if post.role == role}
        names = [each.name for code, each in departments.found.items() if code not in filled]
        if names:
            notes.append(say(f"roster_note_no_{role}", names=few(names)))
    if not any(post.role == content.FINANCE for post in roster.posts):
        notes.append(say("roster_note_no_finance"))
    counted = Counter(person.name for person in roster.people.values())
    twice = [name for name, count in counted.items() if count > 1]
    if twice:
        notes.append(say("roster_note_same_people", names=few(twice)))
    return notes


def few(names: list[str]) -> str:
    """Names in a row, the first of many."""
    row = str(phrases()["roster_list_comma"]).join(names[:_FEW])
    return row if len(names) <= _FEW else say("roster_and_more", names=row, count=len(names))

"""The people of a roster: a line for each thing that somebody is somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reports import roster_layout as layout
from reports.reading.roster_departments import Departments
from reports.reading.roster_table import Row, Table
from reports.roster import (
    CONTACT,
    EVERYWHERE,
    FOR_ALL,
    REVIEWER,
    ROLES,
    Person,
    Post,
    Seat,
)
from reports.wording import phrases, say

_USERID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-@.]{0,63}")
_PHONE = re.compile(r"1[3-9]\d{9}")
_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"'.]+(\.[^@\s,;<>\"'.]+)+")
_RANK = re.compile(r"[1-9]")
_DETAILS = ("office", "aliases", "email")


@dataclass
class People:
    """People and posts as they are read; `rows` says where something was first seen."""

    found: dict[str, Person] = field(default_factory=dict)
    posts: dict[Post, Seat] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rows: dict[object, int] = field(default_factory=dict)
    complete: bool = False
    """Whether every line could be read: only then something can be said to be missing."""


def read_people(table: Table, departments: Departments) -> People:
    """The lines of the sheet; what is wrong is noted in the table."""
    read = People()
    titles = 0
    for row in table.rows():
        roles = _roles(row)
        person = _person(read, row)
        for role in roles:
            _posts(read, row, role, person, departments)
        titles += bool(roles and REVIEWER not in roles and row.text("title"))
    _check_apart(read, table)
    read.complete = not table.faults and bool(read.found)
    if not table.faults and not read.found:
        table.fault("empty_sheet")
    read.notes += _notes(read, titles, departments)
    return read


def _person(read: People, row: Row) -> Person | None:
    """Who the line is about; None where that can't be told."""
    name, userid = row.text("name"), row.text("userid")
    if userid and not _USERID.fullmatch(userid):
        row.fault("userid", "userid")
        userid = ""
    office, email = row.text("office"), row.text("email")
    if email and not _EMAIL.fullmatch(email):
        row.fault("email", "email")
        email = ""
    if not userid:
        return None
    here = Person(userid, name, office, row.list("aliases"), email)
    first = read.rows.setdefault(("account", userid.lower()), row.number)
    known = next((p for p in read.found.values() if p.userid.lower() == userid.lower()), None)
    if known is None:
        read.found[userid] = here
        read.rows |= {("said", userid, d): row.number for d in _DETAILS if getattr(here, d)}
        return here
    if known.userid != userid:
        row.fault("userid", "userid_case", row=first, other=known.userid)
        return None
    if name and known.name and name != known.name:
        row.fault("name", "two_names", row=first, other=known.name, userid=userid)
    read.found[userid] = _together(read, row, known, here)
    return read.found[userid]


def _together(read: People, row: Row, known: Person, here: Person) -> Person:
    """What several lines say of a person; they may not contradict each other."""
    for detail in _DETAILS:
        new, old = getattr(here, detail), getattr(known, detail)
        if new and old and new != old:
            at = read.rows["said", known.userid, detail]
            other = old if isinstance(old, str) else str(phrases()["roster_list_comma"]).join(old)
            row.fault(detail, "two_values", row=at, other=other)
        elif new and not old:
            known = replace(known, **{detail: new})
            read.rows["said", known.userid, detail] = row.number
    return known if known.name else replace(known, name=here.name)


def _roles(row: Row) -> list[str]:
    said = row.text("role")
    spelled = {
        layout.plain(spelling): role
        for role in ROLES
        for spelling in phrases()["roster_roles"][role]
    }
    words = [layout.plain(each) for each in layout.entries(said)]
    if not all(word in spelled for word in words):
        names = str(phrases()["roster_list_comma"]).join(map(layout.role_name, ROLES))
        row.fault("role", "role", roles=names)
        return []
    return list(dict.fromkeys(spelled[word] for word in words))


def _posts(
    read: People, row: Row, role: str, person: Person | None, departments: Departments
) -> None:
    seat = _seat(row, role)
    for code in departments.meant(row, "department", everywhere=role in FOR_ALL):
        if person is None:
            continue
        post = Post(code, role, person.userid)
        if post in read.posts:
            row.fault("role", "same_row", row=read.rows[post])
            continue
        read.posts[post] = seat
        read.rows[post] = row.number


def _seat(row: Row, role: str) -> Seat:
    rank = row.text("rank")
    if role != REVIEWER:
        if rank:
            row.fault("rank", "rank_role")
        return Seat()
    if rank and not _RANK.fullmatch(rank):
        row.fault("rank", "rank")
        rank = ""
    return Seat(int(rank or 1), row.text("title"))


def _check_apart(read: People, table: Table) -> None:
    """Nobody approves what they filled in."""
    lines = {row.number: row for row in table.rows()}
    for post in read.posts:
        other = replace(post, role=CONTACT)
        if post.role == REVIEWER and other in read.posts:
            lines[read.rows[post]].fault("role", "own_review", row=read.rows[other])


def _notes(read: People, titles: int, departments: Departments) -> list[str]:
    notes = [say("roster_note_titles", count=titles)] if titles else []
    for role in FOR_ALL:
        own: dict[str, list[str]] = {}
        for post in read.posts:
            if post.role == role:
                own.setdefault(post.userid, []).append(post.department)
        for userid, codes in own.items():
            if EVERYWHERE not in codes:
                names = [departments.found[code].name for code in codes]
                comma = str(phrases()["roster_list_comma"])
                numbers = {"name": read.found[userid].name, "department": comma.join(names)}
                notes.append(say("roster_note_scoped", role=layout.role_name(role), **numbers))
    phones = [person.name for userid, person in read.found.items() if _PHONE.fullmatch(userid)]
    if phones:
        shown = str(phrases()["roster_list_comma"]).join(phones[:5])
        notes.append(say("roster_note_phones", count=len(phones), names=shown))
    return notes

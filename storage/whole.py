"""Everything that the tables say about a form, or about a cycle, as plain data for an archive."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, select

from storage.models import (
    Archive,
    Base,
    Cycle,
    CycleEvent,
    Department,
    Notice,
    NoticeReceipt,
    OutboxMessage,
    Turn,
    table,
)

TECHNICAL = frozenset({"cards"})
"""Tables about forms that hold nobody's words, only how buttons are greyed."""
TALK = "conversations"
"""What is half said: it may change when somebody only looks, so it stands beside the data."""
ROSTER = ("people", "roles", "colleagues", "units", "stand_ins")
"""Tables that say who was who."""

_AT_A_TIME = 500

Plain = dict[str, Any]
_cycles, _forms = table(Cycle), Base.metadata.tables["forms"]
_archives = table(Archive)


def tables_of_forms() -> list[Table]:
    """The tables with rows about forms, by name; a new one is among them by itself."""
    return [
        each
        for name, each in sorted(Base.metadata.tables.items())
        if "form_id" in each.c and name not in TECHNICAL and name != "outbox"
    ]


def form(tx: Connection, form_id: int) -> Plain:
    """A form's own row and all rows about it, by table; the same data give the same."""
    found: Plain = {"form": _rows(tx, _forms, _forms.c.id == form_id)[0]}
    for each in tables_of_forms():
        if each.name != TALK:
            found[each.name] = _rows(tx, each, each.c.form_id == form_id)
    return found


def talk(tx: Connection, form_id: int) -> list[Plain]:
    """What is half said about a form, by person."""
    talks = Base.metadata.tables[TALK]
    return _rows(tx, talks, talks.c.form_id == form_id)


def cycle(tx: Connection, cycle_id: int) -> Plain:
    """The cycle's own row, what was done with it, and the departments with their forms."""
    events, departments = table(CycleEvent), table(Department)
    here = select(_forms.c.department_id).where(_forms.c.cycle_id == cycle_id)
    return {
        "cycle": _rows(tx, _cycles, _cycles.c.id == cycle_id)[0],
        "cycle_events": _rows(tx, events, events.c.cycle_id == cycle_id),
        "departments": _rows(tx, departments, departments.c.id.in_(here)),
        "forms": _rows(tx, _forms, _forms.c.cycle_id == cycle_id),
        "calendar_days": _rows(tx, Base.metadata.tables["calendar_days"]),
    }


def roster(tx: Connection) -> Plain:
    """Who was who, by table."""
    return {name: _rows(tx, Base.metadata.tables[name]) for name in ROSTER}


def notices(tx: Connection, since: datetime, until: datetime) -> Plain:
    """The notices sent in this time with who confirmed them."""
    sent, receipts = table(Notice), table(NoticeReceipt)
    window = and_(sent.c.at >= since, sent.c.at <= until)
    mine = receipts.c.notice_id.in_(select(sent.c.id).where(window))
    return {
        "notices": _rows(tx, sent, window),
        "notice_receipts": _rows(tx, receipts, mine),
    }


def messages(tx: Connection, since: datetime, until: datetime) -> Iterator[Plain]:
    """What was said to people in this time, one message at a time: `outbox` rows, then the
    replies of `turns`."""
    told, turns = table(OutboxMessage), table(Turn)
    yield from _each(tx, told, and_(told.c.created_at >= since, told.c.created_at <= until))
    at = turns.c.received_at
    yield from _each(tx, turns, and_(at >= since, at <= until, turns.c.reply.is_not(None)))


def file_keys(rows: Plain) -> dict[str, str]:
    """The files that rows name: key → the table that does so first."""
    found: dict[str, str] = {}
    for name, there in rows.items():
        for row in there if isinstance(there, list) else [there]:
            for key in _keys(row):
                found.setdefault(key, name)
    return found


def _keys(row: Plain) -> Iterator[str]:
    for column in ("file_key", "evidence_key"):
        if row.get(column):
            yield row[column]
    if isinstance(row.get("files"), list):
        yield from row["files"]


def keys_elsewhere(tx: Connection, cycle_id: int) -> set[str]:
    """The files that something outside this cycle's forms needs: other cycles' forms, notices,
    archives."""
    mine = select(_forms.c.id).where(_forms.c.cycle_id == cycle_id)
    found: set[str] = set()
    for name, each in Base.metadata.tables.items():
        if name in ("outbox", "files"):
            continue
        other = [each.c.form_id.not_in(mine)] if "form_id" in each.c else []
        columns = [each.c[n] for n in ("file_key", "evidence_key", "files") if n in each.c]
        if not columns:
            continue
        for row in tx.execute(select(*columns).where(*other)).mappings():
            found.update(_keys(dict(row)))
    return found


def _rows(tx: Connection, of: Table, *where: Any) -> list[Plain]:
    return list(_each(tx, of, *where))


def _each(tx: Connection, of: Table, *where: Any) -> Iterator[Plain]:
    """Rows as plain data with the table's name, in the order of the primary key."""
    order = list(of.primary_key.columns)
    for row in tx.execute(select(of).where(*where).order_by(*order)):
        yield {name: _plain(value) for name, value in row._mapping.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def unpurged(tx: Connection, keys: Collection[str]) -> set[str]:
    """Those of the files whose bytes are there."""
    files, wanted, found = Base.metadata.tables["files"], sorted(keys), set[str]()
    for start in range(0, len(wanted), _AT_A_TIME):
        part = wanted[start : start + _AT_A_TIME]
        which = (files.c.key.in_(part), files.c.purged_at.is_(None))
        found.update(tx.execute(select(files.c.key).where(*which)).scalars())
    return found

"""Takes the content of a cycle's forms off every table; what remains says that something was.

Which columns hold people's words is told here once: a test holds every table about forms to it.
Hold the cycle's lock. The bytes of files are erased after the commit, by a task.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, not_, select, update

from storage.models import Base, Cycle, OutboxMessage, Turn, table

BLANKED: Mapping[str, Mapping[str, Any]] = {
    "answer_events": {"value": None, "raw": ""},
    "appeals": {"words": "", "reply": ""},
    "form_events": {"words": "", "data": {}},
    "hand_overs": {"note": "", "reply": ""},
    "nudges": {"words": ""},
    "purges": {"reason": ""},
    "returned_points": {"words": "", "reply": ""},
    "reviewed_scores": {"reason": ""},
    "unit_figures": {"value": None, "raw": ""},
    "waivers": {"reason": "", "figures": ""},
}
"""What stands in the columns with words afterwards; the rows stay as tombstones."""
DELETED = ("present_answers", "proposals", "conversations")
"""Rows that are nothing but content."""
KEPT = ("approvals", "deliveries", "evidence", "opinions", "seals", "submissions")
"""Rows without words: who, when, which version, which total; their files go."""

_cycles, _forms = table(Cycle), Base.metadata.tables["forms"]
_told, _turns = table(OutboxMessage), table(Turn)
_UNSENT = ("pending", "claimed")
_AT_A_TIME = 500


def erase_forms(tx: Connection, cycle_id: int, by: str, agreed_by: str, now: datetime) -> None:
    """Blanks the words around all forms of a cycle; answers become tombstones by these two."""
    mine = select(_forms.c.id).where(_forms.c.cycle_id == cycle_id)
    tables = Base.metadata.tables
    # Present answers refer to the events, so they go first.
    for name in DELETED:
        tx.execute(delete(tables[name]).where(tables[name].c.form_id.in_(mine)))
    for name, blanks in BLANKED.items():
        rows, values, where = tables[name], dict(blanks), []
        if name == "answer_events":
            values |= {"purged_at": now, "purged_by": by, "purge_agreed_by": agreed_by}
            where = [rows.c.purged_at.is_(None)]
        tx.execute(update(rows).where(rows.c.form_id.in_(mine), *where).values(**values))


def erase_messages(
    tx: Connection,
    cycle_id: int,
    since: datetime,
    until: datetime,
    erased: Callable[[str, bool], str],
) -> int:
    """Erases what was said in this time, but for the time of other cycles that are still there,
    and for what is yet to be sent; gives how many messages. `erased(payload, is_sent)` gives what
    stands instead."""
    others = _others(tx, cycle_id)
    said = and_(_told.c.created_at >= since, _told.c.created_at <= until)
    where = [said, _told.c.state.not_in(_UNSENT), _told.c.kind == "send"]
    where += [not_(_within(_told.c.created_at, *span)) for span in others]
    rows = tx.execute(select(_told.c.id, _told.c.payload, _told.c.state).where(*where)).all()
    for number, payload, state in rows:
        changed = {"payload": erased(payload, state == "sent")}
        tx.execute(update(_told).where(_told.c.id == number).values(**changed))
    at = _turns.c.received_at
    mine = [at >= since, at <= until, _turns.c.reply.is_not(None)]
    mine += [not_(_within(at, *span)) for span in others]
    tx.execute(update(_turns).where(*mine).values(reply=""))
    return len(rows)


def files_sent(tx: Connection, cycle_id: int, since: datetime, until: datetime) -> set[str]:
    """The files that were sent in this time, but for the time of other cycles still there."""
    where = [_told.c.created_at >= since, _told.c.created_at <= until]
    where += [not_(_within(_told.c.created_at, *span)) for span in _others(tx, cycle_id)]
    found = tx.execute(select(_told.c.file_key).where(_told.c.file_key.is_not(None), *where))
    return set(found.scalars())


def note_erased(tx: Connection, cycle_id: int, now: datetime) -> None:
    """Notes on the cycle that its content is gone."""
    tx.execute(update(_cycles).where(_cycles.c.id == cycle_id).values(erased_at=now))


def purge_files(tx: Connection, keys: Collection[str], now: datetime) -> None:
    """Takes the files' names off the record; size and sha256 stay."""
    files, wanted = Base.metadata.tables["files"], sorted(keys)
    for start in range(0, len(wanted), _AT_A_TIME):
        part = wanted[start : start + _AT_A_TIME]
        which = (files.c.key.in_(part), files.c.purged_at.is_(None))
        tx.execute(update(files).where(*which).values(name="", purged_at=now))


def _others(tx: Connection, cycle_id: int) -> list[tuple[datetime, datetime | None]]:
    """When other cycles ran, or run, whose content is there."""
    c = _cycles.c
    found = tx.execute(
        select(c.opens_at, c.closed_at).where(c.id != cycle_id, c.erased_at.is_(None))
    )
    return [(opens, closed) for opens, closed in found]


def _within(at: Any, opens: datetime, closed: datetime | None) -> Any:
    return and_(at >= opens, at <= closed) if closed else at >= opens

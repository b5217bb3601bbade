"""Background work, ordered in the transaction that decided it and claimed by one worker at a time.

A task is worked on by whoever claims it, for as long as its lease runs. A worker that dies
leaves it to the next one, so the work itself must be harmless when done twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, or_, select, update

from storage.conflicts import ConflictInsert
from storage.models import Task as TaskModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Task:
    """`attempts` counts this claim; a task that was given up waits for somebody to look."""

    id: int
    kind: str
    payload: dict[str, Any]
    key: str
    due_at: datetime
    attempts: int
    last_error: str | None


_tasks = table(TaskModel)
_t = _tasks.c
_open = (_t.done_at.is_(None), _t.given_up_at.is_(None))
_ADD = ConflictInsert(
    lambda insert: insert(_tasks).on_conflict_do_nothing(index_elements=["key"]).returning(_t.id)
)
_DUE = (
    select(_t.id)
    .where(
        *_open,
        _t.due_at <= bindparam("now"),
        or_(_t.claimed_until.is_(None), _t.claimed_until <= bindparam("now")),
    )
    .order_by(_t.due_at, _t.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(_tasks)
    .where(_t.id.in_(bindparam("ids", expanding=True)))
    .values(attempts=_t.attempts + 1, claimed_until=bindparam("until"))
    .returning(*columns(_tasks, Task))
)
_this = update(_tasks).where(_t.id == bindparam("task"), *_open)
_DONE = _this.values(done_at=bindparam("now"), claimed_until=None).returning(_t.id)
_LATER = _this.values(
    due_at=bindparam("later"), claimed_until=None, last_error=bindparam("error")
).returning(_t.id)
_GIVE_UP = _this.values(
    given_up_at=bindparam("now"), claimed_until=None, last_error=bindparam("error")
).returning(_t.id)
_HOLD = (
    _this.where(_t.attempts == bindparam("claim"))
    .values(claimed_until=bindparam("until"))
    .returning(_t.id)
)
_POSTPONE = _LATER.values(attempts=_t.attempts - 1)
_given_up = (_t.given_up_at.is_not(None), _t.done_at.is_(None))
_STUCK = select(*columns(_tasks, Task)).where(*_given_up).order_by(_t.id)
_stuck_one = update(_tasks).where(_t.id == bindparam("task"), *_given_up)
_REVIVE = _stuck_one.values(given_up_at=None, due_at=bindparam("now"), attempts=0).returning(_t.id)
_SET_ASIDE = _stuck_one.values(done_at=bindparam("now")).returning(_t.id)


def add(tx: Connection, kind: str, payload: dict[str, Any], key: str, now: datetime) -> bool:
    """Orders work that is due at once; False if the key was used before."""
    values = {"kind": kind, "payload": payload, "key": key, "due_at": now}
    return tx.execute(_ADD.on(tx), values).first() is not None


def claim(tx: Connection, now: datetime, limit: int, lease: timedelta) -> list[Task]:
    """Gives the tasks that are due, oldest first, to this worker alone for the lease. Commit
    before working."""
    ids = list(tx.execute(_DUE, {"now": now, "limit": limit}).scalars())
    if not ids:
        return []
    rows = tx.execute(_CLAIM, {"ids": ids, "until": now + lease})
    return sorted((Task(*row) for row in rows), key=lambda task: ids.index(task.id))


def finish(tx: Connection, task_id: int, now: datetime) -> bool:
    """The work is done; call it in the transaction that wrote the result. False if it was
    finished before: then write nothing."""
    return tx.execute(_DONE, {"task": task_id, "now": now}).first() is not None


def any_open(tx: Connection, prefix: str) -> bool:
    """Whether there is work left whose key begins like this."""
    statement = select(_t.id).where(*_open, _t.key.startswith(prefix, autoescape=True)).limit(1)
    return tx.execute(statement).first() is not None


def retry(tx: Connection, task_id: int, later: datetime, error: str) -> bool:
    """It didn't work and is to be tried again."""
    return tx.execute(_LATER, {"task": task_id, "later": later, "error": error}).first() is not None


def postpone(tx: Connection, task_id: int, later: datetime, error: str) -> bool:
    """It couldn't be tried, for no fault of its own: no try is counted."""
    values = {"task": task_id, "later": later, "error": error}
    return tx.execute(_POSTPONE, values).first() is not None


def hold(tx: Connection, task: Task, until: datetime) -> bool:
    """Prolongs the lease of a task that takes long. False if another worker has it, or it is
    done."""
    values = {"task": task.id, "claim": task.attempts, "until": until}
    return tx.execute(_HOLD, values).first() is not None


def give_up(tx: Connection, task_id: int, now: datetime, error: str) -> bool:
    """It failed too often and waits for somebody."""
    return tx.execute(_GIVE_UP, {"task": task_id, "now": now, "error": error}).first() is not None


def stuck(tx: Connection) -> list[Task]:
    """Gives the tasks that were given up."""
    return [Task(*row) for row in tx.execute(_STUCK)]


def revive(tx: Connection, task_id: int, now: datetime) -> bool:
    """Tries a task that was given up once more. False if it wasn't."""
    return tx.execute(_REVIVE, {"task": task_id, "now": now}).first() is not None


def set_aside(tx: Connection, task_id: int, now: datetime) -> bool:
    """A task that was given up need not be done any more, by somebody's decision. False if it
    wasn't given up."""
    return tx.execute(_SET_ASIDE, {"task": task_id, "now": now}).first() is not None

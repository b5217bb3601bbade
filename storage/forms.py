"""The forms: their state, and the acts that led there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, or_, select, update

from storage.conflicts import ConflictInsert
from storage.models import Cycle, FormEvent, Role, table
from storage.models import Form as FormModel
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Form:
    """`version` counts the delivered versions; `updated_at` is when state or version changed;
    `rank` is that of the reviewers whose turn it is, 0 for nobody's; `due_at` is when a form
    that came back is to be there again; `extended_to` is the department's own deadline."""

    id: int
    cycle_id: int
    department_id: int
    state: str
    version: int
    updated_at: datetime
    rank: int = 0
    due_at: datetime | None = None
    extended_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    form_id: int
    act: str
    actor: str
    from_state: str
    to_state: str
    words: str
    at: datetime
    data: dict[str, Any]


_forms = table(FormModel)
_events = table(FormEvent)
_roles = table(Role)
_cycles = table(Cycle)

_OPEN = ConflictInsert(
    lambda insert: (
        insert(_forms)
        .on_conflict_do_nothing(index_elements=["cycle_id", "department_id"])
        .returning(_forms.c.id)
    )
)
_ALL = select(*columns(_forms, Form))
_GET = _ALL.where(_forms.c.id == bindparam("form"))
# "No key" update, so that rows which only refer to the form needn't wait.
_GET_LOCKED = _GET.with_for_update(key_share=True)
_HELD = (
    _GET.join(_cycles, _cycles.c.id == _forms.c.cycle_id)
    .where(
        _cycles.c.state == "open",
        exists().where(
            _roles.c.userid == bindparam("person"),
            _roles.c.role == bindparam("as"),
            or_(_roles.c.department_id == _forms.c.department_id, _roles.c.department_id.is_(None)),
        ),
    )
    .with_for_update(key_share=True, of=_forms)
)
_OF_DEPARTMENT = _ALL.where(
    _forms.c.cycle_id == bindparam("cycle"), _forms.c.department_id == bindparam("department")
)
_OF_PERSON = (
    _ALL.join(_cycles, _cycles.c.id == _forms.c.cycle_id)
    .where(
        _cycles.c.state == "open",
        _forms.c.department_id.in_(
            select(_roles.c.department_id).where(_roles.c.userid == bindparam("person"))
        ),
    )
    .order_by(_cycles.c.opens_at.desc(), _forms.c.id)
)
_OF_CYCLE = _ALL.where(_forms.c.cycle_id == bindparam("cycle")).order_by(_forms.c.id)
_BY_STATE = _OF_CYCLE.where(_forms.c.state.in_(bindparam("states", expanding=True)))
_SET_STATE = (
    update(_forms)
    .where(_forms.c.id == bindparam("form"), _forms.c.state == bindparam("from_state"))
    .values(state=bindparam("to_state"), updated_at=bindparam("now"), rank=0)
    .returning(_forms.c.id)
)
_SET_RANK = (
    update(_forms)
    .where(_forms.c.id == bindparam("form"))
    .values(rank=bindparam("new_rank"), updated_at=bindparam("now"))
)
_SET_DUE = update(_forms).where(_forms.c.id == bindparam("form")).values(due_at=bindparam("due"))
_EXTEND = (
    update(_forms).where(_forms.c.id == bindparam("form")).values(extended_to=bindparam("until"))
)
_NEXT_VERSION = (
    update(_forms)
    .where(_forms.c.id == bindparam("form"))
    .values(version=_forms.c.version + 1, updated_at=bindparam("now"))
    .returning(_forms.c.version)
)
_NOTE = insert(_events).returning(_events.c.id)
_EVENTS = (
    select(*columns(_events, Event))
    .where(_events.c.form_id == bindparam("form"))
    .order_by(_events.c.id)
)


def open(tx: Connection, cycle_id: int, department_id: int, now: datetime) -> int:
    """Opens a department's form in a cycle and gives its id; an open one stays as it is."""
    where = {"cycle_id": cycle_id, "department_id": department_id}
    new = tx.execute(_OPEN.on(tx), where | {"updated_at": now}).scalar_one_or_none()
    if new is not None:
        return int(new)
    there = tx.execute(_OF_DEPARTMENT, {"cycle": cycle_id, "department": department_id})
    return int(there.one().id)


def get(tx: Connection, form_id: int, lock: bool = False) -> Form | None:
    """Gives a form; with `lock`, nobody else gets it locked until this transaction ends."""
    row = tx.execute(_GET_LOCKED if lock else _GET, {"form": form_id}).first()
    return Form(*row) if row else None


def held(tx: Connection, form_id: int, userid: str, role: str) -> Form | None:
    """Gives a form, locked, if its cycle is open and the person holds this role for it."""
    row = tx.execute(_HELD, {"form": form_id, "person": userid, "as": role}).first()
    return Form(*row) if row else None


def of_department(tx: Connection, cycle_id: int, department_id: int) -> Form | None:
    found = tx.execute(_OF_DEPARTMENT, {"cycle": cycle_id, "department": department_id})
    row = found.first()
    return Form(*row) if row else None


def of_person(tx: Connection, userid: str) -> list[Form]:
    """Gives the forms, in open cycles, of the departments where the person has any role."""
    return [Form(*row) for row in tx.execute(_OF_PERSON, {"person": userid})]


def by_state(tx: Connection, cycle_id: int, *states: str) -> list[Form]:
    """Gives a cycle's forms in any of the states; without states, all of them."""
    if states:
        found = tx.execute(_BY_STATE, {"cycle": cycle_id, "states": states})
    else:
        found = tx.execute(_OF_CYCLE, {"cycle": cycle_id})
    return [Form(*row) for row in found]


def set_state(tx: Connection, form_id: int, from_state: str, to_state: str, now: datetime) -> bool:
    """Moves a form on; False, and nothing done, if it isn't in `from_state` any more. It is
    nobody's turn to approve then, until `set_rank` says whose."""
    values = {"form": form_id, "from_state": from_state, "to_state": to_state, "now": now}
    return tx.execute(_SET_STATE, values).first() is not None


def set_rank(tx: Connection, form_id: int, rank: int, now: datetime) -> None:
    """Makes it the turn of the reviewers of this rank. Hold the form's lock."""
    tx.execute(_SET_RANK, {"form": form_id, "new_rank": rank, "now": now})


def set_due(tx: Connection, form_id: int, due: datetime) -> None:
    """Says when a form that came back is to be there again. Hold the form's lock."""
    tx.execute(_SET_DUE, {"form": form_id, "due": due})


def extend(tx: Connection, form_id: int, until: datetime | None) -> None:
    """Gives a department its own deadline, or with None that of the cycle again. Hold the form's
    lock."""
    tx.execute(_EXTEND, {"form": form_id, "until": until})


def next_version(tx: Connection, form_id: int, now: datetime) -> int:
    """Counts one more delivered version and gives its number, from 1."""
    return int(tx.execute(_NEXT_VERSION, {"form": form_id, "now": now}).scalar_one())


def note_event(
    tx: Connection,
    form_id: int,
    act: str,
    actor: str,
    from_state: str,
    to_state: str,
    now: datetime,
    words: str = "",
    data: dict[str, Any] | None = None,
) -> int:
    """Writes down an act on a form, for ever; gives the event's id."""
    event = {"form_id": form_id, "act": act, "actor": actor, "from_state": from_state}
    event |= {"to_state": to_state, "words": words, "at": now, "data": data or {}}
    return int(tx.execute(_NOTE, event).scalar_one())


def events(tx: Connection, form_id: int) -> list[Event]:
    """Gives what was done with a form, oldest first."""
    return [Event(*row) for row in tx.execute(_EVENTS, {"form": form_id})]

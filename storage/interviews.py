"""What a turn needs to know about forms and people, in as few statements as it takes."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    false,
    func,
    null,
    or_,
    select,
)

from storage.models import (
    AnswerEvent,
    Conversation,
    Cycle,
    Delivery,
    Department,
    Evidence,
    Form,
    FormEvent,
    HandOver,
    Person,
    PresentAnswer,
    Proposal,
    Role,
    Seal,
    Unit,
    Waiver,
    table,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A form of an open cycle with its department and cycle.

    `returned_words` are those of the act that last led the form back to drafting, "" if
    another act came last. `rank` is that of the reviewers whose turn it is. `given` has the items
    of the evidence given, one a line (empty for an unsorted file); `evidence.gathered_from` reads
    it. `units` counts the units below the department. `unsealed`: the version delivered last bears
    a code and no sealed paper of it has come. `offered`: something that was brought waits to be
    taken over. `due_at` is set when the form came back, `waived` when findings were let pass.
    `handed`: something was handed to a colleague, or declined by one; `before`: the department had
    a form the year before. `deadline` is the
    department's own or the cycle's, `code` the department's with its `short_names`.
    `talk` is the stored conversation of the person who was asked for, None for forms that were
    asked for without one.
    """

    form_id: int
    state: str
    version: int
    department_id: int
    department: str
    cycle_id: int
    year: int
    deadline: datetime
    standard_hash: str
    returned_words: str
    rank: int = 0
    given: str | None = None
    units: int = 0
    unsealed: bool = False
    due_at: datetime | None = None
    waived: bool = False
    offered: bool = False
    handed: bool = False
    before: bool = False
    code: str = ""
    short_names: Sequence[str] = ()
    talk: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody's name with their role; reviewers have a rank and perhaps a title."""

    role: str
    rank: int
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class LastChange:
    """What a person's last answering message wrote: fact → value before it (None: none)."""

    before: dict[str, Any]
    raw: str


_f, _c, _d = table(Form).c, table(Cycle).c, table(Department).c
_r, _p, _k = table(Role).c, table(Person).c, table(Conversation).c
_e, _a, _n = table(FormEvent).c, table(AnswerEvent).c, table(PresentAnswer).c
_v, _u = table(Evidence).c, table(Unit).c
_l, _s = table(Delivery).c, table(Seal).c
_w = table(Waiver).c
_q = table(Proposal).c
_h = table(HandOver).c
_older = table(AnswerEvent).alias("older")

_returned = (
    select(case((_e.act.in_(("send_back", "return_form", "disown")), _e.words), else_=""))
    # What moves nothing, such as letting a finding pass, is no act that came after the return.
    .where(_e.form_id == _f.id, _e.from_state != _e.to_state)
    .order_by(_e.id.desc())
    .limit(1)
    .scalar_subquery()
)
_given = (
    select(func.aggregate_strings(_v.item, "\n"))
    .where(_v.form_id == _f.id, _v.removed_at.is_(None))
    .scalar_subquery()
)
_units = (
    select(func.count()).where(_u.department_id == _f.department_id, _u.active).scalar_subquery()
)
_unsealed = exists().where(
    _l.form_id == _f.id,
    _l.version == _f.version,
    _l.code != "",
    ~exists().where(
        _s.form_id == _f.id,
        _s.version == _f.version,
        _s.code == _l.code,
        _s.removed_at.is_(None),
    ),
)
_waived = exists().where(_w.form_id == _f.id)
_offered = exists().where(_q.form_id == _f.id, _q.state == "open")
_handed = exists().where(_h.form_id == _f.id, _h.state != "ended")
_old, _then = table(Form).alias("old"), table(Cycle).alias("then")
_before_this = exists(
    select(_old.c.id)
    .join(_then, _then.c.id == _old.c.cycle_id)
    .where(_old.c.department_id == _f.department_id, _then.c.year == _c.year - 1)
)
_COLUMNS = (
    _f.id, _f.state, _f.version, _f.department_id, _d.name, _c.id, _c.year,
    func.coalesce(_f.extended_to, _c.deadline),
    _c.standard_hash, func.coalesce(_returned, ""), _f.rank, _given, _units,
    _unsealed, _f.due_at, _waived, _offered, _handed, _before_this, _d.code, _d.short_names,
)  # fmt: skip
_places = (
    table(Form)
    .join(table(Cycle), _c.id == _f.cycle_id)
    .join(table(Department), _d.id == _f.department_id)
)
_OF_CONTACT = (
    select(*_COLUMNS, _k.state)
    .select_from(
        _places.join(
            table(Role),
            and_(
                _r.department_id == _f.department_id,
                _r.role == "contact",
                _r.userid == bindparam("person"),
            ),
        ).outerjoin(
            table(Conversation), and_(_k.form_id == _f.id, _k.userid == bindparam("person"))
        )
    )
    .where(_c.state == "open")
    .order_by(_k.updated_at.is_(None), _k.updated_at.desc(), _c.opens_at.desc(), _f.id)
)
_OF_COLLEAGUE = (
    select(*_COLUMNS, _k.state)
    .select_from(
        _places.outerjoin(
            table(Conversation), and_(_k.form_id == _f.id, _k.userid == bindparam("person"))
        )
    )
    .where(
        _c.state == "open",
        exists().where(
            _h.form_id == _f.id,
            _h.receiver == bindparam("person"),
            _h.state.in_(("offered", "accepted")),
        ),
    )
    .order_by(_f.id)
)
_ONE = select(*_COLUMNS).select_from(_places).where(_f.id == bindparam("form"))
_ON_DESK = (
    select(*_COLUMNS)
    .select_from(_places)
    .where(
        _c.state == "open",
        _d.active,
        _f.state.in_(bindparam("states", expanding=True)),
        or_(
            bindparam("everywhere", type_=false().type),
            _f.department_id.in_(bindparam("departments", expanding=True)),
        ),
    )
    .order_by(_f.updated_at, _f.id)
)
_REVIEWABLE = (
    select(*_COLUMNS)
    .select_from(_places)
    .where(
        _c.erased_at.is_(None),
        _f.state.in_(bindparam("states", expanding=True)),
        or_(
            bindparam("everywhere", type_=false().type),
            _f.department_id.in_(bindparam("departments", expanding=True)),
        ),
    )
    .order_by(_c.state.desc(), _c.year.desc(), _c.id.desc(), _f.updated_at, _f.id)
)
_NAMES = (
    select(_r.role, _r.rank, _r.title, _p.name)
    .join(table(Person), _p.userid == _r.userid)
    .where(
        _p.active,
        _r.role.in_(bindparam("roles", expanding=True)),
        or_(_r.department_id == bindparam("department"), _r.department_id.is_(null())),
    )
    .order_by(_r.rank, _r.id)
)
# As text: only what has changed since the last look is parsed.
_TEXTS = select(_n.fact, cast(_n.value, Text), _n.actor).where(_n.form_id == bindparam("form"))
_AUTHORS = (
    select(_n.fact, _p.name, _n.at)
    .join(table(Person), _p.userid == _n.actor)
    .where(_n.form_id == bindparam("form"), _n.actor != bindparam("me"))
)
_last_turn = (
    select(_a.turn_id)
    .where(_a.form_id == bindparam("form"), _a.actor == bindparam("me"), _a.turn_id.is_not(None))
    .order_by(_a.id.desc())
    .limit(1)
    .scalar_subquery()
)
_before = (
    select(cast(_older.c.value, Text))
    .where(_older.c.form_id == _a.form_id, _older.c.fact == _a.fact, _older.c.id < _a.id)
    .order_by(_older.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_LAST_CHANGE = (
    select(_a.fact, _a.raw, _before)
    .where(_a.form_id == bindparam("form"), _a.turn_id == _last_turn)
    .order_by(_a.id)
)


def of_contact(tx: Connection, userid: str) -> list[Standing]:
    """Gives the forms, in open cycles, that a person fills in; the one talked about last first."""
    return [Standing(*row) for row in tx.execute(_OF_CONTACT, {"person": userid})]


def of_colleague(tx: Connection, userid: str) -> list[Standing]:
    """Gives the forms, in open cycles, of which something is in a person's hands or offered to
    them (转交)."""
    return [Standing(*row) for row in tx.execute(_OF_COLLEAGUE, {"person": userid})]


def one(tx: Connection, form_id: int) -> Standing | None:
    row = tx.execute(_ONE, {"form": form_id}).first()
    return Standing(*row) if row else None


def on_desk(
    tx: Connection, states: Collection[str], departments: Collection[int] | None
) -> list[Standing]:
    """Gives the forms of open cycles in these states, longest waiting first; departments None
    means all that are active."""
    values = {"states": list(states), "everywhere": departments is None}
    values["departments"] = list(departments or ())
    return [Standing(*row) for row in tx.execute(_ON_DESK, values)]


def reviewable(
    tx: Connection, states: Collection[str], departments: Collection[int] | None
) -> list[Standing]:
    """Gives one form for each department that has any in these states: that of an open cycle,
    else that of the latest year; departments None means all of them."""
    values = {"states": list(states), "everywhere": departments is None}
    values["departments"] = list(departments or ())
    found: dict[int, Standing] = {}
    for row in tx.execute(_REVIEWABLE, values):
        standing = Standing(*row)
        found.setdefault(standing.department_id, standing)
    return list(found.values())


def names(tx: Connection, department_id: int | None, *roles: str) -> dict[str, list[str]]:
    """Gives the names of the active holders of each role, in the department or for all."""
    found: dict[str, list[str]] = {role: [] for role in roles}
    for holder in holders(tx, department_id, *roles):
        if holder.name not in found[holder.role]:
            found[holder.role].append(holder.name)
    return found


def holders(tx: Connection, department_id: int | None, *roles: str) -> list[Holder]:
    """Gives the active holders of the roles, in the department or for all, by rank."""
    rows = tx.execute(_NAMES, {"department": department_id, "roles": roles})
    return [Holder(*row) for row in rows]


def texts(tx: Connection, form_id: int) -> list[tuple[str, str, str]]:
    """Gives each present answer: its fact, the JSON text that is stored, and whose it is."""
    return [(row[0], row[1], row[2]) for row in tx.execute(_TEXTS, {"form": form_id})]


def authors(tx: Connection, form_id: int, but: str) -> dict[str, tuple[str, datetime]]:
    """Gives, for each present answer that somebody else gave, that person's name and when."""
    rows = tx.execute(_AUTHORS, {"form": form_id, "me": but})
    return {row[0]: (row[1], row[2]) for row in rows}


def last_change(tx: Connection, form_id: int, userid: str) -> LastChange | None:
    """Gives what the person's last answering message changed on the form."""
    rows = tx.execute(_LAST_CHANGE, {"form": form_id, "me": userid}).all()
    if not rows:
        return None
    return LastChange({row[0]: json.loads(row[2]) if row[2] else None for row in rows}, rows[0][1])

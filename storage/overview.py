"""What is known of many forms at once, in a few statements however many there are."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union,
)

from storage.models import (
    AnswerEvent,
    Colleague,
    Evidence,
    Form,
    FormEvent,
    HandOver,
    Person,
    PresentAnswer,
    Role,
    Unasked,
    table,
)

Mark = tuple[int, int]
"""The id of the latest present answer and how many there are: another one stands for other
answers, the same for the same."""


@dataclass(frozen=True, slots=True)
class Last:
    """The latest answer, file and act of a form: when, and by whom (userid)."""

    form_id: int
    answered_at: datetime | None
    answered_by: str | None
    given_at: datetime | None
    given_by: str | None
    acted_at: datetime | None
    acted_by: str | None


@dataclass(frozen=True, slots=True)
class Touched:
    """How many facts of a form were answered after some moment; `again`: not all of them for the
    first time."""

    form_id: int
    facts: int
    again: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """An active person with a role in a department, None for all of them."""

    department_id: int | None
    role: str
    rank: int
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class OpenHand:
    """A hand-over that is not over: offered, accepted or declined."""

    form_id: int
    scope: str
    without: Sequence[str]
    receiver: str
    state: str
    given_at: datetime


_f, _a, _n = table(Form).c, table(AnswerEvent).c, table(PresentAnswer).c
_e, _v, _h = table(FormEvent).c, table(Evidence).c, table(HandOver).c
_p, _r, _o, _u = table(Person).c, table(Role).c, table(Colleague).c, table(Unasked).c
_these: Any = bindparam("forms", expanding=True)

_MARKS = (
    select(_n.form_id, func.max(_n.event_id), func.count())
    .where(_n.form_id.in_(_these))
    .group_by(_n.form_id)
)
_VALUES = select(_n.form_id, _n.fact, cast(_n.value, Text)).where(_n.form_id.in_(_these))


def _latest(column: Any, of: Any, order: Any) -> Any:
    """The value of a column in the row of a form that came last."""
    found = select(column).where(of == _f.id).order_by(order.desc()).limit(1)
    return found.correlate(table(Form)).scalar_subquery()


def _latest_until(at: Any, of: Any, order: Any) -> Any:
    """When the last thing before a moment happened to a form: found from the end, so that few
    rows are looked at."""
    found = select(at).where(of == _f.id, at <= bindparam("until", type_=_a.at.type))
    latest = found.order_by(order.desc()).limit(1)
    return latest.correlate(table(Form)).scalar_subquery()


_LASTS = select(
    _f.id,
    _latest(_a.at, _a.form_id, _a.id),
    _latest(_a.actor, _a.form_id, _a.id),
    _latest(_v.given_at, _v.form_id, _v.id),
    _latest(_v.given_by, _v.form_id, _v.id),
    _latest(_e.at, _e.form_id, _e.id),
    _latest(_e.actor, _e.form_id, _e.id),
).where(_f.id.in_(_these))
_facts = (
    select(
        _a.form_id,
        case((func.min(_a.at) <= bindparam("since", type_=_a.at.type), 1), else_=0).label("again"),
    )
    .where(_a.form_id.in_(_these))
    .group_by(_a.form_id, _a.fact)
    .having(func.max(_a.at) > bindparam("since", type_=_a.at.type))
    .subquery()
)
_TOUCHED = select(_facts.c.form_id, func.count(), func.max(_facts.c.again)).group_by(
    _facts.c.form_id
)
_ACTS = (
    select(_e.form_id, _e.act)
    .where(_e.form_id.in_(_these), _e.at > bindparam("since"), _e.from_state != _e.to_state)
    .order_by(_e.id)
)
_FILES = (
    select(_v.form_id, func.count())
    .where(_v.form_id.in_(_these), _v.given_at > bindparam("since"), _v.removed_at.is_(None))
    .group_by(_v.form_id)
)
_BEFORE = (
    select(_a.form_id, _a.fact, cast(_a.value, Text))
    .where(_a.form_id.in_(_these), _a.at <= bindparam("since"))
    .order_by(_a.id)
)
_HANDS = (
    select(_h.form_id, _h.scope, _h.without, _p.name, _h.state, _h.given_at)
    .join(table(Person), _p.userid == _h.receiver)
    .where(_h.form_id.in_(_these), _h.state != "ended")
    .order_by(_h.id)
)
_SEATS = union(
    select(_r.department_id, _r.role, _r.rank, _r.title, _p.name, _r.id.label("place"))
    .join(table(Person), _p.userid == _r.userid)
    .where(_p.active, _r.role.in_(("contact", "reviewer"))),
    select(_o.department_id, literal("colleague"), literal(1), literal(""), _p.name, literal(0))
    .join(table(Person), _p.userid == _o.userid)
    .where(_p.active),
).order_by("rank", "place")
_NAMES = select(_p.userid, _p.name).where(_p.userid.in_(bindparam("people", expanding=True)))
_WEEKLY = select(_p.weekly).where(_p.userid == bindparam("person"))
_TOLD = (
    select(_u.day, _u.created_at, _u.reasons)
    .where(_u.userid == bindparam("person"), _u.dropped_at.is_(None))
    .order_by(_u.id.desc())
)
_HOLDERS = (
    select(_p.userid, _r.department_id, _p.weekly)
    .join(table(Person), _p.userid == _r.userid)
    .where(_p.active, _r.role == bindparam("role"))
    .order_by(_r.id)
)
_LIVELY = select(_f.id).where(
    _f.id.in_(_these),
    or_(
        *(
            _latest_until(at, of, order) > bindparam("since", type_=_a.at.type)
            for at, of, order in (
                (_a.at, _a.form_id, _a.id),
                (_v.given_at, _v.form_id, _v.id),
                (_e.at, _e.form_id, _e.id),
            )
        )
    ),
)


def marks(tx: Connection, forms: Collection[int]) -> dict[int, Mark]:
    """Gives the mark of each form's present answers; forms without any are left out."""
    rows = tx.execute(_MARKS, {"forms": list(forms)})
    return {form_id: (last, count) for form_id, last, count in rows}


def answers(tx: Connection, forms: Collection[int]) -> dict[int, dict[str, Any]]:
    """Gives the present answers of each form by fact, as stored."""
    return _by_form(tx.execute(_VALUES, {"forms": list(forms)}), forms)


def answers_at(
    tx: Connection, forms: Collection[int], since: datetime
) -> dict[int, dict[str, Any]]:
    """Gives the answers that stood at a moment."""
    return _by_form(tx.execute(_BEFORE, {"forms": list(forms), "since": since}), forms)


def lasts(tx: Connection, forms: Collection[int]) -> dict[int, Last]:
    """Gives what was last done with each form."""
    return {row[0]: Last(*row) for row in tx.execute(_LASTS, {"forms": list(forms)})}


def lively(tx: Connection, forms: Collection[int], since: datetime, until: datetime) -> list[int]:
    """Gives the forms with which something was done after a moment, up to another."""
    values = {"forms": list(forms), "since": since, "until": until}
    return list(tx.execute(_LIVELY, values).scalars())


def touched(tx: Connection, forms: Collection[int], since: datetime) -> list[Touched]:
    """Gives the forms of which facts were answered after a moment."""
    rows = tx.execute(_TOUCHED, {"forms": list(forms), "since": since})
    return [Touched(form_id, count, bool(again)) for form_id, count, again in rows]


def acts(tx: Connection, forms: Collection[int], since: datetime) -> list[tuple[int, str]]:
    """Gives the acts that moved forms after a moment, in their order."""
    rows = tx.execute(_ACTS, {"forms": list(forms), "since": since})
    return [(form_id, act) for form_id, act in rows]


def files(tx: Connection, forms: Collection[int], since: datetime) -> dict[int, int]:
    """Gives how many files were given to each form after a moment and still stand."""
    rows = tx.execute(_FILES, {"forms": list(forms), "since": since})
    return {row[0]: row[1] for row in rows}


def hands(tx: Connection, forms: Collection[int]) -> list[OpenHand]:
    """Gives what was handed to colleagues and isn't over."""
    return [OpenHand(*row) for row in tx.execute(_HANDS, {"forms": list(forms)})]


def seats(tx: Connection) -> list[Seat]:
    """Gives all contacts, reviewers and colleagues by rank, the longest in office first."""
    return [Seat(*row[:5]) for row in tx.execute(_SEATS)]


def names(tx: Connection, userids: Collection[str]) -> dict[str, str]:
    """Gives the names of these people."""
    rows = tx.execute(_NAMES, {"people": list(userids)})
    return {row[0]: row[1] for row in rows}


def wants_weekly(tx: Connection, userid: str) -> bool:
    """Whether somebody wants the digest of the week."""
    return bool(tx.execute(_WEEKLY, {"person": userid}).scalar())


def holders(tx: Connection, role: str, *, weekly: bool = False) -> dict[str, frozenset[int] | None]:
    """Gives the active holders of a role with the departments for which they hold it, None for
    all; with `weekly` only those who want the digest of the week."""
    found: dict[str, set[int | None]] = {}
    for userid, department_id, wants in tx.execute(_HOLDERS, {"role": role}):
        if wants or not weekly:
            found.setdefault(userid, set()).add(department_id)
    return {
        userid: None if None in held else frozenset(each for each in held if each is not None)
        for userid, held in found.items()
    }


def last_told(tx: Connection, userid: str, kind: str, before: str = "") -> datetime | None:
    """When somebody was last told something of a kind without asking, of which nothing was
    dropped; with `before` (`2022-05-31`) on an earlier day than that."""
    for day, at, reasons in tx.execute(_TOLD, {"person": userid}):
        of_kind = any(reason.startswith(f"{kind}:") for reason in reasons)
        if of_kind and (not before or day < before):
            told: datetime = at
            return told
    return None


def _by_form(rows: Any, forms: Collection[int]) -> dict[int, dict[str, Any]]:
    """Rows of form, fact and value as text; a later row stands above an earlier one."""
    found: dict[int, dict[str, str | None]] = {form_id: {} for form_id in forms}
    for form_id, fact, value in rows:
        found[form_id][fact] = value
    return {
        form_id: {fact: json.loads(text) for fact, text in facts.items() if text is not None}
        for form_id, facts in found.items()
    }

"""The people and their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Text,
    bindparam,
    cast,
    delete,
    func,
    literal,
    null,
    select,
    union,
    union_all,
    update,
)

from storage.conflicts import ConflictInsert
from storage.models import Colleague, Department, StandIn, table
from storage.models import Person as PersonModel
from storage.models import Role as RoleModel
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Person:
    userid: str
    name: str
    active: bool
    plain_text_only: bool


@dataclass(frozen=True, slots=True)
class Role:
    """`role` is contact, reviewer, coordinator, finance or colleague; without department it is
    for all."""

    role: str
    department_id: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """An active person with one of their roles ("" for none) and the department it is for."""

    userid: str
    name: str
    role: str
    department_id: int | None
    department: str


@dataclass(frozen=True, slots=True)
class Named:
    """An active person as they can be found by name: where they sit, what else they are called,
    and the departments that they belong to, by id and name."""

    userid: str
    name: str
    office: str
    aliases: tuple[str, ...]
    departments: dict[int, str]


def _place_of(kind: str, id: Any, role: Any, department_id: Any) -> Any:
    """A role as `kind.id.role.department`, so that all of somebody's fit into one column."""
    department = func.coalesce(cast(department_id, Text), "")
    return (literal(f"{kind}.") + cast(id, Text) + "." + role + "." + department).label("entry")


_people = table(PersonModel)
_colleagues = table(Colleague)
_roles = table(RoleModel)
_departments = table(Department)

_PERSON = select(*columns(_people, Person)).where(_people.c.userid == bindparam("person"))
# "No key" update, so that rows which only refer to the person needn't wait.
_PERSON_LOCKED = _PERSON.with_for_update(key_share=True)
_SPELLED = (
    select(_people.c.userid)
    .where(func.lower(_people.c.userid) == bindparam("small"))
    .order_by(_people.c.userid == bindparam("person"), _people.c.active, _people.c.userid)
)
_stand_ins = table(StandIn)
# Who stands in for a reviewer holds that role; ended_at is set soon after the last day.
_ROLES = union_all(
    select(*columns(_roles, Role), literal(0).label("kind"), _roles.c.id.label("place")).where(
        _roles.c.userid == bindparam("person")
    ),
    select(literal("reviewer"), _stand_ins.c.department_id, literal(1), _stand_ins.c.id).where(
        _stand_ins.c.userid == bindparam("person"), _stand_ins.c.ended_at.is_(null())
    ),
).order_by("kind", "place")
_held = union_all(
    select(_place_of("0", _roles.c.id, _roles.c.role, _roles.c.department_id)).where(
        _roles.c.userid == bindparam("person")
    ),
    select(_place_of("1", _stand_ins.c.id, literal("reviewer"), _stand_ins.c.department_id)).where(
        _stand_ins.c.userid == bindparam("person"), _stand_ins.c.ended_at.is_(null())
    ),
).subquery()
_WITH_ROLES = (
    select(
        *columns(_people, Person),
        select(func.aggregate_strings(_held.c.entry, ";")).scalar_subquery(),
    )
    .where(_people.c.userid == bindparam("person"))
    .with_for_update(key_share=True)
)
_NAMED = (
    select(*columns(_people, Person))
    .where(_people.c.name == bindparam("called"), _people.c.active)
    .order_by(_people.c.userid)
)
_POSTS = (
    select(
        _people.c.userid,
        _people.c.name,
        func.coalesce(_roles.c.role, ""),
        _roles.c.department_id,
        func.coalesce(_departments.c.name, ""),
    )
    .select_from(
        _people.outerjoin(_roles, _roles.c.userid == _people.c.userid).outerjoin(
            _departments, _departments.c.id == _roles.c.department_id
        )
    )
    .where(_people.c.active)
    .order_by(_people.c.userid, _roles.c.id.desc())
)
_places = union(
    select(_roles.c.userid, _roles.c.department_id),
    select(_colleagues.c.userid, _colleagues.c.department_id),
).subquery()
_DIRECTORY = (
    select(
        _people.c.userid,
        _people.c.name,
        _people.c.office,
        _people.c.aliases,
        _places.c.department_id,
        _departments.c.name,
    )
    .select_from(
        _people.outerjoin(_places, _places.c.userid == _people.c.userid).outerjoin(
            _departments, _departments.c.id == _places.c.department_id
        )
    )
    .where(_people.c.active)
    .order_by(_people.c.userid, _places.c.department_id)
)
_DESCRIBE = (
    update(_people)
    .where(_people.c.userid == bindparam("person"))
    .values(office=bindparam("sits"), aliases=bindparam("called", type_=_people.c.aliases.type))
)
_JOIN = ConflictInsert(lambda insert: insert(_colleagues).on_conflict_do_nothing())
_PLAIN_TEXT = (
    update(_people)
    .where(_people.c.userid == bindparam("person"))
    .values(plain_text_only=bindparam("plain"))
)
_WEEKLY = (
    update(_people)
    .where(_people.c.userid == bindparam("person"))
    .values(weekly=bindparam("wanted"))
)
_GRANT = ConflictInsert(lambda insert: insert(_roles).on_conflict_do_nothing())
_SAME_ROLE = (_roles.c.userid == bindparam("person"), _roles.c.role == bindparam("role"))
_HERE = _roles.c.department_id == bindparam("department")
_EVERYWHERE = _roles.c.department_id.is_(null())
_REVOKE = delete(_roles).where(*_SAME_ROLE, _HERE)
_REVOKE_EVERYWHERE = delete(_roles).where(*_SAME_ROLE, _EVERYWHERE)
_HOLDERS = (
    select(*columns(_people, Person))
    .join(_roles, _roles.c.userid == _people.c.userid)
    .where(_roles.c.role == bindparam("role"), _people.c.active)
    .order_by(_roles.c.id)
)
_HOLDERS_HERE = _HOLDERS.where(_HERE)
_HOLDERS_EVERYWHERE = _HOLDERS.where(_EVERYWHERE)


def _upserting(insert: Any) -> Any:
    new = insert(_people)
    return new.on_conflict_do_update(
        index_elements=["userid"],
        set_={"name": new.excluded.name, "active": new.excluded.active},
    )


_UPSERT = ConflictInsert(_upserting)


def upsert(tx: Connection, userid: str, name: str, active: bool = True) -> None:
    """Adds a person or brings name and activity up to date; their own settings stay."""
    tx.execute(_UPSERT.on(tx), {"userid": userid, "name": name, "active": active})


def person(tx: Connection, userid: str, lock: bool = False) -> Person | None:
    """Gives a person; with `lock`, nobody else gets them locked until this transaction ends.

    Lock the person first, then the form: everybody in one order, so that nobody waits in a ring.
    """
    row = tx.execute(_PERSON_LOCKED if lock else _PERSON, {"person": userid}).first()
    return Person(*row) if row else None


def spelled(tx: Connection, userid: str) -> str:
    """Gives an account as we know it: WeChat Work takes no notice of its case. One that we don't
    know stays as it is."""
    found = tx.execute(_SPELLED, {"small": userid.lower(), "person": userid}).scalars().all()
    return found[-1] if found else userid


def named(tx: Connection, name: str) -> list[Person]:
    """Gives the active people of exactly this name, by userid."""
    return [Person(*row) for row in tx.execute(_NAMED, {"called": name})]


def posts(tx: Connection) -> list[Post]:
    """Gives all active people, once for each role, the one held longest last."""
    return [Post(*row) for row in tx.execute(_POSTS)]


def directory(tx: Connection) -> list[Named]:
    """Gives all active people, by userid, each with the departments in which they hold a role or
    work."""
    found: dict[str, Named] = {}
    for userid, name, office, aliases, department_id, department in tx.execute(_DIRECTORY):
        person = found.setdefault(userid, Named(userid, name, office, tuple(aliases), {}))
        if department_id is not None:
            person.departments[department_id] = department
    return list(found.values())


def describe(tx: Connection, userid: str, office: str, aliases: Sequence[str]) -> None:
    """Says where a person sits (财务股) and what else they are called."""
    tx.execute(_DESCRIBE, {"person": userid, "sits": office, "called": list(aliases)})


def place(tx: Connection, userid: str, department_id: int) -> None:
    """Says that a person works in a department; it gives them no access to anything."""
    tx.execute(_JOIN.on(tx), {"userid": userid, "department_id": department_id})


def set_plain_text_only(tx: Connection, userid: str, plain: bool) -> None:
    tx.execute(_PLAIN_TEXT, {"person": userid, "plain": plain})


def set_weekly(tx: Connection, userid: str, wanted: bool) -> None:
    """Notes whether somebody wants the digest of the week."""
    tx.execute(_WEEKLY, {"person": userid, "wanted": wanted})


def grant(tx: Connection, userid: str, role: str, department_id: int | None = None) -> None:
    """Gives a person a role; nothing changes if they hold it already."""
    tx.execute(_GRANT.on(tx), {"userid": userid, "role": role, "department_id": department_id})


def revoke(tx: Connection, userid: str, role: str, department_id: int | None = None) -> None:
    """Takes exactly this role away: without department, only the one that was for all."""
    who = {"person": userid, "role": role}
    if department_id is None:
        tx.execute(_REVOKE_EVERYWHERE, who)
    else:
        tx.execute(_REVOKE, who | {"department": department_id})


def with_roles(tx: Connection, userid: str) -> tuple[Person, list[Role]] | None:
    """Gives a person, locked as by `person`, with their roles as by `roles`, in one statement."""
    row = tx.execute(_WITH_ROLES, {"person": userid}).first()
    if row is None:
        return None
    *own, entries = row
    held = sorted(
        (_role(entry) for entry in (entries or "").split(";") if entry), key=itemgetter(0)
    )
    return Person(*own), [role for _, role in held]


def _role(entry: str) -> tuple[tuple[int, int], Role]:
    kind, place, role, department = entry.split(".")
    return (int(kind), int(place)), Role(role, int(department) if department else None)


def roles(tx: Connection, userid: str) -> list[Role]:
    """Gives a person's roles in the order they were granted, then those of a stand-in (代审)."""
    return [Role(*row[:2]) for row in tx.execute(_ROLES, {"person": userid})]


def holders(tx: Connection, role: str, department_id: int | None = None) -> list[Person]:
    """Gives the active people who hold the role in exactly that department, or, without one,
    for all departments; first those who have held it longest."""
    if department_id is None:
        found = tx.execute(_HOLDERS_EVERYWHERE, {"role": role})
    else:
        found = tx.execute(_HOLDERS_HERE, {"role": role, "department": department_id})
    return [Person(*row) for row in found]

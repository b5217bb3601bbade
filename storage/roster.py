"""Who is in the roster (名册) as a whole: departments, units, people, roles, places of work."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from storage.models import Colleague, Department, Person, Role, Unit, table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One that is not active takes part in no new cycle."""

    id: int
    code: str
    name: str
    short_names: list[str]
    active: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An active unit below a department."""

    department_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Anybody we know, active or not."""

    userid: str
    name: str
    active: bool
    office: str
    aliases: list[str]
    email: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """What somebody is for a department, or for all of them without one."""

    userid: str
    role: str
    department_id: int | None
    rank: int
    title: str


_departments, _units, _people = table(Department), table(Unit), table(Person)
_roles, _colleagues = table(Role), table(Colleague)
_d, _u, _p, _r, _w = _departments.c, _units.c, _people.c, _roles.c, _colleagues.c
_DEPARTMENTS = select(*columns(_departments, DepartmentRow)).order_by(_d.code)
_UNITS = select(*columns(_units, UnitRow)).where(_u.active).order_by(_u.department_id, _u.code)
_PEOPLE = select(*columns(_people, PersonRow)).order_by(_p.userid)
_ROLES = select(*columns(_roles, RoleRow)).order_by(_r.id)
_PLACES = select(_w.userid, _w.department_id).order_by(_w.department_id, _w.userid)
_ACTIVE = (
    update(_departments)
    .where(_d.id == bindparam("department"))
    .values(active=bindparam("now_active"))
)
_DESCRIBE = (
    update(_people)
    .where(_p.userid == bindparam("person"))
    .values(
        office=bindparam("sits"),
        aliases=bindparam("called", type_=_p.aliases.type),
        email=bindparam("mail"),
    )
)
_REST = (
    update(_people)
    .where(
        _p.userid.in_(bindparam("people", expanding=True)),
        ~exists().where(_r.userid == _p.userid),
        ~exists().where(_w.userid == _p.userid),
    )
    .values(active=False)
)
_MOVE_OUT = delete(_colleagues).where(
    _w.userid == bindparam("person"), _w.department_id == bindparam("department")
)


def departments(tx: Connection) -> list[DepartmentRow]:
    """Gives all departments, by code."""
    return [DepartmentRow(*row) for row in tx.execute(_DEPARTMENTS)]


def units(tx: Connection) -> list[UnitRow]:
    """Gives the active units of all departments, by code."""
    return [UnitRow(*row) for row in tx.execute(_UNITS)]


def people(tx: Connection) -> list[PersonRow]:
    """Gives everybody, by userid."""
    return [PersonRow(*row) for row in tx.execute(_PEOPLE)]


def roles(tx: Connection) -> list[RoleRow]:
    """Gives all roles, the one held longest first."""
    return [RoleRow(*row) for row in tx.execute(_ROLES)]


def places(tx: Connection) -> list[tuple[str, int]]:
    """Gives who works where (userid, department's id), without any access from it."""
    return [(row[0], row[1]) for row in tx.execute(_PLACES)]


def set_department_active(tx: Connection, department_id: int, active: bool) -> None:
    """Says whether a department takes part in new cycles."""
    tx.execute(_ACTIVE, {"department": department_id, "now_active": active})


def describe(tx: Connection, userid: str, office: str, aliases: Sequence[str], email: str) -> None:
    """Says where a person sits, what else they are called, and where e-mail reaches them."""
    values = {"person": userid, "sits": office, "called": list(aliases), "mail": email}
    tx.execute(_DESCRIBE, values)


def move_out(tx: Connection, userid: str, department_id: int) -> None:
    """Says that somebody doesn't work in a department any more."""
    tx.execute(_MOVE_OUT, {"person": userid, "department": department_id})


def rest(tx: Connection, userids: Sequence[str]) -> None:
    """Makes inactive those of the people who hold no role and work nowhere."""
    tx.execute(_REST, {"people": list(userids)})

"""Notices (通知) that coordinators send, who is to get them, and who has confirmed them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.conflicts import ConflictInsert
from storage.models import Department, DirectoryMark, Person, table
from storage.models import Notice as NoticeModel
from storage.models import NoticeFile as NoticeFileModel
from storage.models import NoticeReceipt as ReceiptModel
from storage.models import Role as RoleModel
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice; `scope` has the codes of the `departments` meant (None: all) and the `roles`."""

    id: int
    words: str
    file_key: str | None
    file_name: str
    target: str
    by: str
    at: datetime
    supplements: int | None
    scope: dict[str, Any]
    send_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Somebody who was to get a notice, for the department of this code; `sent_at` None: it has
    not gone to them yet. `standing` is how the directory of WeChat Work knows them."""

    notice_id: int
    userid: str
    name: str
    active: bool
    standing: str
    department_id: int | None
    code: str
    sent_at: datetime | None
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a role in a department, also one who is no longer active; `standing` is how
    the directory of WeChat Work knows them ("" where it was never asked)."""

    userid: str
    name: str
    active: bool
    standing: str
    role: str
    department_id: int


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """The file that a coordinator has put on the page for the next notice."""

    file_key: str
    file_name: str
    at: datetime


_notices, _receipts = table(NoticeModel), table(ReceiptModel)
_files, _marks = table(NoticeFileModel), table(DirectoryMark)
_people, _departments, _roles = table(Person), table(Department), table(RoleModel)
_n, _r, _p = _notices.c, _receipts.c, _people.c

_ADD = insert(_notices).returning(_n.id)
_ALL = select(*columns(_notices, Notice))
_ONE = _ALL.where(_n.id == bindparam("notice"))
_LATEST = _ALL.order_by(_n.id.desc()).limit(bindparam("most", type_=Integer))
_EXPECT = ConflictInsert(lambda insert: insert(_receipts).on_conflict_do_nothing())
_standing = func.coalesce(_marks.c.standing, "")
_RECEIPTS = (
    select(
        _r.notice_id, _r.userid, _p.name, _p.active, _standing, _r.department_id,
        func.coalesce(_departments.c.code, ""), _r.sent_at, _r.received_at,
    )
    .select_from(
        _receipts.join(_people, _p.userid == _r.userid)
        .outerjoin(_departments, _departments.c.id == _r.department_id)
        .outerjoin(_marks, _marks.c.userid == _r.userid)
    )
    .order_by(_departments.c.code, _r.userid)
)  # fmt: skip
_RECEIPTS_OF = _RECEIPTS.where(_r.notice_id.in_(bindparam("notices", expanding=True)))
_OF_PERSON = (
    select(*columns(_notices, Notice), _r.received_at)
    .join(_receipts, _r.notice_id == _n.id)
    .where(_r.userid == bindparam("person"), _r.sent_at.is_not(None))
    .order_by(_n.id)
)
_this = and_(_r.notice_id == bindparam("notice"), _r.userid == bindparam("person"))
_CONFIRM = (
    update(_receipts)
    .where(_this, _r.received_at.is_(None))
    .values(received_at=bindparam("now"))
    .returning(_r.userid)
)
_RECEIPT = select(_r.received_at).where(_this)
_SENT = update(_receipts).where(_this).values(sent_at=bindparam("now"))
_CANCEL = (
    update(_notices)
    .where(_n.id == bindparam("notice"), _n.cancelled_at.is_(None), _n.send_at > bindparam("now"))
    .values(cancelled_at=bindparam("now"))
    .returning(_n.id)
)
_HOLDERS = (
    select(_p.userid, _p.name, _p.active, _standing, _roles.c.role, _roles.c.department_id)
    .select_from(
        _roles.join(_people, _p.userid == _roles.c.userid).outerjoin(
            _marks, _marks.c.userid == _roles.c.userid
        )
    )
    .where(
        _roles.c.role.in_(bindparam("roles", expanding=True)),
        or_(
            bindparam("everywhere", type_=_p.active.type),
            _roles.c.department_id.in_(bindparam("departments", expanding=True)),
        ),
        _roles.c.department_id.is_not(None),
    )
    .order_by(_roles.c.id)
)
_COORDINATED = select(_roles.c.department_id).where(
    _roles.c.userid == bindparam("person"), _roles.c.role == "coordinator"
)
_mine = _files.c.userid == bindparam("person")
_FILE = select(*columns(_files, NoticeFile)).where(_mine)
_DROP_FILE = delete(_files).where(_mine)


def _keeping(insert: Any) -> Any:
    new = insert(_files)
    changed = {name: new.excluded[name] for name in ("file_key", "file_name", "at")}
    return new.on_conflict_do_update(index_elements=["userid"], set_=changed)


_KEEP_FILE = ConflictInsert(_keeping)


def add(
    tx: Connection,
    words: str,
    target: str,
    scope: dict[str, Any],
    by: str,
    now: datetime,
    send_at: datetime,
    file: tuple[str, str] | None = None,
    supplements: int | None = None,
) -> int:
    """Keeps a notice and gives its id; `file` is its key and name."""
    key, name = file or (None, "")
    row = {"words": words, "target": target, "scope": scope, "by": by, "at": now}
    row |= {"send_at": send_at, "file_key": key, "file_name": name, "supplements": supplements}
    return int(tx.execute(_ADD, row).scalar_one())


def one(tx: Connection, notice_id: int) -> Notice | None:
    row = tx.execute(_ONE, {"notice": notice_id}).first()
    return Notice(*row) if row else None


def latest(tx: Connection, most: int) -> list[Notice]:
    """Gives the notices of last, newest first."""
    return [Notice(*row) for row in tx.execute(_LATEST, {"most": most})]


def expect(tx: Connection, notice_id: int, receivers: Iterable[tuple[str, int | None]]) -> None:
    """Notes who is to get the notice, and for which department; once each."""
    for userid, department_id in receivers:
        row = {"notice_id": notice_id, "userid": userid, "department_id": department_id}
        tx.execute(_EXPECT.on(tx), row)


def receipts(tx: Connection, notice_ids: Collection[int]) -> list[Receipt]:
    """Gives who was to get these notices, by department and userid."""
    found = tx.execute(_RECEIPTS_OF, {"notices": list(notice_ids)})
    return [Receipt(*row) for row in found]


def of_person(tx: Connection, userid: str) -> list[tuple[Notice, datetime | None]]:
    """Gives the notices that went to somebody, oldest first, each with when they confirmed it."""
    found = tx.execute(_OF_PERSON, {"person": userid})
    return [(Notice(*row[:-1]), row[-1]) for row in found]


def confirm(tx: Connection, notice_id: int, userid: str, now: datetime) -> bool:
    """Notes that somebody has confirmed a notice; False, and nothing done, if they had, or it
    was not for them."""
    values = {"notice": notice_id, "person": userid, "now": now}
    return tx.execute(_CONFIRM, values).first() is not None


def is_for(tx: Connection, notice_id: int, userid: str) -> bool:
    """Whether somebody was to get the notice."""
    return tx.execute(_RECEIPT, {"notice": notice_id, "person": userid}).first() is not None


def note_sent(tx: Connection, notice_id: int, userid: str, now: datetime) -> None:
    """Notes that the notice went to somebody, perhaps once more."""
    tx.execute(_SENT, {"notice": notice_id, "person": userid, "now": now})


def cancel(tx: Connection, notice_id: int, now: datetime) -> bool:
    """Keeps a notice from going out; False if it has gone, or was cancelled before."""
    return tx.execute(_CANCEL, {"notice": notice_id, "now": now}).first() is not None


def holders(
    tx: Connection, roles: Collection[str], departments: Collection[int] | None
) -> list[Holder]:
    """Gives who holds one of the roles in one of the departments (None: in any), those who are
    no longer active among them; first those who have held it longest."""
    values = {"roles": list(roles), "everywhere": departments is None}
    values["departments"] = list(departments or ())
    return [Holder(*row) for row in tx.execute(_HOLDERS, values)]


def coordinated(tx: Connection, userid: str) -> list[int]:
    """Gives the departments for which somebody alone is coordinator."""
    found = tx.execute(_COORDINATED, {"person": userid}).scalars()
    return [each for each in found if each is not None]


def keep_file(tx: Connection, userid: str, file_key: str, file_name: str, now: datetime) -> None:
    """Keeps a file for somebody's next notice, in the place of one kept before."""
    row = {"userid": userid, "file_key": file_key, "file_name": file_name, "at": now}
    tx.execute(_KEEP_FILE.on(tx), row)


def file_of(tx: Connection, userid: str) -> NoticeFile | None:
    row = tx.execute(_FILE, {"person": userid}).first()
    return NoticeFile(*row) if row else None


def drop_file(tx: Connection, userid: str) -> None:
    """Forgets the file for somebody's next notice."""
    tx.execute(_DROP_FILE, {"person": userid})

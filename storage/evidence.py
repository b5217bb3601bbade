"""The files given as evidence (佐证材料), with who, when and sha256."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, or_, select, update

from storage.models import Evidence as EvidenceModel
from storage.models import File, table

UNSORTED = ""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file for one item, UNSORTED while nobody has said for which; `via` is page or chat.

    A purged file has no name any more.
    """

    id: int
    form_id: int
    item: str
    file_key: str
    name: str
    size: int
    content_type: str
    sha256: str
    given_by: str
    given_at: datetime
    via: str
    removed_at: datetime | None
    removed_by: str | None
    purged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The items that have a file, and how many files are not sorted."""

    items: frozenset[str]
    unsorted: int


_evidence = table(EvidenceModel)
_files = table(File)
_e, _f = _evidence.c, _files.c

# The sha256 comes from the file's own row, so the two can't differ.
_SHA256 = select(_f.sha256).where(_f.key == bindparam("file_key")).scalar_subquery()
_ADD = (
    insert(_evidence)
    .values(
        form_id=bindparam("form_id"),
        item=bindparam("item"),
        file_key=bindparam("file_key"),
        given_by=bindparam("given_by"),
        given_at=bindparam("given_at"),
        via=bindparam("via"),
        sha256=_SHA256,
    )
    .returning(_e.id)
)
_WITH_FILE: Select[Any] = select(
    _e.id, _e.form_id, _e.item, _e.file_key, _f.name, _f.size, _f.content_type, _e.sha256,
    _e.given_by, _e.given_at, _e.via, _e.removed_at, _e.removed_by, _f.purged_at,
).join(_files, _f.key == _e.file_key)  # fmt: skip
_OF_FORM = _WITH_FILE.where(_e.form_id == bindparam("form")).order_by(_e.id)
_STANDING = _OF_FORM.where(_e.removed_at.is_(None))
_THEN = _OF_FORM.where(
    _e.given_at <= bindparam("moment"),
    or_(_e.removed_at.is_(None), _e.removed_at > bindparam("moment")),
)
_ONE = _OF_FORM.where(_e.id == bindparam("evidence"))
_OF_BYTES = _OF_FORM.where(_e.sha256 == bindparam("sha256"))
_IN_CHAT = _STANDING.where(
    _e.item == UNSORTED,
    _e.via == "chat",
    _e.given_by == bindparam("by"),
    _e.given_at >= bindparam("since"),
)
_GATHERED = (
    select(_e.item, func.count())
    .where(_e.form_id == bindparam("form"), _e.removed_at.is_(None))
    .group_by(_e.item)
)
_this = update(_evidence).where(
    _e.form_id == bindparam("form"), _e.id == bindparam("evidence"), _e.removed_at.is_(None)
)
_REMOVE = _this.values(removed_at=bindparam("now"), removed_by=bindparam("by")).returning(_e.id)
_SORT = _this.where(_e.item == UNSORTED).values(item=bindparam("for_item")).returning(_e.id)


def add(
    tx: Connection,
    form_id: int,
    item: str,
    file_key: str,
    given_by: str,
    now: datetime,
    via: str = "page",
) -> int:
    """Gives a stored file as evidence for an item; gives the evidence's id.

    Raises IntegrityError for a file that `files.keep` hasn't noted.
    """
    values = {"form_id": form_id, "item": item, "file_key": file_key, "given_by": given_by}
    return int(tx.execute(_ADD, values | {"given_at": now, "via": via}).scalar_one())


def of_form(tx: Connection, form_id: int, with_removed: bool = False) -> list[Evidence]:
    """Gives a form's evidence in the order given."""
    statement = _OF_FORM if with_removed else _STANDING
    return [Evidence(*row) for row in tx.execute(statement, {"form": form_id})]


def as_of(tx: Connection, form_id: int, moment: datetime) -> list[Evidence]:
    """Gives what stood as a form's evidence then, in the order given."""
    return [Evidence(*row) for row in tx.execute(_THEN, {"form": form_id, "moment": moment})]


def one(tx: Connection, form_id: int, evidence_id: int) -> Evidence | None:
    """Gives one piece of a form's evidence, even a removed one; None if it's another form's."""
    row = tx.execute(_ONE, {"form": form_id, "evidence": evidence_id}).first()
    return Evidence(*row) if row else None


def of_bytes(tx: Connection, form_id: int, sha256: str) -> list[Evidence]:
    """Gives all that a form has had with exactly these bytes, removed and purged ones too."""
    return [Evidence(*row) for row in tx.execute(_OF_BYTES, {"form": form_id, "sha256": sha256})]


def unsorted_in_chat(
    tx: Connection, form_id: int, by: str, since: datetime | None = None
) -> list[Evidence]:
    """Gives the photos that a person has sent by chat (since then) and not sorted yet."""
    where = {"form": form_id, "by": by, "since": since or _LONG_AGO}
    return [Evidence(*row) for row in tx.execute(_IN_CHAT, where)]


def gathered(tx: Connection, form_id: int) -> Gathered:
    """Gives which items have a file, and how many files belong to none yet."""
    counts = Counter({row[0]: row[1] for row in tx.execute(_GATHERED, {"form": form_id})})
    return Gathered(frozenset(counts) - {UNSORTED}, counts[UNSORTED])


def gathered_from(joined: str | None) -> Gathered:
    """Gives the same from the items in lines, as `interviews.Standing.given` has them; None
    for no evidence at all.

    >>> gathered_from("A1-1-1\\n\\n").unsorted
    2
    """
    items: Collection[str] = [] if joined is None else joined.split("\n")
    unsorted = sum(item == UNSORTED for item in items)
    return Gathered(frozenset(items) - {UNSORTED}, unsorted)


def sort(tx: Connection, form_id: int, evidence_id: int, item: str) -> bool:
    """Says for which item an unsorted file is. False if it is sorted or gone."""
    values = {"form": form_id, "evidence": evidence_id, "for_item": item}
    return tx.execute(_SORT, values).first() is not None


def remove(tx: Connection, form_id: int, evidence_id: int, by: str, now: datetime) -> bool:
    """Takes evidence out of the form; it stays on record. False if it was out already."""
    values = {"form": form_id, "evidence": evidence_id, "now": now, "by": by}
    return tx.execute(_REMOVE, values).first() is not None

"""The files given as evidence (佐证材料), with who, when and sha256."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from storage.models import Evidence as EvidenceModel
from storage.models import File, table


@dataclass(frozen=True, slots=True)
class Evidence:
    id: int
    form_id: int
    item: str
    file_key: str
    name: str
    size: int
    sha256: str
    given_by: str
    given_at: datetime
    removed_at: datetime | None


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
        sha256=_SHA256,
    )
    .returning(_e.id)
)
_WITH_FILE: Select[Any] = select(
    _e.id, _e.form_id, _e.item, _e.file_key, _f.name, _f.size, _e.sha256, _e.given_by,
    _e.given_at, _e.removed_at,
).join(_files, _f.key == _e.file_key)  # fmt: skip
_ALL_OF_FORM = _WITH_FILE.where(_e.form_id == bindparam("form")).order_by(_e.id)
_OF_FORM = _ALL_OF_FORM.where(_e.removed_at.is_(None))
_REMOVE = (
    update(_evidence)
    .where(_e.id == bindparam("evidence"), _e.removed_at.is_(None))
    .values(removed_at=bindparam("now"))
    .returning(_e.id)
)


def add(
    tx: Connection, form_id: int, item: str, file_key: str, given_by: str, now: datetime
) -> int:
    """Gives a stored file as evidence for an item; gives the evidence's id.

    Raises IntegrityError for a file that `files.keep` hasn't noted.
    """
    values = {"form_id": form_id, "item": item, "file_key": file_key, "given_by": given_by}
    return int(tx.execute(_ADD, values | {"given_at": now}).scalar_one())


def of_form(tx: Connection, form_id: int, with_removed: bool = False) -> list[Evidence]:
    """Gives a form's evidence in the order given."""
    statement = _ALL_OF_FORM if with_removed else _OF_FORM
    return [Evidence(*row) for row in tx.execute(statement, {"form": form_id})]


def remove(tx: Connection, evidence_id: int, now: datetime) -> bool:
    """Takes evidence out of the form; it stays on record. False if it was out already."""
    return tx.execute(_REMOVE, {"evidence": evidence_id, "now": now}).first() is not None

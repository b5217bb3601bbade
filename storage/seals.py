"""The scans and photos of sealed papers (盖章件), by delivered version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from storage.models import File, table
from storage.models import Seal as SealModel

UNNAMED = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """One file; `code` is the version code on the paper, UNNAMED while nobody has named it."""

    id: int
    form_id: int
    version: int
    file_key: str
    name: str
    size: int
    content_type: str
    code: str
    given_by: str
    given_at: datetime
    removed_at: datetime | None
    removed_by: str | None


_seals, _files = table(SealModel), table(File)
_s, _f = _seals.c, _files.c
_standing = (_s.form_id == bindparam("form"), _s.removed_at.is_(None))

_ADD = insert(_seals).returning(_s.id)
_ALL_OF_FORM: Select[Any] = (
    select(
        _s.id, _s.form_id, _s.version, _s.file_key, _f.name, _f.size, _f.content_type, _s.code,
        _s.given_by, _s.given_at, _s.removed_at, _s.removed_by,
    )
    .join(_files, _f.key == _s.file_key)
    .where(_s.form_id == bindparam("form"))
    .order_by(_s.id)
)  # fmt: skip
_OF_VERSION = _ALL_OF_FORM.where(_s.version == bindparam("of_version"), _s.removed_at.is_(None))
_NAME = (
    update(_seals)
    .where(*_standing, _s.version == bindparam("of_version"), _s.code == UNNAMED)
    .values(code=bindparam("named"))
    .returning(_s.id)
)
_REMOVE = (
    update(_seals)
    .where(*_standing, _s.id == bindparam("seal"))
    .values(removed_at=bindparam("now"), removed_by=bindparam("by"))
    .returning(_s.id)
)


def add(
    tx: Connection, form_id: int, version: int, file_key: str, code: str, by: str, now: datetime
) -> int:
    """Keeps a file that `files.keep` has noted as a seal of a version; gives its id."""
    values = {"form_id": form_id, "version": version, "file_key": file_key, "code": code}
    return int(tx.execute(_ADD, values | {"given_by": by, "given_at": now}).scalar_one())


def of_form(tx: Connection, form_id: int) -> list[Seal]:
    """Gives all that was ever kept, older versions and removed ones too, in the order given."""
    return [Seal(*row) for row in tx.execute(_ALL_OF_FORM, {"form": form_id})]


def of_version(tx: Connection, form_id: int, version: int) -> list[Seal]:
    """Gives what stands for a version, in the order given."""
    where = {"form": form_id, "of_version": version}
    return [Seal(*row) for row in tx.execute(_OF_VERSION, where)]


def name(tx: Connection, form_id: int, version: int, code: str) -> int:
    """Says which code stands on the papers of a version that nobody has named; how many."""
    values = {"form": form_id, "of_version": version, "named": code}
    return len(tx.execute(_NAME, values).all())


def remove(tx: Connection, form_id: int, seal_id: int, by: str, now: datetime) -> bool:
    """Takes a seal out; it stays on record. False if it was out already or is another form's."""
    values = {"form": form_id, "seal": seal_id, "by": by, "now": now}
    return tx.execute(_REMOVE, values).first() is not None

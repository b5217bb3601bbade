"""The standards that cycles were opened on, each kept whole under its content's hash."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.conflicts import ConflictInsert
from storage.models import Standard, table

_standards = table(Standard)
_KEEP = ConflictInsert(lambda insert: insert(_standards).on_conflict_do_nothing())
_KNOWN = select(_standards.c.hash, _standards.c.name).order_by(_standards.c.stored_at.desc())
_TEXT = select(_standards.c.text).where(_standards.c.hash == bindparam("hash"))


def keep(tx: Connection, hash: str, name: str, text: str, now: datetime) -> None:
    """Stores a standard's text; what is stored already under the hash stays as it is."""
    tx.execute(_KEEP.on(tx), {"hash": hash, "name": name, "text": text, "stored_at": now})


def text(tx: Connection, hash: str) -> str:
    """Gives the stored text. Raises LookupError for a hash that was never stored."""
    found = tx.execute(_TEXT, {"hash": hash}).scalar_one_or_none()
    if found is None:
        raise LookupError(f"no standard is stored under the hash {hash}")
    return str(found)


def known(tx: Connection) -> list[tuple[str, str]]:
    """Gives hash and name of all that were ever kept, the newest first."""
    return [(row[0], row[1]) for row in tx.execute(_KNOWN)]

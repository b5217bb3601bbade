"""Things that must happen once, by key: reminders, digests, whatever a second run would repeat."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.conflicts import ConflictInsert
from storage.models import LedgerEntry, table

_ledger = table(LedgerEntry)
_ONCE = ConflictInsert(
    lambda insert: (
        insert(_ledger).on_conflict_do_nothing(index_elements=["key"]).returning(_ledger.c.key)
    )
)


def _holding(insert: Any) -> Any:
    new = insert(_ledger)
    return new.on_conflict_do_update(index_elements=["key"], set_={"at": new.excluded.at})


_HOLD = ConflictInsert(_holding)
_which = _ledger.c.key.in_(bindparam("keys", expanding=True))
_KNOWN = select(_ledger.c.key).where(_which)
_FORGET = delete(_ledger).where(_which)
# SQLite takes some thousands of parameters in a statement.
_AT_A_TIME = 500


def once(tx: Connection, key: str, now: datetime) -> bool:
    """Says True the first time a key comes by, and False ever after.

    Do the thing in the same transaction: if that fails, the key is free again.
    """
    return tx.execute(_ONCE.on(tx), {"key": key, "at": now}).first() is not None


def hold(tx: Connection, key: str, now: datetime) -> None:
    """Waits until nobody else holds the key, and holds it until the transaction ends: for what
    two may not look at and change at the same moment, where there is no row yet to be locked."""
    tx.execute(_HOLD.on(tx), {"key": f"hold:{key}", "at": now})


def known(tx: Connection, keys: Collection[str]) -> set[str]:
    """Gives those of the keys that have come by."""
    asked = list(keys)
    found: set[str] = set()
    for start in range(0, len(asked), _AT_A_TIME):
        part = asked[start : start + _AT_A_TIME]
        found.update(tx.execute(_KNOWN, {"keys": part}).scalars())
    return found


def forget(tx: Connection, keys: Collection[str]) -> None:
    """Lets what was not done after all happen again."""
    tx.execute(_FORGET, {"keys": list(keys)})

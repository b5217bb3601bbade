"""Things that must happen once, by key: reminders, digests, whatever a second run would repeat."""

from datetime import datetime

from sqlalchemy import Connection

from storage.conflicts import ConflictInsert
from storage.models import LedgerEntry, table

_ledger = table(LedgerEntry)
_ONCE = ConflictInsert(
    lambda insert: (
        insert(_ledger).on_conflict_do_nothing(index_elements=["key"]).returning(_ledger.c.key)
    )
)


def once(tx: Connection, key: str, now: datetime) -> bool:
    """Says True the first time a key comes by, and False ever after.

    Do the thing in the same transaction: if that fails, the key is free again.
    """
    return tx.execute(_ONCE.on(tx), {"key": key, "at": now}).first() is not None

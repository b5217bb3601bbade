"""Jobs that one process does at a time, for as long as its lease runs."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select

from storage.conflicts import ConflictInsert
from storage.models import Lease, table

_leases = table(Lease)
_RELEASE = delete(_leases).where(
    _leases.c.name == bindparam("lease"), _leases.c.holder == bindparam("me")
)


_HELD = select(_leases.c.name).where(
    _leases.c.name == bindparam("lease"), _leases.c.until > bindparam("now")
)


def _taking(insert: Any) -> Any:
    new = insert(_leases)
    free = or_(_leases.c.until <= bindparam("now"), _leases.c.holder == new.excluded.holder)
    return new.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": new.excluded.holder, "until": new.excluded.until},
        where=free,
    ).returning(_leases.c.name)


_TAKE = ConflictInsert(_taking)


def take(tx: Connection, name: str, holder: str, now: datetime, for_: timedelta) -> bool:
    """Takes or prolongs a lease; False while somebody else's runs."""
    values = {"name": name, "holder": holder, "until": now + for_, "now": now}
    return tx.execute(_TAKE.on(tx), values).first() is not None


def held(tx: Connection, name: str, now: datetime) -> bool:
    """Says whether anybody holds a lease now."""
    return tx.execute(_HELD, {"lease": name, "now": now}).first() is not None


def clear(tx: Connection) -> None:
    """Ends all leases: of processes that are surely gone."""
    tx.execute(delete(_leases))


def release(tx: Connection, name: str, holder: str) -> None:
    """Gives a lease back before its end, if it is the holder's."""
    tx.execute(_RELEASE, {"lease": name, "me": holder})

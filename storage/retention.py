"""Which cycles are over and still hold their content, and whether people know that it will go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from storage import archives
from storage.archives import Archive
from storage.models import Cycle, LedgerEntry, table


@dataclass(frozen=True, slots=True)
class ClosedCycle:
    """A closed cycle whose content is there; `archive` is the last one made since it closed."""

    id: int
    name: str
    year: int
    closed_at: datetime
    archive: Archive | None


_c, _l = table(Cycle).c, table(LedgerEntry).c
_CLOSED = (
    select(_c.id, _c.name, _c.year, _c.closed_at)
    .where(_c.state == "closed", _c.closed_at.is_not(None), _c.erased_at.is_(None))
    .order_by(_c.id)
)
_FIRST = select(func.min(_l.at)).where(_l.key.in_(bindparam("keys", expanding=True)))


def closed(tx: Connection) -> list[ClosedCycle]:
    """Gives the closed cycles that are not erased."""
    found = []
    for row in tx.execute(_CLOSED):
        last = archives.latest(tx, row.id)
        since = last if last and last.at >= row.closed_at else None
        found.append(ClosedCycle(row.id, row.name, row.year, row.closed_at, since))
    return found


def first_noted(tx: Connection, keys: Collection[str]) -> datetime | None:
    """When the first of these keys came into the ledger; None if none has."""
    found: datetime | None = tx.execute(_FIRST, {"keys": list(keys)}).scalar_one()
    return found

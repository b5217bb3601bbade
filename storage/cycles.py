"""The yearly exercises."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.models import Cycle as CycleModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Cycle:
    id: int
    name: str
    year: int
    standard_hash: str
    opens_at: datetime
    deadline: datetime
    state: str


_cycles = table(CycleModel)
_ALL = select(*columns(_cycles, Cycle))
_GET = _ALL.where(_cycles.c.id == bindparam("cycle"))
_CURRENT = (
    _ALL.where(_cycles.c.state == "open")
    .order_by(_cycles.c.opens_at.desc(), _cycles.c.id.desc())
    .limit(1)
)
_OPENED = (
    _ALL.where(
        _cycles.c.state == "open",
        _cycles.c.name == bindparam("called"),
        _cycles.c.year == bindparam("in_year"),
    )
    .order_by(_cycles.c.id)
    .limit(1)
)
_ADD = insert(_cycles).returning(_cycles.c.id)
_CLOSE = (
    update(_cycles)
    .where(_cycles.c.id == bindparam("cycle"), _cycles.c.state == "open")
    .values(state="closed")
    .returning(_cycles.c.id)
)


def add(
    tx: Connection,
    name: str,
    year: int,
    standard_hash: str,
    opens_at: datetime,
    deadline: datetime,
) -> int:
    """Opens a cycle on a standard that `standards.keep` has stored; gives its id."""
    values = {"name": name, "year": year, "standard_hash": standard_hash}
    values |= {"opens_at": opens_at, "deadline": deadline}
    return int(tx.execute(_ADD, values).scalar_one())


def get(tx: Connection, cycle_id: int) -> Cycle | None:
    row = tx.execute(_GET, {"cycle": cycle_id}).first()
    return Cycle(*row) if row else None


def current(tx: Connection) -> Cycle | None:
    """Gives the open cycle; of several, the one that opened last."""
    row = tx.execute(_CURRENT).first()
    return Cycle(*row) if row else None


def opened(tx: Connection, name: str, year: int) -> Cycle | None:
    """Gives the open cycle of this name and year."""
    row = tx.execute(_OPENED, {"called": name, "in_year": year}).first()
    return Cycle(*row) if row else None


def close(tx: Connection, cycle_id: int) -> bool:
    """Closes a cycle; False if it was not open."""
    return tx.execute(_CLOSE, {"cycle": cycle_id}).first() is not None

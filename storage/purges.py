"""The orders to erase something (清除): asked by one person, agreed to or refused by another.

The row itself is the tombstone: it says who, when and what kind, and stays.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.models import Purge as PurgeModel
from storage.models import table
from storage.rows import columns

KINDS = ("fact", "evidence", "seal")


@dataclass(frozen=True, slots=True)
class Purge:
    """`what` is one of KINDS, `target` the fact's name or the row's id. Open while it is neither
    agreed to nor refused."""

    id: int
    form_id: int
    what: str
    target: str
    reason: str
    asked_by: str
    asked_at: datetime
    agreed_by: str | None
    agreed_at: datetime | None
    refused_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.agreed_at is None and self.refused_at is None


_purges = table(PurgeModel)
_p = _purges.c
_ADD = insert(_purges).returning(_p.id)
_ALL = select(*columns(_purges, Purge)).order_by(_p.id)
_GET = _ALL.where(_p.id == bindparam("purge"))
_OF_FORM = _ALL.where(_p.form_id == bindparam("form"))
_IS_OPEN = (_p.agreed_at.is_(None), _p.refused_at.is_(None))
_OPEN = _ALL.where(*_IS_OPEN)
_this = update(_purges).where(_p.id == bindparam("purge"), *_IS_OPEN)
_AGREE = _this.values(agreed_by=bindparam("by"), agreed_at=bindparam("now")).returning(_p.id)
_REFUSE = _this.values(refused_at=bindparam("now")).returning(_p.id)


def ask(
    tx: Connection, form_id: int, what: str, target: str, reason: str, by: str, now: datetime
) -> int:
    """Notes an order; gives its id."""
    values = {"form_id": form_id, "what": what, "target": target, "reason": reason}
    return int(tx.execute(_ADD, values | {"asked_by": by, "asked_at": now}).scalar_one())


def get(tx: Connection, purge_id: int) -> Purge | None:
    """Gives an order, settled or not."""
    row = tx.execute(_GET, {"purge": purge_id}).first()
    return Purge(*row) if row else None


def of_form(tx: Connection, form_id: int) -> list[Purge]:
    """Gives a form's orders, settled ones too, oldest first."""
    return [Purge(*row) for row in tx.execute(_OF_FORM, {"form": form_id})]


def open_ones(tx: Connection) -> list[Purge]:
    """Gives the orders that wait for a second person, on whatever form."""
    return [Purge(*row) for row in tx.execute(_OPEN)]


def agree(tx: Connection, purge_id: int, by: str, now: datetime) -> bool:
    """Settles an order; False if it is settled already. The database itself demands that `by` is
    not who asked."""
    return tx.execute(_AGREE, {"purge": purge_id, "by": by, "now": now}).first() is not None


def refuse(tx: Connection, purge_id: int, now: datetime) -> bool:
    """Turns an order down; False if it is settled already."""
    return tx.execute(_REFUSE, {"purge": purge_id, "now": now}).first() is not None

"""The proposals: values read from a file that count for nothing until somebody takes them over.

A fact has at most one open proposal of each source. Hold the form's lock while bringing or
settling: two files of one source brought at once could both stay open.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.models import Proposal as ProposalModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says about a fact: plain value, where it stood, whether it was read for sure."""

    fact: str
    value: Any
    place: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A brought value; `state` is open, taken, declined or replaced."""

    id: int
    form_id: int
    fact: str
    value: Any
    source: str
    place: str
    certain: bool
    file_key: str | None
    brought_by: str
    brought_at: datetime
    state: str
    settled_by: str | None
    settled_at: datetime | None


_proposals = table(ProposalModel)
_p = _proposals.c

_ADD = insert(_proposals).returning(_p.id, sort_by_parameter_order=True)
_ALL = select(*columns(_proposals, Proposal)).where(_p.form_id == bindparam("form")).order_by(_p.id)
_OPEN = _ALL.where(_p.state == "open")
_SETTLE = (
    update(_proposals)
    .where(_p.form_id == bindparam("form"), _p.state == "open")
    .values(state=bindparam("to"), settled_by=bindparam("by"), settled_at=bindparam("now"))
    .returning(_p.id)
)
_SETTLE_IDS = _SETTLE.where(_p.id.in_(bindparam("ids", expanding=True)))

_REPLACE = _SETTLE.where(
    _p.fact.in_(bindparam("facts", expanding=True)), _p.source == bindparam("from_source")
)
_ERASE = delete(_proposals).where(_p.form_id == bindparam("form"), _p.fact == bindparam("named"))


def bring(
    tx: Connection,
    form_id: int,
    source: str,
    found: Sequence[Found],
    by: str,
    now: datetime,
    file_key: str | None = None,
) -> list[int]:
    """Writes down what a file says; open proposals of the same source for these facts are
    replaced by it. Gives the new ids."""
    if not found:
        return []
    settling = {"form": form_id, "to": "replaced", "by": by, "now": now}
    facts = sorted({each.fact for each in found})
    tx.execute(_REPLACE, settling | {"facts": facts, "from_source": source})
    common = {"form_id": form_id, "source": source, "file_key": file_key, "state": "open"}
    common |= {"brought_by": by, "brought_at": now}
    rows = [
        common | {"fact": f.fact, "value": f.value, "place": f.place, "certain": f.certain}
        for f in found
    ]
    return list(tx.execute(_ADD, rows).scalars())


def open_of_form(tx: Connection, form_id: int) -> list[Proposal]:
    """Gives the proposals that wait, in the order in which they were brought."""
    return [Proposal(*row) for row in tx.execute(_OPEN, {"form": form_id})]


def of_form(tx: Connection, form_id: int) -> list[Proposal]:
    """Gives all proposals there ever were, settled ones too, oldest first."""
    return [Proposal(*row) for row in tx.execute(_ALL, {"form": form_id})]


def take(tx: Connection, form_id: int, ids: Collection[int], by: str, now: datetime) -> int:
    """Notes that open proposals were taken over; gives how many of these were still open."""
    return _settle(tx, form_id, ids, "taken", by, now)


def decline(tx: Connection, form_id: int, ids: Collection[int], by: str, now: datetime) -> int:
    """Notes that open proposals are not wanted; gives how many of these were still open."""
    return _settle(tx, form_id, ids, "declined", by, now)


def erase(tx: Connection, form_id: int, fact: str) -> int:
    """Removes all that was ever proposed for a fact, for a purge; gives how many rows."""
    return tx.execute(_ERASE, {"form": form_id, "named": fact}).rowcount


def _settle(
    tx: Connection, form_id: int, ids: Collection[int], to: str, by: str, now: datetime
) -> int:
    values = {"form": form_id, "ids": sorted(ids), "to": to, "by": by, "now": now}
    return len(tx.execute(_SETTLE_IDS, values).all()) if ids else 0

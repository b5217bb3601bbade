"""Why nothing can be sent at the moment: one open incident of each kind, for all processes.

While one is open, a single process tries a single message now and then: whoever moves
`next_probe_at` on in a transaction may. Each process is known by a keyed hash of its credentials,
so that changed ones are tried at once, and once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, select, text, update

from storage.conflicts import ConflictInsert
from storage.models import Incident as IncidentModel
from storage.models import table
from storage.rows import columns

ACCESS = "access"  # no call can work: address not allowed, app stopped
CREDENTIALS = "credentials"  # no token can be had: never tried again by itself
WINDOW = "window"  # too many calls in a minute, an hour or a day
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


class Overtaken(Exception):
    """Another process has just taken the one try; roll back."""


@dataclass(frozen=True, slots=True)
class Incident:
    """`code` is the service's errcode, `our_ip` our address as the service saw it; `credentials`
    holds the hashes of those that were tried. `probes` counts tries since it was opened."""

    id: int
    kind: str
    code: int | None
    reason: str
    our_ip: str
    credentials: str
    opened_at: datetime
    next_probe_at: datetime
    probes: int

    def may_be_tried(self, mine: str, now: datetime) -> bool:
        """Whether its time has come, or it was opened with other credentials than mine."""
        return self.next_probe_at <= now or mine not in self.credentials.split()


@dataclass(frozen=True, slots=True)
class Probe:
    """The right to close an incident, for as long as nobody else has tried since."""

    incident_id: int
    probes: int


_incidents = table(IncidentModel)
_i = _incidents.c
_open = _i.closed_at.is_(None)
_OPEN = select(*columns(_incidents, Incident)).where(_open).order_by(_i.id)
_INSERT = ConflictInsert(
    lambda insert: (
        insert(_incidents)
        .on_conflict_do_nothing(index_elements=["kind"], index_where=text("closed_at IS NULL"))
        .returning(_i.id)
    )
)
_this = update(_incidents).where(
    _open, _i.id == bindparam("incident"), _i.probes == bindparam("seen")
)
_AGAIN = (
    update(_incidents)
    .where(_open, _i.id == bindparam("incident"))
    .values(
        code=bindparam("errcode"),
        reason=bindparam("words"),
        our_ip=bindparam("address"),
        credentials=bindparam("tried"),
    )
)
_TAKE = _this.values(
    next_probe_at=bindparam("until"), probes=_i.probes + 1, credentials=bindparam("tried")
).returning(_i.id)
_GIVE_BACK = _this.values(next_probe_at=bindparam("now"))
_CLOSE = _this.values(closed_at=bindparam("now")).returning(_i.id)
_RESUME = (
    update(_incidents)
    .where(_open)
    .values(next_probe_at=bindparam("now"), credentials="")
    .returning(_i.id)
)
_LATEST = (
    select(*columns(_incidents, Incident), _i.closed_at)
    .where(or_(_open, _i.closed_at >= bindparam("since")))
    .order_by(_i.id)
)


def standing(tx: Connection) -> list[Incident]:
    """Gives the open incidents, oldest first."""
    return [Incident(*row) for row in tx.execute(_OPEN)]


def note(
    tx: Connection,
    kind: str,
    code: int,
    reason: str,
    our_ip: str,
    mine: str,
    now: datetime,
    next_probe_at: datetime,
) -> bool:
    """Opens an incident, or notes in the open one of that kind that it goes on. True if it is
    new, or has another code than before: then somebody must look."""
    row = {"kind": kind, "code": code, "reason": reason, "our_ip": our_ip}
    row |= {"credentials": mine, "opened_at": now, "next_probe_at": next_probe_at}
    if tx.execute(_INSERT.on(tx), row).first() is not None:
        return True
    known = next((each for each in standing(tx) if each.kind == kind), None)
    if known is None:  # closed this very moment
        return False
    values = {"errcode": code, "words": reason, "address": our_ip}
    tx.execute(_AGAIN, values | {"incident": known.id, "tried": _with(known, mine)})
    return known.code != code


def take(tx: Connection, incident: Incident, mine: str, until: datetime) -> Probe:
    """Takes the one try there is until then. Raises Overtaken if another process has it."""
    values = {"incident": incident.id, "seen": incident.probes, "until": until}
    if tx.execute(_TAKE, values | {"tried": _with(incident, mine)}).first() is None:
        raise Overtaken
    return Probe(incident.id, incident.probes + 1)


def give_back(tx: Connection, probes: Sequence[Probe], now: datetime) -> None:
    """Nothing was tried after all: somebody may try now."""
    for probe in probes:
        tx.execute(_GIVE_BACK, {"incident": probe.incident_id, "seen": probe.probes, "now": now})


def close(tx: Connection, probes: Sequence[Probe], now: datetime) -> int:
    """Calls work again: gives how many incidents that ends."""
    values = [{"incident": each.incident_id, "seen": each.probes, "now": now} for each in probes]
    return sum(tx.execute(_CLOSE, each).first() is not None for each in values)


def resume(tx: Connection, now: datetime) -> int:
    """Lets somebody try now, whatever was tried before; gives how many incidents are open."""
    return len(tx.execute(_RESUME, {"now": now}).all())


def lately(
    tx: Connection, now: datetime, span: timedelta
) -> list[tuple[Incident, datetime | None]]:
    """Gives the open incidents and those closed within the span, with when they were closed."""
    found = tx.execute(_LATEST, {"since": now - span})
    return [(Incident(*row[:-1]), row[-1]) for row in found]


def _with(incident: Incident, mine: str) -> str:
    tried = incident.credentials.split()
    return " ".join(tried if mine in tried else [*tried, mine])

"""Sends what waits in the outbox: each person's messages in order, none lost, none twice."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

import structlog

from bot.jobs.outcomes import Outcomes
from bot.jobs.parcels import UNTRIED, Parcels
from bot.logs import place_of
from bot.services import Services
from bot.unasked.planner import leaves
from bot.wecom.errors import ApiError, CallFailed, NotSent, Reaction, UnknownOutcome
from storage import outbox
from storage.database import DatabaseDown
from storage.files import FileDamaged
from storage.incidents import Overtaken, Probe
from storage.outbox import OutboxRow

log = structlog.get_logger(__name__)

# Resending is safe within the duplicate check's 120 s; the rest is for the way there, for a
# token that must be fetched first, and for clocks of two hosts that differ by a few seconds.
SAFE = timedelta(seconds=90)
# Much shorter than that, so that what a dead worker had claimed can still be resent.
LEASE = timedelta(seconds=45)
BATCH = 10
# Seconds of this machine, after which the worker looks whether it is to stop.
SPELL = 20
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_SAYS_NOTHING = {Reaction.PAUSE_ALL, Reaction.WAIT_WINDOW, Reaction.RETRY, Reaction.REFRESH}


class Tried(Enum):
    """What a try says about the service."""

    NOT = "not"  # no call was made
    WORKS = "works"  # it answered something about this message
    UNCLEAR = "unclear"


class OutboxWorker:
    """One process's sender. `send_due` may run in several processes at once, not in several
    threads of one."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._name = f"{socket.gethostname()}-{os.getpid()}"
        self._parcels = Parcels(services, LEASE)
        self._outcomes = Outcomes(services)
        self._probes: Sequence[Probe] = ()

    def send_due(self) -> int:
        """Sends until nothing is due any more, or its spell is over; gives how many rows were
        worked on."""
        worked, began = 0, time.monotonic()
        while rows := self._claim():
            claimed_at = self._services.clock()
            for row in rows:
                self._learn(self._send(row, claimed_at))
            worked += len(rows)
            if time.monotonic() - began > SPELL:
                break
        return worked

    def _claim(self) -> list[OutboxRow]:
        """While an incident stands, one row, by the one process that may try."""
        now, incidents = self._services.clock(), self._services.incidents
        self._probes = ()
        try:
            with self._services.database.begin() as tx:
                entry = incidents.enter(tx, now)
                self._services.metrics.paused.set(int(bool(entry.standing)))
                if not entry.open:
                    return []
                rows = outbox.claim(tx, self._name, now, 1 if entry.trying else BATCH, LEASE)
                probes = incidents.take(tx, entry, now) if rows else []
        except Overtaken:
            return []
        self._probes = probes
        return rows

    def _learn(self, tried: Tried) -> None:
        """Ends the incident if the try worked."""
        if not self._probes:
            return
        now, incidents = self._services.clock(), self._services.incidents
        if tried is Tried.WORKS:
            incidents.close(self._probes, now)
        elif tried is Tried.NOT:
            incidents.give_back(self._probes, now)

    def _send(self, row: OutboxRow, claimed_at: datetime) -> Tried:
        now = self._services.clock()
        if now - claimed_at > LEASE / 2:
            # The rows before it took so long that another worker may soon have this one.
            self._outcomes.not_tried(row, now)
        elif row.first_tried_at and now - row.first_tried_at > SAFE and row.kind != "update_card":
            self._outcomes.unknown(row)
        elif until := self._held_until(row, now):
            self._outcomes.not_tried(row, until)
        elif not row.unasked_id or self._leaves(row.unasked_id, now):
            return self._try(row)
        return Tried.NOT

    def _leaves(self, unasked_id: int, now: datetime) -> bool:
        """Whether what nobody asked for still has its meaning; if not, it is gone now."""
        with self._services.database.begin() as tx:
            return leaves(self._services, tx, unasked_id, now)

    def _held_until(self, row: OutboxRow, now: datetime) -> datetime | None:
        """When this row may be tried, if not now: nobody sends while an incident stands, and
        above 30 messages a minute to one person the service drops them without an error."""
        settings = self._services.settings
        limits = ((_MINUTE, settings.per_member_per_minute), (_HOUR, settings.per_member_per_hour))
        with self._services.database.read() as tx:
            if not self._probes and self._services.incidents.enter(tx, now).standing:
                # Found by another process, or by an earlier row of this batch.
                return now
            if row.kind == "update_card":
                return None
            for span, limit in limits:
                if outbox.sent_since(tx, row.userid, now - span) >= limit:
                    return now + span / 20
        return None

    def _try(self, row: OutboxRow) -> Tried:
        """Delivers the row and writes what came of it."""
        try:
            sent = self._parcels.deliver(row)
        except ApiError as error:
            self._outcomes.refused(row, error)
            return Tried.UNCLEAR if error.reaction in _SAYS_NOTHING else Tried.WORKS
        except NotSent as error:
            self._outcomes.not_sent(row, error)
        except UnknownOutcome as error:
            self._outcomes.maybe_sent(row, str(error))
        except CallFailed as error:
            self._outcomes.failed(row, str(error))
        except (LookupError, ValueError, FileDamaged) as error:
            # A file that is gone or changed, or a name that the service would refuse: never again.
            log.error("message_unsendable", row=row.id, **place_of(error))
            self._outcomes.failed(row, type(error).__name__)
            return Tried.NOT
        except DatabaseDown:
            raise
        except Exception as error:
            # A fault of ours, after which nobody knows how far it came.
            log.error("sending_broke", row=row.id, **place_of(error))
            self._outcomes.maybe_sent(row, type(error).__name__)
        else:
            self._outcomes.sent(row, sent)
            return Tried.NOT if sent is UNTRIED else Tried.WORKS
        return Tried.UNCLEAR

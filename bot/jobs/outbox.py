"""Sends what waits in the outbox: each person's messages in order, none lost, none twice."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

import structlog

from bot.jobs.outcomes import Outcomes
from bot.jobs.parcels import Parcels
from bot.logs import place_of
from bot.services import Services
from bot.unasked.planner import leaves
from bot.wecom.errors import ApiError, CallFailed, NotSent, UnknownOutcome
from storage import outbox
from storage.database import DatabaseDown
from storage.files import FileDamaged
from storage.outbox import OutboxRow

log = structlog.get_logger(__name__)

# Resending is safe within the duplicate check's 120 s; the rest is for the way there.
SAFE = timedelta(seconds=110)
# Shorter than that, so that what a dead worker had claimed can still be resent.
LEASE = timedelta(seconds=60)
BATCH = 10
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


class OutboxWorker:
    """One process's sender. `send_due` may run in several processes at once, not in several
    threads of one."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._name = f"{socket.gethostname()}-{os.getpid()}"
        self._parcels = Parcels(services)
        self._outcomes = Outcomes(services)

    def send_due(self) -> int:
        """Sends until nothing is due any more; gives how many rows were worked on."""
        worked = 0
        while rows := self._claim():
            claimed_at = self._services.clock()
            for row in rows:
                self._send(row, claimed_at)
            worked += len(rows)
        return worked

    def _claim(self) -> list[OutboxRow]:
        now = self._services.clock()
        if self._outcomes.resting(now):
            return []
        with self._services.database.begin() as tx:
            return outbox.claim(tx, self._name, now, BATCH, LEASE)

    def _send(self, row: OutboxRow, claimed_at: datetime) -> None:
        now = self._services.clock()
        if now - claimed_at > LEASE / 2:
            # The rows before it took so long that another worker may soon have this one.
            return self._outcomes.not_tried(row, now)
        if self._outcomes.resting(now):
            # An earlier row of this batch found that no call can work.
            return self._outcomes.not_tried(row, self._outcomes.rest_until)
        if row.first_tried_at and now - row.first_tried_at > SAFE and row.kind != "update_card":
            return self._outcomes.unknown(row)
        until = self._held_until(row, now)
        if until:
            return self._outcomes.not_tried(row, until)
        if row.unasked_id and not self._leaves(row.unasked_id, now):
            return None
        return self._try(row)

    def _leaves(self, unasked_id: int, now: datetime) -> bool:
        """Whether what nobody asked for still has its meaning; if not, it is gone now."""
        with self._services.database.begin() as tx:
            return leaves(self._services, tx, unasked_id, now)

    def _held_until(self, row: OutboxRow, now: datetime) -> datetime | None:
        """When the person may get the next message, if not now: above 30 a minute the
        service drops messages without an error."""
        if row.kind == "update_card":
            return None
        settings = self._services.settings
        limits = ((_MINUTE, settings.per_member_per_minute), (_HOUR, settings.per_member_per_hour))
        with self._services.database.read() as tx:
            for span, limit in limits:
                if outbox.sent_since(tx, row.userid, now - span) >= limit:
                    return now + span / 20
        return None

    def _try(self, row: OutboxRow) -> None:
        try:
            sent = self._parcels.deliver(row)
        except ApiError as error:
            self._outcomes.refused(row, error)
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
        except DatabaseDown:
            raise
        except Exception as error:
            # A fault of ours, after which nobody knows how far it came.
            log.error("sending_broke", row=row.id, **place_of(error))
            self._outcomes.maybe_sent(row, type(error).__name__)
        else:
            self._outcomes.sent(row, sent)

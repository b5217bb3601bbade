"""What becomes of a row after a try: sent, again later, never, or nobody knows."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.jobs.unreachable import tell_of_unreachable
from bot.rendering import TextMessage, card_in_words
from bot.services import Services
from bot.wecom.api import Sent
from bot.wecom.errors import ApiError, CallFailed, Reaction, is_no_fault
from bot.wecom.texts import split
from storage import cards, outbox
from storage.outbox import OutboxRow

log = structlog.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(seconds=60)
UNKNOWN_WAIT = timedelta(seconds=5)
MOST_TRIES = 8
MOST_TOKENS = 3


class Outcomes:
    """Writes the outcome of each try."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def sent(self, row: OutboxRow, sent: Sent) -> None:
        """The service took it; somebody it names as invalid or unlicensed has not got it."""
        if row.userid.lower() in sent.invalid_users:
            return self._unreachable(row, "the member is unknown or outside the app's range")
        if row.userid.lower() in sent.unlicensed_users:
            return self._unreachable(row, "the member has no licence for the app")
        with self._services.database.begin() as tx:
            now = self._services.clock()
            outbox.mark_sent(tx, row, now, sent.msgid or None, sent.response_code or None)
            if sent.response_code:
                task_id = json.loads(row.payload)["template_card"]["task_id"]
                cards.set_code(tx, task_id, sent.response_code, now)
        return self._count("sent")

    def not_tried(self, row: OutboxRow, until: datetime) -> None:
        """It waits for its time; no try is counted."""
        with self._services.database.begin() as tx:
            outbox.postpone(tx, row, until)
        self._count("postponed")

    def refused(self, row: OutboxRow, error: ApiError) -> None:
        """The service said no: what follows depends on its code."""
        reaction = error.reaction
        if reaction is Reaction.ALREADY_SENT and row.claims > 1:
            return self.sent(row, Sent("", "", frozenset()))
        if reaction is Reaction.RETRY and row.attempts < MOST_TRIES:
            return self._again(row, error, _wait(row.attempts))
        if reaction is Reaction.REFRESH:
            if row.attempts < MOST_TOKENS:
                return self._again(row, error, _wait(row.attempts))
            # No fault of the message: each new token is refused, and asking on is no way.
            error = ApiError(error.call, error.code, error.errmsg, Reaction.PAUSE_ALL)
        if is_no_fault(error):
            return self._rest(row, error)
        if reaction is Reaction.REUPLOAD and row.file_key:
            return self._forget_media(row, error)
        if reaction is Reaction.FALL_BACK and '"template_card"' in row.payload:
            return self._fall_back(row, error)
        if reaction is Reaction.MEMBER_GONE:
            return self._unreachable(row, str(error))
        return self.failed(row, str(error))

    def not_sent(self, row: OutboxRow, error: CallFailed) -> None:
        """Nothing reached the service, so it may be tried for as long as it takes."""
        self._unsent(row, error, _wait(row.claims))

    def maybe_sent(self, row: OutboxRow, error: str) -> None:
        """It may have arrived: the same bytes again, while the duplicate check covers them."""
        with self._services.database.begin() as tx:
            later = self._services.clock() + UNKNOWN_WAIT
            outbox.mark_retry(tx, row, later, error, unknown=True)
        self._count("maybe_sent")

    def unknown(self, row: OutboxRow) -> None:
        """Resending is no longer safe; somebody has to look."""
        log.error("message_fate_unknown", row=row.id)
        with self._services.database.begin() as tx:
            outbox.mark_unknown(tx, row, row.last_error or "its worker did not report back")
        self._count("unknown")

    def failed(self, row: OutboxRow, error: str) -> None:
        """It can never arrive."""
        with self._services.database.begin() as tx:
            self._fail(tx, row, error)

    def _unreachable(self, row: OutboxRow, error: str) -> None:
        with self._services.database.begin() as tx:
            if self._fail(tx, row, error):
                tell_of_unreachable(self._services, tx, row.userid, self._services.clock())

    def _fail(self, tx: Connection, row: OutboxRow, error: str) -> bool:
        """False if another worker has the row now, and will see for itself."""
        if not outbox.mark_failed(tx, row, error):
            return False
        log.error("message_failed", row=row.id, reason=error)
        self._count("failed")
        return True

    def _again(self, row: OutboxRow, error: CallFailed, wait: timedelta) -> None:
        with self._services.database.begin() as tx:
            outbox.mark_retry(tx, row, self._services.clock() + wait, str(error))
        self._count("retry")

    def _unsent(self, row: OutboxRow, error: CallFailed, wait: timedelta) -> None:
        """No fault of the message: the try doesn't count towards giving it up."""
        with self._services.database.begin() as tx:
            outbox.postpone(tx, row, self._services.clock() + wait, str(error))
        self._count("retry")

    def _rest(self, row: OutboxRow, error: ApiError) -> None:
        """No call can work now: everything waits for as long as the incident stands, and an
        operator must look. What gettoken answered was noted where it was asked."""
        if error.call != "gettoken":
            self._services.incidents.note(error, self._services.clock())
        self._services.metrics.paused.set(1)
        self._unsent(row, error, timedelta())

    def _forget_media(self, row: OutboxRow, error: ApiError) -> None:
        """The file is uploaded again; under its new id the duplicate check would not know the
        message, so not if it may have arrived."""
        if row.first_tried_at:
            return self.unknown(row)
        if row.attempts >= MOST_TRIES:
            return self.failed(row, str(error))
        with self._services.database.begin() as tx:
            outbox.keep_media(tx, row, None)
            outbox.mark_retry(tx, row, self._services.clock() + FIRST_WAIT, str(error))
        return self._count("retry")

    def _fall_back(self, row: OutboxRow, error: ApiError) -> None:
        """This kind of card can't be sent here: its text way goes instead, at its place in the
        queue (a second part, which hardly any has, at the end)."""
        card = json.loads(row.payload)["template_card"]
        log.error("card_not_possible", row=row.id, code=error.code)
        first, *more = split(card_in_words(card))
        postbox = self._services.postbox
        with self._services.database.begin() as tx:
            # A worker whose lease ran out leaves it to the one that has the row now.
            if outbox.replace(tx, row, postbox.body_of_text(row.userid, first), str(error)):
                parts = [TextMessage(part) for part in more]
                postbox.put(tx, row.userid, parts, self._services.clock())
        self._count("fell_back")

    def _count(self, outcome: str) -> None:
        self._services.metrics.sends.labels(outcome=outcome).inc()


def _wait(tries: int) -> timedelta:
    """2, 4, 8 … seconds, at most a minute."""
    doublings: int = 2 ** min(tries - 1, 6)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)

"""Brings one row of the outbox to WeChat Work: a message, a file with its message, a greyed card."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.jobs.holding import holding
from bot.services import Services
from bot.wecom.api import Sent, canonical
from bot.wecom.errors import ApiError, NotSent, Reaction, UnknownOutcome
from storage import cards, files, outbox
from storage.outbox import OutboxRow

CODE_LIFE = timedelta(hours=72)
LONGEST_UPLOAD = timedelta(minutes=5)
UNTRIED = Sent("", "", frozenset())
"""There was nothing to call for."""
_LATER = {Reaction.RETRY, Reaction.REFRESH, Reaction.PAUSE_ALL, Reaction.WAIT_WINDOW}


class Parcels:
    """Knows the three kinds of rows; `lease` is how long a claimed row is its worker's."""

    def __init__(self, services: Services, lease: timedelta) -> None:
        self._services = services
        self._lease = lease

    def deliver(self, row: OutboxRow) -> Sent:
        """Makes the calls. Raises CallFailed, and LookupError, ValueError or FileDamaged for a
        file that can't be sent at all."""
        if row.kind == "update_card":
            return self._grey(row)
        body = self._with_file(row) if row.kind == "upload+send" else row.payload.encode()
        self._begin(row)
        return self._services.api.send_bytes(body)

    def _begin(self, row: OutboxRow) -> None:
        """From here on it may have arrived, and whoever finds the row after a crash knows."""
        with self._services.database.begin() as tx:
            mine = outbox.begin(tx, row, self._services.clock(), self._lease)
        if not mine:
            raise NotSent("message/send", "another worker has taken it over")

    def _with_file(self, row: OutboxRow) -> bytes:
        body = json.loads(row.payload)
        kind = body["msgtype"]
        body[kind]["media_id"] = row.media_id or self._upload(row, kind)
        # Canonical, so that a resend with the stored media id is the same byte for byte.
        return canonical(body)

    def _upload(self, row: OutboxRow, kind: str) -> str:
        services = self._services
        with services.database.read() as tx:
            stored = files.get(tx, row.file_key or "")
        if stored is None:
            raise LookupError(f"row {row.id} names a file that was never noted")
        with holding(lambda: self._hold(row), self._lease, LONGEST_UPLOAD):
            media = services.api.upload(stored.name, self._content(stored.key), kind)
        with services.database.begin() as tx:
            kept = outbox.keep_media(tx, row, media.media_id)
        if not kept:
            # It took so long that another worker sends the file now, under an id of its own
            # that the duplicate check would not know.
            raise NotSent("media/upload", "another worker has taken the file over")
        return media.media_id

    def _hold(self, row: OutboxRow) -> bool:
        with self._services.database.begin() as tx:
            return outbox.hold(tx, row, self._services.clock(), self._lease)

    def _content(self, key: str) -> bytes:
        try:
            return self._services.files.get(key)
        except OSError as error:
            # The disk or the network behind it; the file may be there the next time.
            raise NotSent("the file store", type(error).__name__) from None

    def _grey(self, row: OutboxRow) -> Sent:
        """At best effort: a card that stays open does no harm, its click is answered. Its code
        is used once, and kept while no call can work."""
        services = self._services
        order = json.loads(row.payload)
        task_id = order["task_id"]
        with services.database.read() as tx:
            card = cards.get(tx, task_id)
        now = services.clock()
        if card is None or not card.response_code or card.response_code_at is None:
            return UNTRIED
        greyed, sent = False, UNTRIED
        if now - card.response_code_at < CODE_LIFE:
            greyed, sent = self._update(card, order["label"]), Sent("", "", frozenset())
        with services.database.begin() as tx:
            cards.spend_code(tx, task_id, card.response_code, now)
            if greyed:
                cards.set_state(tx, task_id, "stale", "greyed")
        return sent

    def _update(self, card: cards.Card, label: str) -> bool:
        """Whether the card is grey now; False if its code was good for nothing."""
        try:
            self._services.api.update_card(card.response_code or "", card.userid, label)
        except ApiError as error:
            if error.reaction in _LATER:
                raise
            return False
        except UnknownOutcome:
            # Lost or not: the code is good once, and nobody waits for this.
            return False
        return True

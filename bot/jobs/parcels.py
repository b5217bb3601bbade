"""Brings one row of the outbox to WeChat Work: a message, a file with its message, a greyed card."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.services import Services
from bot.wecom.api import Sent, canonical
from bot.wecom.errors import ApiError, CallFailed, NotSent
from storage import cards, files, outbox
from storage.outbox import OutboxRow

CODE_LIFE = timedelta(hours=72)
_NOTHING = Sent("", "", frozenset())


class Parcels:
    """Knows the three kinds of rows."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def deliver(self, row: OutboxRow) -> Sent:
        """Makes the calls. Raises CallFailed, and LookupError, ValueError or FileDamaged for a
        file that can't be sent at all."""
        if row.kind == "update_card":
            return self._grey(row)
        if row.kind == "upload+send":
            return self._send_file(row)
        return self._services.api.send_bytes(row.payload.encode())

    def _send_file(self, row: OutboxRow) -> Sent:
        body = json.loads(row.payload)
        kind = body["msgtype"]
        body[kind]["media_id"] = row.media_id or self._upload(row, kind)
        # Canonical, so that a resend with the stored media id is the same byte for byte.
        return self._services.api.send_bytes(canonical(body))

    def _upload(self, row: OutboxRow, kind: str) -> str:
        services = self._services
        with services.database.read() as tx:
            stored = files.get(tx, row.file_key or "")
        if stored is None:
            raise LookupError(f"row {row.id} names a file that was never noted")
        media = services.api.upload(stored.name, self._content(stored.key), kind)
        with services.database.begin() as tx:
            kept = outbox.keep_media(tx, row, media.media_id)
        if not kept:
            # It took so long that another worker sends the file now, under an id of its own
            # that the duplicate check would not know.
            raise NotSent("media/upload", "another worker has taken the file over")
        return media.media_id

    def _content(self, key: str) -> bytes:
        try:
            return self._services.files.get(key)
        except OSError as error:
            # The disk or the network behind it; the file may be there the next time.
            raise NotSent("the file store", type(error).__name__) from None

    def _grey(self, row: OutboxRow) -> Sent:
        """At best effort: a card that stays open does no harm, its click is answered."""
        services = self._services
        order = json.loads(row.payload)
        task_id = order["task_id"]
        with services.database.read() as tx:
            card = cards.get(tx, task_id)
        now = services.clock()
        if card is None or not card.response_code or card.response_code_at is None:
            return _NOTHING
        if now - card.response_code_at < CODE_LIFE:
            try:
                services.api.update_card(card.response_code, card.userid, order["label"])
            except ApiError:
                return _NOTHING
            except CallFailed:
                # Lost or not: the code is good once, and nobody waits for this.
                pass
        with services.database.begin() as tx:
            cards.set_code(tx, task_id, None, now)
            cards.set_state(tx, task_id, "stale", "greyed")
        return _NOTHING

"""Puts messages for people into the outbox, in the transaction that decided them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.hats import notice_label
from bot.rendering import CardMessage, Message, TextMessage, render
from bot.wecom.api import canonical
from dialogs.bubbles import Bubble
from storage import cards, departments, outbox, people
from storage.outbox.lookup import repeated_after

DUPLICATE_SECONDS = 120
NOTICE, REPLY = "notice", "reply"
"""Topics of what others' acts bring about, and of what answers somebody."""
# Characters without any width; four of them write two bits each.
_INVISIBLE = "\u200b\u200c\u200d\u2060"


@dataclass(frozen=True)
class Topic:
    """What kind of thing a message is, which departments it concerns, and of which message that
    nobody asked for it is a part."""

    topic: str
    about: str = ""
    unasked_id: int | None = None


class Postbox:
    """Knows how a message body looks; the worker only carries it.

    Each body is stored as the exact JSON to send, under the duplicate check, so that a resend
    after an unknown outcome is byte-identical.
    """

    def __init__(self, agent_id: int, *, cards: bool = True) -> None:
        self._agent_id = agent_id
        self.cards = cards

    def post(
        self,
        tx: Connection,
        userid: str,
        bubbles: Sequence[Bubble],
        now: datetime,
        form_id: int | None = None,
        *,
        topic: str = NOTICE,
        about: str = "",
        unasked_id: int | None = None,
    ) -> None:
        """Queues bubbles for somebody who is not in this turn, with the hat that they are for.

        `topic` says what kind of thing it is, `about` which departments it concerns, by code: the
        form's own if nothing is said.
        """
        person = people.person(tx, userid)
        if person is None or not person.active:
            return
        text_only = person.plain_text_only or not self.cards
        header = notice_label(tx, userid, form_id)
        messages = render(bubbles, text_only=text_only, form_id=form_id, header=header)
        if form_id and not about:
            about = departments.code_of_form(tx, form_id)
        kind = Topic(topic, about, unasked_id)
        self.put(tx, userid, messages, now, form_id, kind)

    def put(
        self,
        tx: Connection,
        userid: str,
        messages: Sequence[Message],
        now: datetime,
        form_id: int | None = None,
        topic: Topic | None = None,
    ) -> None:
        """Queues rendered messages in order; without a topic they answer somebody."""
        topic = topic or Topic(REPLY)
        for message in messages:
            if isinstance(message, TextMessage):
                self._put_text(tx, userid, message.text, now, topic)
            else:
                self._put_card(tx, userid, message, now, form_id, topic)

    def put_file(
        self,
        tx: Connection,
        userid: str,
        file_key: str,
        now: datetime,
        once: str,
        topic: str = NOTICE,
        about: str = "",
        unasked_id: int | None = None,
    ) -> None:
        """Queues a stored file; `once` is a key under which it is queued a single time. The
        media id is put in by the worker after the upload."""
        kind = Topic(topic, about, unasked_id)
        self._put_upload(tx, userid, "file", file_key, now, once, kind)

    def put_image(
        self,
        tx: Connection,
        userid: str,
        file_key: str,
        now: datetime,
        once: str,
        topic: str = NOTICE,
        about: str = "",
        unasked_id: int | None = None,
    ) -> None:
        """Queues a stored picture, which is shown in the chat and can be passed on; `once` as
        for files."""
        kind = Topic(topic, about, unasked_id)
        self._put_upload(tx, userid, "image", file_key, now, once, kind)

    def body_of_text(self, userid: str, text: str) -> str:
        """The body of a text that takes the place of a message in the queue."""
        return self._body(userid, "text", {"content": text})

    def put_greying(
        self, tx: Connection, userid: str, task_id: str, label: str, now: datetime
    ) -> None:
        """Queues that a card's buttons turn into a grey label, at best effort."""
        payload = canonical({"task_id": task_id, "label": label}).decode()
        outbox.add(tx, userid, payload, "update_card", now, dedupe_key=f"grey:{task_id}")

    def _put_upload(
        self,
        tx: Connection,
        userid: str,
        kind: str,
        file_key: str,
        now: datetime,
        once: str,
        topic: Topic,
    ) -> None:
        payload = self._body(userid, kind, {"media_id": ""})
        outbox.add(
            *(tx, userid, payload, "upload+send", now),
            file_key=file_key,
            dedupe_key=once,
            **asdict(topic),
        )

    def _put_card(
        self,
        tx: Connection,
        userid: str,
        message: CardMessage,
        now: datetime,
        form_id: int | None,
        topic: Topic,
    ) -> None:
        cards.add(tx, message.task_id, userid, "choice", now, form_id, message.key)
        payload = self._body(userid, "template_card", message.card)
        outbox.add(tx, userid, payload, "send", now, dedupe_key=message.task_id, **asdict(topic))

    def _put_text(
        self, tx: Connection, userid: str, text: str, now: datetime, topic: Topic
    ) -> None:
        """An honest repeat within the duplicate check would be swallowed without a word, so
        it gets an invisible mark of its own."""
        payload = self._body(userid, "text", {"content": text})
        since = now - timedelta(seconds=2 * DUPLICATE_SECONDS)
        number = repeated_after(tx, userid, payload, since)
        if number is not None:
            payload = self._body(userid, "text", {"content": text + invisible(number)})
        outbox.add(tx, userid, payload, "send", now, **asdict(topic))

    def _body(self, userid: str, kind: str, content: Mapping[str, Any]) -> str:
        body = {
            "touser": userid,
            "msgtype": kind,
            "agentid": self._agent_id,
            kind: content,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": DUPLICATE_SECONDS,
        }
        return canonical(body).decode()


def invisible(number: int) -> str:
    """A number as characters that nobody sees.

    >>> len(invisible(0)), len(invisible(1000))
    (1, 5)
    """
    mark = _INVISIBLE[number % 4]
    return invisible(number // 4) + mark if number >= 4 else mark

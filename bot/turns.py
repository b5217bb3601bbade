"""One inbound message, one turn, one transaction: seen before, person, step, replies, commit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot import talks
from bot.phrases import listed, phrase
from bot.rendering import Message, TextMessage, chosen_label, render
from bot.routing import Course, chosen_of, course_of, event_of, hat_for
from bot.services import Services
from bot.talks import Answer, Turn
from bot.wecom.inbound import Inbound
from bot.wecom.passive import MAX_BYTES
from bot.wecom.texts import byte_length
from dialogs.bubbles import Words
from dialogs.case import Person, Role
from dialogs.events import Opened
from storage import cards, conversations, interviews, ledger, outbox, people, turns
from storage.cards import Card
from storage.outbox.lookup import payload_under

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class TextReply:
    """A passive reply with a text."""

    text: str


@dataclass(frozen=True)
class GreyReply:
    """A passive reply that greys the clicked card and names its button."""

    label: str


Reply = TextReply | GreyReply | None
"""None is the empty body."""


class Turns:
    """Takes inbound messages; safe between threads."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def take(self, inbound: Inbound, key: str) -> Reply:
        """Does all that follows from a message, commits, and gives what it is answered with.

        A message that was there before changes nothing and gets the same reply again. Raises
        DatabaseDown, and whatever goes wrong inside; then nothing is done.
        """
        course = course_of(inbound)
        if course not in (Course.TALK, Course.CLICK, Course.VOICE):
            self._pass_over(course, inbound)
            return None
        now = self._services.clock()
        with self._services.database.begin() as tx:
            turn_id = turns.keep(tx, key, inbound.sender, inbound.kind, now)
            if turn_id is None:
                self._count(inbound, "repeated")
                return self._again(tx, key, inbound)
            reply = self._work(tx, turn_id, inbound, course, now)
            turns.set_reply(tx, turn_id, reply.text if isinstance(reply, TextReply) else "")
        self._services.wake.set()
        self._count(inbound, "done")
        return reply

    def _pass_over(self, course: Course, inbound: Inbound) -> None:
        if course is Course.ALARM:
            log.error("app_alarm", event_kind=inbound.event)
        elif course is Course.STRANGE:
            log.warning("unknown_event", event_kind=inbound.event[:40])
        self._count(inbound, "passed_over")

    def _count(self, inbound: Inbound, outcome: str) -> None:
        self._services.metrics.turns.labels(kind=inbound.kind, outcome=outcome).inc()

    def _again(self, tx: Connection, key: str, inbound: Inbound) -> Reply:
        seen = turns.seen(tx, key)
        if seen and seen.reply:
            return TextReply(seen.reply)
        card = self._own_card(tx, inbound)
        return self._greying(tx, inbound, card) if card else None

    def _work(
        self, tx: Connection, turn_id: int, inbound: Inbound, course: Course, now: datetime
    ) -> Reply:
        known = people.person(tx, inbound.sender, lock=True)
        roles = people.roles(tx, known.userid) if known and known.active else []
        if known is None or not roles:
            return self._stranger(tx, inbound, now)
        text_only = known.plain_text_only or not self._services.postbox.cards
        hats = frozenset(Role(row.role) for row in roles)
        person = Person(known.userid, known.name, hats, text_only)
        if course is Course.VOICE:
            voice = Answer((Words(phrase("voice")),), text_only=text_only)
            return self._say(tx, person, voice, now, passive=True)
        if course is Course.CLICK:
            return self._click(tx, turn_id, inbound, person, roles, now)
        turn = Turn(self._services, tx, turn_id, person, roles, event_of(inbound), now)
        if isinstance(turn.event, Opened) and not self._greets(tx, person.userid, now):
            return None
        return self._say(tx, person, self._talk(turn, None), now, passive=True)

    def _click(
        self,
        tx: Connection,
        turn_id: int,
        inbound: Inbound,
        person: Person,
        roles: Sequence[people.Role],
        now: datetime,
    ) -> Reply:
        card = self._own_card(tx, inbound)
        if card is None:
            log.warning("click_on_unknown_card")
            return None
        cards.set_state(tx, card.task_id, "open", "clicked")
        event = chosen_of(inbound, card.question or "")
        turn = Turn(self._services, tx, turn_id, person, roles, event, now)
        self._say(tx, person, self._talk(turn, card.form_id), now, passive=False)
        return self._greying(tx, inbound, card)

    def _own_card(self, tx: Connection, inbound: Inbound) -> Card | None:
        card = cards.get(tx, inbound.task_id) if inbound.task_id else None
        mine = card is not None and card.userid.lower() == inbound.sender.lower()
        return card if mine else None

    def _greying(self, tx: Connection, inbound: Inbound, card: Card) -> Reply:
        """Follows from the click and the card as sent, so a retry gets the same."""
        payload = payload_under(tx, card.task_id)
        if payload is None:
            return None
        shown = json.loads(payload)["template_card"]
        selected = inbound.selections.get(card.question or "", ())
        return GreyReply(chosen_label(shown, inbound.event_key, selected))

    def _talk(self, turn: Turn, form_id: int | None) -> Answer:
        talk = None
        if turn.person.roles != {Role.CONTACT}:
            talk = conversations.load(turn.tx, turn.person.userid, talks.NO_FORM)
        hat = hat_for(turn.person.roles, turn.event, talks.open_desk(talk))
        if hat is None:
            words = phrase("not_your_card")
            return Answer((Words(words),), text_only=turn.person.text_only)
        if hat is Role.CONTACT:
            return talks.interview(turn, form_id)
        return talks.desk(turn, hat, talk, form_id)

    def _stranger(self, tx: Connection, inbound: Inbound, now: datetime) -> Reply:
        """Says whom to ask; on entering the chat once a day, after a click nothing."""
        if inbound.kind == "event":
            greeted = course_of(inbound) is Course.TALK and self._greets(tx, inbound.sender, now)
            if not greeted:
                return None
        names = interviews.names(tx, None, Role.COORDINATOR)[Role.COORDINATOR]
        return TextReply(phrase("unknown_person", names=listed(names)))

    def _greets(self, tx: Connection, userid: str, now: datetime) -> bool:
        day = now.astimezone(self._services.settings.zone).date()
        return ledger.once(tx, f"greeting:{userid}:{day}", now)

    def _say(
        self, tx: Connection, person: Person, answer: Answer, now: datetime, *, passive: bool
    ) -> Reply:
        """One bubble a turn, in order: passively only if one text is the whole answer and
        nothing waits before it; else all of it goes by the outbox."""
        messages = render(answer.bubbles, text_only=answer.text_only, form_id=answer.form_id)
        reply = _single_text(messages) if passive else None
        if reply and outbox.has_pending(tx, person.userid):
            reply = None
        postbox = self._services.postbox
        for task_id in answer.overtaken:
            cards.set_state(tx, task_id, "open", "stale")
            postbox.put_greying(tx, person.userid, task_id, now)
        if reply is None:
            postbox.put(tx, person.userid, messages, now, answer.form_id)
        return reply


def _single_text(messages: Sequence[Message]) -> TextReply | None:
    if len(messages) != 1 or not isinstance(messages[0], TextMessage):
        return None
    text = messages[0].text
    return TextReply(text) if byte_length(text) <= MAX_BYTES else None

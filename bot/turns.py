"""One inbound message, one turn, one transaction: seen before, person, step, replies, commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot import wearing
from bot.contact_talk import person_of
from bot.phrases import listed, phrase
from bot.replies import Reply, TextReply, greying, is_over, own_card, say
from bot.routing import Course, chosen_of, course_of, event_of
from bot.services import Services
from bot.talks import Answer, Turn
from bot.wecom.inbound import Inbound
from bot.wecom.texts import split
from dialogs.bubbles import Words
from dialogs.case import Person, Role
from dialogs.desk_cards import desk_of
from dialogs.events import Opened, Said
from storage import cards, forms, hands, interviews, ledger, people, turns
from storage.people import Role as RoleRow

log = structlog.get_logger(__name__)
_WORKED_ON = (Course.TALK, Course.CLICK, Course.VOICE)


class Turns:
    """Takes inbound messages; safe between threads."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._postbox = services.postbox

    def take(self, inbound: Inbound, key: str) -> Reply:
        """Does all that follows from a message, commits, and gives what it is answered with.

        A message that was there before changes nothing and gets the same reply again. Raises
        DatabaseDown, and whatever goes wrong inside; then nothing is done.
        """
        course = course_of(inbound)
        if course not in _WORKED_ON:
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
        card = own_card(tx, inbound)
        return greying(tx, inbound, card) if card else None

    def _work(
        self, tx: Connection, turn_id: int, inbound: Inbound, course: Course, now: datetime
    ) -> Reply:
        known, roles = _known(tx, inbound.sender)
        roles = roles if known and known.active else []
        if known is None or not roles:
            if known and known.active and hands.had_any(tx, known.userid):
                return self._helped(tx, inbound, known, course, now)
            return self._stranger(tx, inbound, course, now)
        person = person_of(self._services, known, {Role(row.role) for row in roles})
        if course is Course.CLICK:
            return self._click(tx, turn_id, inbound, person, roles, now)
        if course is Course.VOICE:
            answer = Answer((Words(phrase("voice")),))
            return say(self._postbox, tx, person.userid, answer, now)
        turn = Turn(self._services, tx, turn_id, person, roles, event_of(inbound), now)
        if isinstance(turn.event, Opened) and not self._greets(tx, person.userid, now):
            return None
        return say(self._postbox, tx, person.userid, wearing.talk(turn), now)

    def _click(
        self,
        tx: Connection,
        turn_id: int,
        inbound: Inbound,
        person: Person,
        roles: Sequence[RoleRow],
        now: datetime,
    ) -> Reply:
        card = own_card(tx, inbound)
        if card is None:
            log.warning("click_on_unknown_card")
            return None
        if card.form_id:
            # The form before its cards: who decides about it at this moment closes them.
            forms.get(tx, card.form_id, lock=True)
        if not cards.set_state(tx, card.task_id, "open", "clicked"):
            card = own_card(tx, inbound) or card
        if is_over(card):
            words = phrase(f"card_over_{desk_of(card.question) or 'hand'}")
            answer = Answer((Words(words),), text_only=person.text_only)
        else:
            event = chosen_of(inbound, card.question or "")
            turn = Turn(self._services, tx, turn_id, person, roles, event, now)
            answer = wearing.talk(turn, card.form_id)
        say(self._postbox, tx, person.userid, answer, now, passive=False)
        return greying(tx, inbound, card)

    def _stranger(self, tx: Connection, inbound: Inbound, course: Course, now: datetime) -> Reply:
        """Says whom to ask; on entering the chat once a day, after a click nothing."""
        if course is Course.CLICK:
            return None
        if inbound.kind == "event" and not self._greets(tx, inbound.sender, now):
            return None
        names = interviews.names(tx, None, Role.COORDINATOR)[Role.COORDINATOR]
        # One message, however many names there are.
        return TextReply(split(phrase("unknown_person", names=listed(names)))[0])

    def _helped(
        self, tx: Connection, inbound: Inbound, known: people.Person, course: Course, now: datetime
    ) -> Reply:
        """Who has helped with a form and has nothing in hand any more is no stranger."""
        person = person_of(self._services, known, {Role.COLLEAGUE})
        code = "hands_none_said" if isinstance(event_of(inbound), Said) else "hands_none"
        words = Words(phrase(code, name=person.name))
        answer = Answer((words,), text_only=person.text_only)
        if course is not Course.CLICK:
            silent = isinstance(event_of(inbound), Opened) and not self._greets(
                tx, person.userid, now
            )
            return None if silent else say(self._postbox, tx, person.userid, answer, now)
        card = own_card(tx, inbound)
        if card is None:
            return None
        cards.set_state(tx, card.task_id, "open", "stale")
        say(self._postbox, tx, person.userid, answer, now, passive=False)
        return greying(tx, inbound, own_card(tx, inbound) or card)

    def _greets(self, tx: Connection, userid: str, now: datetime) -> bool:
        day = now.astimezone(self._services.settings.zone).date()
        return ledger.once(tx, f"greeting:{userid}:{day}", now)


def _known(tx: Connection, sender: str) -> tuple[people.Person | None, list[RoleRow]]:
    """Who writes, with their roles. WeChat Work spells an account as it was made there, which
    may be in other letters than those of the roster."""
    found = people.with_roles(tx, sender) or people.with_roles(tx, people.spelled(tx, sender))
    return found or (None, [])

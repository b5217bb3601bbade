"""The hat that a person wears for a turn, and the conversation that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot import receipts, talks
from bot.hats import CARD, INTERVIEWED, Hat, Unclear, hat_for, hats_of, label_of, named, question
from bot.phrases import phrase, words
from bot.talks import Answer, Turn
from dialogs.bubbles import Bubble, Words
from dialogs.case import Role
from dialogs.events import Chosen, Opened, Said
from storage import conversations, interviews
from storage.conversations import NO_FORM
from storage.interviews import Standing

Kept = dict[str, Any] | None
"""The stored talk that belongs to no form: what a desk waits for, and the hat worn."""


def talk(turn: Turn, form_id: int | None = None) -> Answer:
    """The conversation that the event belongs to, by the hat that the person wears for it."""
    if confirmed := receipts.answer(turn):
        return confirmed
    userid, roles = turn.person.userid, turn.person.roles
    standings = interviews.of_contact(turn.tx, userid) if Role.CONTACT in roles else []
    helping = _helping(turn, standings)
    hats = hats_of(roles, standings, helping)
    kept = None
    if roles != {Role.CONTACT} or len(hats) > 1:
        kept = conversations.load(turn.tx, userid, NO_FORM)
    hat = hat_for(hats, turn.event, form_id, kept)
    if hat is None:
        return Answer((Words(phrase("not_your_card")),), text_only=turn.person.text_only)
    if isinstance(hat, Unclear):
        return _ask_hat(turn, hats, kept)
    if len(hats) > 1:
        turn, kept = _wearing(turn, hats, hat, kept)
    answer = _answer(turn, hat, (*standings, *helping), kept, form_id)
    return replace(answer, header=label_of(turn.tx, hat)) if len(hats) > 1 else answer


def _helping(turn: Turn, standings: Sequence[Standing]) -> list[Standing]:
    """The forms on which the person helps and which they don't fill in anyhow."""
    if Role.COLLEAGUE not in turn.person.roles:
        return []
    own = {standing.form_id for standing in standings}
    found = interviews.of_colleague(turn.tx, turn.person.userid)
    return [standing for standing in found if standing.form_id not in own]


def _answer(
    turn: Turn,
    hat: Hat,
    standings: Sequence[Standing],
    kept: Kept,
    form_id: int | None,
) -> Answer:
    if hat.role not in INTERVIEWED:
        return talks.desk(turn, hat.role, kept, form_id)
    talks.leave_desk(turn, kept)
    standing = next((s for s in standings if s.form_id == hat.form_id), None)
    return talks.interview(turn, standing, hat.role)


def _ask_hat(turn: Turn, hats: Sequence[Hat], kept: Kept) -> Answer:
    """Asks which hat is meant; what was just said must come again, for it may be meant for
    either."""
    asked = {**(kept or {}), "asked_hat": True}
    conversations.keep(turn.tx, turn.person.userid, NO_FORM, asked, turn.now)
    bubbles: list[Bubble] = [question(turn.tx, hats)]
    if isinstance(turn.event, Said) and turn.event.text.strip() not in words("switch_hat"):
        bubbles.insert(0, Words(phrase("hat_again")))
    return Answer(bubbles, text_only=turn.person.text_only)


def _wearing(turn: Turn, hats: Sequence[Hat], hat: Hat, kept: Kept) -> tuple[Turn, Kept]:
    """The turn in this hat. Who has just chosen it is greeted in it; it stays on until another is
    chosen, or a question of another form is answered by a click."""
    event, worn = turn.event, (kept or {}).get("wears", "")
    choice = isinstance(event, Chosen) and event.card == CARD
    choice |= isinstance(event, Said) and named(hats, event.text, kept) is not None
    clicked = isinstance(event, Chosen) and hat.role in INTERVIEWED
    asked = bool((kept or {}).get("asked_hat"))
    if choice or asked or (clicked and worn != hat.key):
        worn = hat.key if choice or clicked else worn
        kept = {**(kept or {}), "wears": worn, "asked_hat": False}
        conversations.keep(turn.tx, turn.person.userid, NO_FORM, kept, turn.now)
    return replace(turn, wears=worn, event=Opened() if choice else event), kept

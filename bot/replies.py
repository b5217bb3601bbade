"""How a turn is answered: passively, by a greyed card, or through the outbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.handing import decides
from bot.phrases import phrase
from bot.postbox import Postbox
from bot.rendering import Message, TextMessage, chosen_label, render
from bot.talks import Answer
from bot.wecom.inbound import Inbound
from bot.wecom.passive import MAX_BYTES
from bot.wecom.texts import byte_length
from storage import cards, outbox
from storage.cards import Card
from storage.outbox.lookup import payload_under


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


def say(
    postbox: Postbox,
    tx: Connection,
    userid: str,
    answer: Answer,
    now: datetime,
    *,
    passive: bool = True,
) -> TextReply | None:
    """One bubble a turn, in order: passively only if one text is the whole answer and nothing
    waits before it; else all of it goes by the outbox."""
    messages = render(
        answer.bubbles, text_only=answer.text_only, form_id=answer.form_id, header=answer.header
    )
    reply = _single_text(messages) if passive else None
    if reply and outbox.has_pending(tx, userid, now):
        reply = None
    for task_id in answer.overtaken:
        cards.set_state(tx, task_id, "open", "stale")
        postbox.put_greying(tx, userid, task_id, phrase("answered_by_text"), now)
    if reply is None:
        postbox.put(tx, userid, messages, now, answer.form_id)
    return reply


def own_card(tx: Connection, inbound: Inbound) -> Card | None:
    """The clicked card, if it was sent to who clicked it."""
    card = cards.get(tx, inbound.task_id) if inbound.task_id else None
    mine = card is not None and card.userid.lower() == inbound.sender.lower()
    return card if mine else None


def is_over(card: Card) -> bool:
    """Whether the card asked for a decision about something that has moved on since."""
    return card.state in ("stale", "greyed") and decides(card.question)


def greying(tx: Connection, inbound: Inbound, card: Card) -> GreyReply | None:
    """What the clicked card says now. Follows from the click and the card as it was sent, so a
    retry gets the same without anything being kept."""
    if is_over(card):
        return GreyReply(phrase("card_over"))
    payload = payload_under(tx, card.task_id)
    if payload is None:
        return None
    shown = json.loads(payload).get("template_card")
    if shown is None:  # erased by a purge before it was noted as sent
        return None
    selected = inbound.selections.get(card.question or "", ())
    return GreyReply(chosen_label(shown, inbound.event_key, selected))


def _single_text(messages: Sequence[Message]) -> TextReply | None:
    if len(messages) != 1 or not isinstance(messages[0], TextMessage):
        return None
    text = messages[0].text
    return TextReply(text) if byte_length(text) <= MAX_BYTES else None

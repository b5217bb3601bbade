"""Keeps long texts and tables that were written on the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot import contact_talk
from bot.acts.base import ActRefused, locked, name_of
from bot.acts.keep_earlier import shaken_by, take_back
from bot.acts.record_answer import record_answer
from bot.services import Services
from dialogs.texts.pieces import text_of
from scoring.values import Text, Value
from storage import answers


class ChangedMeanwhile(ActRefused):
    """Somebody answered the same while the page was open; nothing of theirs is written over."""

    def __init__(self, name: str) -> None:
        super().__init__("changed_meanwhile", name=name)


def write_texts(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    values: Mapping[str, Value],
    raw: str,
    seen: Mapping[str, int],
    question: str,
    now: datetime,
) -> None:
    """Records the values of a question. `seen` are the answers' event ids that the page showed, 0
    for none. Rows half typed for the question in the chat are over with that."""
    locked(tx, form_id)
    check_unchanged(tx, actor, form_id, values, seen)
    earlier = shaken_by(services, tx, actor, form_id, values, now)
    record_answer(services, tx, actor, form_id, values, raw, now)
    take_back(services, tx, actor, form_id, earlier, raw, now)
    _forget_draft(tx, actor, form_id, question, values, now)


def check_unchanged(
    tx: Connection, actor: str, form_id: int, facts: Collection[str], seen: Mapping[str, int]
) -> None:
    """Raises ChangedMeanwhile if a fact has another answer than the one that was seen."""
    present = answers.present_with_origin(tx, form_id)
    for fact in facts:
        stands = present.get(fact)
        if (stands.event_id if stands else 0) != seen.get(fact, 0):
            by = stands.actor if stands else actor
            raise ChangedMeanwhile(name_of(tx, by))


def _forget_draft(
    tx: Connection,
    actor: str,
    form_id: int,
    question: str,
    values: Mapping[str, Value],
    now: datetime,
) -> None:
    state = contact_talk.load(tx, actor, form_id)
    if any(question in half_said for half_said in (state.drafts, state.odd, state.texts)):
        # Pieces of the chat that are not in what was saved wait to be asked about there.
        saved = [value.value for value in values.values() if isinstance(value, Text)]
        done = any(text_of(state.texts.get(question, ())) in text for text in saved)
        texts = {k: parts for k, parts in state.texts.items() if k != question or not done}
        forgotten = state.with_draft(question, None).but(texts=texts)
        contact_talk.keep(tx, actor, form_id, forgotten, now)

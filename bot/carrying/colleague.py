"""What the interview of a colleague asks for: to answer what was handed to them, and no more."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.acts.answer_hand import answer_hand
from bot.acts.base import ActRefused, locked
from bot.acts.end_hand import end_hand
from bot.acts.handed import contacts, tell_opened
from bot.acts.keep_earlier import keep_earlier
from bot.acts.record_answer import record_handed
from bot.acts.snooze import end_snooze, set_snooze
from bot.acts.take_over import record_taken
from bot.carrying.actor import Actor
from bot.services import Services
from dialogs.effects import (
    AnswerHand,
    Effect,
    EndHand,
    PreferText,
    RecordAnswer,
    RecordCover,
    TakeOver,
    TellOpened,
)
from dialogs.reminder_effects import EndSnooze, SetSnooze
from storage import people


def do(services: Services, tx: Connection, actor: Actor, effect: Effect, now: datetime) -> None:
    """Does one of them. Raises ActRefused, also for all that only contacts may ask for."""
    who, form = actor.userid, actor.form
    match effect:
        case RecordAnswer() if not isinstance(effect, RecordCover):
            _record(services, tx, actor, effect, now)
        case AnswerHand(hand_id=hand_id, yes=yes, words=words):
            answer_hand(services, tx, who, form, hand_id, yes, words, now)
        case EndHand(hand_id=hand_id, words=words, question=question):
            end_hand(services, tx, who, form, hand_id, words, question, now)
        case TellOpened(hand_id=hand_id):
            tell_opened(services, tx, form, hand_id, now)
        case PreferText(text_only=text_only):
            people.set_plain_text_only(tx, who, text_only)
        case SetSnooze(until=until, wakes=wakes):
            set_snooze(tx, who, until, wakes, now)
        case EndSnooze():
            end_snooze(tx, who)
        case _:
            raise ActRefused("not_handed", names=contacts(tx, locked(tx, form)))


def _record(
    services: Services, tx: Connection, actor: Actor, effect: RecordAnswer, now: datetime
) -> None:
    """The answers; those that these made doubtful, and that are offered again, may be others'."""
    who, form, turn, raw = actor.userid, actor.form, actor.turn_id, effect.raw
    record = partial(record_handed, earlier=effect.earlier)
    if isinstance(effect, TakeOver):
        taken = effect.taken
        record_taken(services, tx, who, form, effect.values, raw, taken, now, turn, record)
    else:
        record(services, tx, who, form, effect.values, raw, now, turn)
    keep_earlier(tx, who, form, effect.earlier, now)

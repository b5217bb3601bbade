"""What a contact's interview asks for; all of it is about the contact's own form."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.answer_hand import answer_hand
from bot.acts.appeal import agree_opinion, appeal
from bot.acts.end_hand import end_hand
from bot.acts.hand_over import hand_over
from bot.acts.handed import tell_opened
from bot.acts.keep_earlier import keep_earlier
from bot.acts.order_list import order_list
from bot.acts.photos import keep_photo, sort_photos
from bot.acts.picture import picture
from bot.acts.preview import preview
from bot.acts.purge import ask_purge
from bot.acts.record_answer import record_answer
from bot.acts.record_cover import record_cover
from bot.acts.record_units import record_units
from bot.acts.seal import name_seal
from bot.acts.send_in import send_in
from bot.acts.settle_point import settle_point
from bot.acts.snooze import end_snooze, set_snooze
from bot.acts.take_over import record_taken
from bot.acts.waive import ask_waiver
from bot.acts.withdraw import withdraw
from bot.carrying.actor import Actor
from bot.services import Services
from dialogs.effects import (
    AnswerHand,
    AskPurge,
    AskWaiver,
    Effect,
    EndHand,
    HandOver,
    KeepPhoto,
    NameSeal,
    OfficeList,
    Picture,
    PreferText,
    Preview,
    RecordAnswer,
    RecordCover,
    RecordUnits,
    SendIn,
    SettlePoint,
    SortPhotos,
    TakeOver,
    TellOpened,
    Withdraw,
)
from dialogs.reminder_effects import EndSnooze, SetSnooze
from dialogs.review_effects import AgreeOpinion, ObjectTo
from storage import people


def do(services: Services, tx: Connection, actor: Actor, effect: Effect, now: datetime) -> None:
    """Does one of them. Raises ActRefused, and TypeError for what is no contact's to ask."""
    who, form = actor.userid, actor.form
    match effect:
        case RecordAnswer():
            _record(services, tx, actor, effect, now)
        case RecordUnits(figures=figures, raw=raw):
            record_units(services, tx, who, form, figures, raw, now)
        case Preview() | Picture() | OfficeList():
            _order(tx, actor, effect, now)
        case KeepPhoto(media_id=media_id, purpose=purpose, target=target):
            keep_photo(tx, who, form, media_id, purpose, target, now, actor.turn_id)
        case SortPhotos(items=items, first=first, last=last):
            sort_photos(services, tx, who, form, items, (first, last), now)
        case SendIn():
            send_in(services, tx, who, form, now)
        case Withdraw():
            withdraw(services, tx, who, form, now)
        case SettlePoint(indicator=indicator, reply=said):
            settle_point(tx, who, form, indicator, said, now)
        case AskWaiver():
            ask_waiver(services, tx, who, form, now)
        case AskPurge(what=what, target=target, reason=reason):
            ask_purge(services, tx, who, form, what, target, reason, now)
        case ObjectTo(points=points):
            appeal(services, tx, who, form, points, now)
        case AgreeOpinion():
            agree_opinion(services, tx, who, form, now)
        case NameSeal(said=said):
            name_seal(services, tx, who, form, said, now)
        case HandOver() | AnswerHand() | EndHand() | TellOpened():
            _hand(services, tx, actor, effect, now)
        case PreferText(text_only=text_only):
            people.set_plain_text_only(tx, who, text_only)
        case SetSnooze(until=until, wakes=wakes):
            set_snooze(tx, who, until, wakes, now)
        case EndSnooze():
            end_snooze(tx, who)
        case _:
            raise TypeError(effect)


def _hand(
    services: Services,
    tx: Connection,
    actor: Actor,
    effect: HandOver | AnswerHand | EndHand | TellOpened,
    now: datetime,
) -> None:
    """What goes to a colleague or comes back; of two contacts each may be the other's."""
    who, form = actor.userid, actor.form
    match effect:
        case HandOver(scopes=scopes, userid=userid, name=name, note=note):
            hand_over(services, tx, who, form, scopes, userid, name, note, now)
        case AnswerHand(hand_id=hand_id, yes=yes, words=words):
            answer_hand(services, tx, who, form, hand_id, yes, words, now)
        case EndHand(hand_id=hand_id, words=words, question=question):
            end_hand(services, tx, who, form, hand_id, words, question, now)
        case TellOpened(hand_id=hand_id):
            tell_opened(services, tx, form, hand_id, now)


def _record(
    services: Services, tx: Connection, actor: Actor, effect: RecordAnswer, now: datetime
) -> None:
    who, form, turn, raw = actor.userid, actor.form, actor.turn_id, effect.raw
    match effect:
        case TakeOver(values=values, taken=taken):
            record_taken(services, tx, who, form, values, raw, taken, now, turn)
        case RecordCover(values=values):
            cover = {fact: value for fact, value in values.items() if value is not None}
            record_cover(services, tx, who, form, cover, raw, now, turn)
        case _:
            record_answer(services, tx, who, form, effect.values, raw, now, turn)
    keep_earlier(tx, who, form, effect.earlier, now)


def _order(
    tx: Connection, actor: Actor, effect: Preview | Picture | OfficeList, now: datetime
) -> None:
    """Orders a document that the worker makes and sends."""
    who, form, turn = actor.userid, actor.form, actor.turn_id
    match effect:
        case Preview():
            preview(tx, who, form, now, turn)
        case Picture():
            picture(tx, who, form, now, turn)
        case OfficeList(keeper=office):
            order_list(tx, who, form, office, now, turn)

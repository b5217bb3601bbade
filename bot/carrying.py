"""Carries out what a step of the conversation asks for: each effect by its act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.base import ActRefused, standing_of
from bot.acts.disown import disown
from bot.acts.order_list import order_list
from bot.acts.photos import keep_photo, sort_photos
from bot.acts.picture import picture
from bot.acts.preview import preview
from bot.acts.purge import agree_purge, ask_purge, refuse_purge
from bot.acts.record_answer import record_answer
from bot.acts.record_cover import record_cover
from bot.acts.record_units import record_units
from bot.acts.replace_contact import Successor, replace_contact
from bot.acts.return_form import return_form, send_back
from bot.acts.seal import name_seal
from bot.acts.send_in import send_in
from bot.acts.settle_point import settle_point
from bot.acts.stand_in import end_stand_in, set_stand_in
from bot.acts.take_over import record_taken
from bot.acts.waive import ask_waiver, refuse_waiver, waive
from bot.acts.withdraw import withdraw
from bot.lifecycle import By
from bot.services import Services
from dialogs.case import Role
from dialogs.effects import (
    Accept,
    Approve,
    AskPurge,
    AskWaiver,
    Disown,
    Effect,
    EndStandIn,
    KeepPhoto,
    NameSeal,
    OfficeList,
    Picture,
    PreferText,
    Preview,
    RecordAnswer,
    RecordCover,
    RecordUnits,
    RefuseWaiver,
    ReplaceContact,
    SendBack,
    SendIn,
    SetStandIn,
    SettlePoint,
    SettlePurge,
    SortPhotos,
    TakeOver,
    Waive,
    Withdraw,
)
from storage import people


@dataclass(frozen=True)
class Actor:
    """Who acts in this turn, in which role, on which form (None at a desk)."""

    userid: str
    role: Role
    form_id: int | None
    turn_id: int


def carry_out(
    services: Services,
    tx: Connection,
    actor: Actor,
    effects: Sequence[Effect],
    now: datetime,
) -> None:
    """Does all of them or, raising ActRefused, none: a single act checks before it writes,
    several stand in a savepoint."""
    if len(effects) == 1:
        _carry_out(services, tx, actor, effects[0], now)
    elif effects:
        with tx.begin_nested():
            for effect in effects:
                _carry_out(services, tx, actor, effect, now)


def _carry_out(
    services: Services, tx: Connection, actor: Actor, effect: Effect, now: datetime
) -> None:
    who = actor.userid
    match effect:
        case TakeOver(values=values, raw=raw, taken=taken):
            standard = services.shelf.standard(tx, standing_of(tx, _form(actor)).standard_hash)
            record_taken(tx, who, _form(actor), standard, values, raw, taken, now, actor.turn_id)
        case OfficeList(keeper=keeper):
            order_list(tx, who, _form(actor), keeper, now, actor.turn_id)
        case RecordCover(values=values, raw=raw):
            cover = {fact: value for fact, value in values.items() if value is not None}
            record_cover(services, tx, who, _form(actor), cover, raw, now, actor.turn_id)
        case RecordAnswer(values=values, raw=raw):
            record_answer(tx, who, _form(actor), values, raw, now, actor.turn_id)
        case SendIn():
            send_in(services, tx, who, _form(actor), now)
        case Withdraw():
            withdraw(services, tx, who, _form(actor), now)
        case Preview():
            preview(tx, who, _form(actor), now, actor.turn_id)
        case Approve(form_id=form_id):
            approve(services, tx, who, form_id, now)
        case SendBack(form_id=form_id, words=words, points=points):
            give_back = return_form if actor.role is Role.FINANCE else send_back
            give_back(services, tx, who, form_id, words, now, points)
        case SettlePoint(indicator=indicator, reply=said):
            settle_point(tx, who, _form(actor), indicator, said, now)
        case AskWaiver():
            ask_waiver(services, tx, who, _form(actor), now)
        case Waive(form_id=form_id, finding=key, figures=figures, reason=reason):
            by = By(actor.role)
            waive(services, tx, who, by, form_id, key, figures, reason, now)
        case RefuseWaiver(form_id=form_id, finding=key):
            refuse_waiver(services, tx, who, By(actor.role), form_id, key, now)
        case Accept(form_id=form_id):
            accept(services, tx, who, form_id, now)
        case ReplaceContact(form_id=form_id, old=old, new=new, userid=userid):
            successor = Successor(new, userid)
            replace_contact(services, tx, who, By(actor.role), form_id, old, successor, now)
        case RecordUnits(figures=figures, raw=raw):
            record_units(tx, who, _form(actor), figures, raw, now)
        case KeepPhoto(media_id=media_id, purpose=purpose, target=target):
            keep_photo(tx, who, _form(actor), media_id, purpose, target, now, actor.turn_id)
        case SortPhotos(items=items, first=first, last=last):
            sort_photos(services, tx, who, _form(actor), items, (first, last), now)
        case NameSeal(said=said):
            name_seal(services, tx, who, _form(actor), said, now)
        case Picture():
            picture(tx, who, _form(actor), now, actor.turn_id)
        case Disown(form_id=form_id, words=words):
            disown(services, tx, who, form_id, words, now)
        case SetStandIn(for_whom=for_whom, userid=userid, until=until):
            set_stand_in(services, tx, who, for_whom, userid, until, now)
        case EndStandIn(for_whom=for_whom):
            end_stand_in(services, tx, who, for_whom, now)
        case AskPurge(what=what, target=target, reason=reason):
            ask_purge(services, tx, who, _form(actor), what, target, reason, now)
        case SettlePurge(purge_id=purge_id, yes=yes):
            settle = agree_purge if yes else refuse_purge
            settle(services, tx, who, purge_id, now)
        case PreferText(text_only=text_only):
            people.set_plain_text_only(tx, who, text_only)


def _form(actor: Actor) -> int:
    if actor.form_id is None:
        raise ActRefused("no_such_form")
    return actor.form_id

"""What a reviewer, finance or a coordinator asks for at their desk, naming the form."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.disown import disown
from bot.acts.purge import agree_purge, refuse_purge
from bot.acts.replace_contact import Successor, replace_contact
from bot.acts.return_form import return_form, send_back
from bot.acts.stand_in import end_stand_in, set_stand_in
from bot.acts.waive import refuse_waiver, waive
from bot.carrying.actor import Actor
from bot.lifecycle import By
from bot.services import Services
from dialogs.case import Role
from dialogs.effects import (
    Accept,
    Approve,
    Disown,
    Effect,
    EndStandIn,
    RefuseWaiver,
    ReplaceContact,
    SendBack,
    SetStandIn,
    SettlePurge,
    Waive,
)


def do(services: Services, tx: Connection, actor: Actor, effect: Effect, now: datetime) -> None:
    """Does one of them. Raises ActRefused, and TypeError for what is no desk's to ask."""
    who, by = actor.userid, By(actor.role)
    match effect:
        case Approve(form_id=form_id):
            approve(services, tx, who, form_id, now)
        case Accept(form_id=form_id):
            accept(services, tx, who, form_id, now)
        case SendBack(form_id=form_id, words=words, points=points):
            give_back = return_form if actor.role is Role.FINANCE else send_back
            give_back(services, tx, who, form_id, words, now, points)
        case Disown(form_id=form_id, words=words):
            disown(services, tx, who, form_id, words, now)
        case Waive(form_id=form_id, finding=key, figures=figures, reason=reason):
            waive(services, tx, who, by, form_id, key, figures, reason, now)
        case RefuseWaiver(form_id=form_id, finding=key):
            refuse_waiver(services, tx, who, by, form_id, key, now)
        case ReplaceContact(form_id=form_id, old=old, new=new, userid=userid):
            replace_contact(services, tx, who, by, form_id, old, Successor(new, userid), now)
        case SetStandIn(for_whom=for_whom, userid=userid, until=until):
            set_stand_in(services, tx, who, for_whom, userid, until, now)
        case EndStandIn(for_whom=for_whom):
            end_stand_in(services, tx, who, for_whom, now)
        case SettlePurge(purge_id=purge_id, yes=yes):
            settle = agree_purge if yes else refuse_purge
            settle(services, tx, who, purge_id, now)
        case _:
            raise TypeError(effect)

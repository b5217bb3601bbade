"""What a reviewer, finance or a coordinator asks for at their desk, naming the form."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.check_directory import check_directory
from bot.acts.disown import disown
from bot.acts.give_points import Wish, give_points
from bot.acts.issue_opinion import issue_opinion
from bot.acts.nudge import nudge
from bot.acts.order_archive import order_archive
from bot.acts.order_overview import order_overview
from bot.acts.order_summary import order_summary
from bot.acts.prefer_weekly import prefer_weekly
from bot.acts.purge import agree_purge, refuse_purge
from bot.acts.replace_contact import Successor, replace_contact
from bot.acts.return_form import return_form, send_back
from bot.acts.send_again import send_again
from bot.acts.send_notice import cancel_notice, send_notice, send_notice_again
from bot.acts.settle_appeal import settle_appeal
from bot.acts.snooze import end_snooze, set_snooze
from bot.acts.stand_in import end_stand_in, set_stand_in
from bot.acts.waive import refuse_waiver, waive
from bot.carrying import round_orders
from bot.carrying.actor import Actor
from bot.lifecycle import By
from bot.services import Services
from dialogs.case import Role
from dialogs.effects import (
    Accept,
    Approve,
    CheckDirectory,
    Disown,
    Effect,
    EndStandIn,
    OrderArchive,
    OrderSummary,
    RefuseWaiver,
    ReplaceContact,
    SendAgain,
    SendBack,
    SetStandIn,
    SettlePurge,
    Waive,
)
from dialogs.notice_effects import CancelNotice, SendNotice, SendNoticeAgain
from dialogs.overview.effects import OrderOverview, PreferWeekly
from dialogs.reminder_effects import EndSnooze, Nudge, SetSnooze
from dialogs.review_effects import GivePoints, IssueOpinion, SettleAppeal
from dialogs.rounds.orders import RoundOrder


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
        case GivePoints(form_id=form_id, version=version, points=points):
            wishes = [Wish(*each) for each in points]
            give_points(services, tx, who, form_id, version, wishes, now)
        case IssueOpinion(form_id=form_id, final=final, seen=seen):
            issue_opinion(services, tx, who, form_id, final, seen, now)
        case SettleAppeal(form_id=form_id, indicator=code, upheld=yes, points=value, reply=said):
            settle_appeal(services, tx, who, form_id, code, yes, value, said, now)
        case Disown(form_id=form_id, words=words):
            disown(services, tx, who, form_id, words, now)
        case Waive(form_id=form_id, finding=key, figures=figures, reason=reason):
            waive(services, tx, who, by, form_id, key, figures, reason, now)
        case RefuseWaiver(form_id=form_id, finding=key):
            refuse_waiver(services, tx, who, by, form_id, key, now)
        case SendAgain(form_id=form_id, what=what, version=version):
            send_again(services, tx, who, by, form_id, what, version, now, actor.turn_id)
        case ReplaceContact(form_id=form_id, old=old, new=new, userid=userid):
            replace_contact(services, tx, who, by, form_id, old, Successor(new, userid), now)
        case OrderOverview(what=what):
            order_overview(tx, who, what, now, actor.turn_id)
        case PreferWeekly(wanted=wanted):
            prefer_weekly(tx, who, wanted)
        case SetSnooze(until=until, wakes=wakes):
            set_snooze(tx, who, until, wakes, now)
        case EndSnooze():
            end_snooze(tx, who)
        case Nudge(targets=targets, words=words):
            nudge(services, tx, who, targets, words, now)
        case SendNotice():
            send_notice(services, tx, who, effect, now)
        case SendNoticeAgain():
            send_notice_again(services, tx, who, effect, now)
        case CancelNotice(notice_id=notice_id):
            cancel_notice(tx, who, notice_id, now)
        case SetStandIn(for_whom=for_whom, userid=userid, until=until):
            set_stand_in(services, tx, who, for_whom, userid, until, now)
        case EndStandIn(for_whom=for_whom):
            end_stand_in(services, tx, who, for_whom, now)
        case RoundOrder():
            round_orders.do(services, tx, who, by, effect, now)
        case OrderSummary(cycle_id=cycle_id):
            order_summary(tx, who, by, cycle_id, now, actor.turn_id)
        case OrderArchive(cycle_id=cycle_id):
            order_archive(tx, who, by, cycle_id, now, actor.turn_id)
        case CheckDirectory():
            check_directory(tx, who, now, actor.turn_id)
        case SettlePurge(purge_id=purge_id, yes=yes):
            settle = agree_purge if yes else refuse_purge
            settle(services, tx, who, purge_id, now)
        case _:
            raise TypeError(effect)

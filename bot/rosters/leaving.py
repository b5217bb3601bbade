"""What ends with a role: cards that wait, questions in somebody's hands, standing in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts import approval
from bot.acts.base import locked, standing_of
from bot.acts.handed import let_go, notice_parts, pass_on
from bot.acts.picture import order_picture
from bot.acts.stand_in import end
from bot.chain import chain_of
from bot.changes import with_changes
from bot.handing import hand_of
from bot.lifecycle import FormState
from bot.phrases import phrase
from bot.rosters.present import Present
from bot.services import Services
from bot.views import waiting_of
from dialogs import notices
from dialogs.case import Role
from dialogs.desk_cards import desk_of
from dialogs.hands import notices as handing_notices
from reports.roster import COLLEAGUE, CONTACT, EVERYWHERE, REVIEWER, Post, Roster
from storage import cards, conversations, cycles, forms, hands, stand_ins
from storage.cards import Card
from storage.forms import Form


def let_leave(
    services: Services,
    tx: Connection,
    lost: Sequence[Post],
    now_standing: Present,
    new: Roster,
    now: datetime,
) -> None:
    """Ends what these posts had begun; other contacts go on with what was handed out."""
    gone = [each for each in now_standing.roster.people if each not in new.people]
    _end_stand_ins(services, tx, lost, gone, now_standing, now)
    for userid in gone:
        _give_back(services, tx, userid, now)
    ids = {code: each.id for code, each in now_standing.departments.items()}
    open_forms = [f for cycle in cycles.open_ones(tx) for f in forms.by_state(tx, cycle.id)]
    for post in lost:
        for form in open_forms if post.role == CONTACT else ():
            if form.department_id == ids[post.department]:
                _leave_form(services, tx, locked(tx, form.id), post, new, now)
    for userid in dict.fromkeys(post.userid for post in lost):
        mine = [post for post in lost if post.userid == userid]
        _close_cards(services, tx, userid, None if userid in gone else mine, ids, now)


def ask_anew(
    services: Services,
    tx: Connection,
    form: Form,
    before: Collection[str],
    now: datetime,
) -> None:
    """A form that waits for reviewers is brought to those who are new at the rank whose turn it
    is; `before` are the userids that were asked. Where nobody is left, the coordinators learn it."""
    form = locked(tx, form.id)
    if form.state != FormState.IN_REVIEW:
        return
    chain = chain_of(tx, form.department_id, now)
    rank = chain.turn(form.rank)
    asked = [seat.userid for seat in chain.at(rank)]
    if not asked:
        approval.report_empty(services, tx, form, chain, rank, now)
    fresh = [each for each in asked if each not in before]
    if not fresh:
        return
    waiting = waiting_of(services, tx, standing_of(tx, form.id))
    waiting = with_changes(services, tx, waiting, Role.REVIEWER)
    for userid in fresh:
        services.postbox.post(tx, userid, notices.review_request(waiting), now, form.id)
    order_picture(tx, form.id, fresh, f"{waiting.form.code}:{rank}", now)


def whom_asked(tx: Connection, form: Form, now: datetime) -> set[str]:
    """The userids of those whose turn it is with a form."""
    chain = chain_of(tx, form.department_id, now)
    return {seat.userid for seat in chain.at(chain.turn(form.rank))}


def _leave_form(
    services: Services, tx: Connection, form: Form, post: Post, new: Roster, now: datetime
) -> None:
    others = new.holders(CONTACT, post.department)
    if others:
        pass_on(services, tx, form, post.userid, others[0], now)
    conversations.drop(tx, post.userid, form.id)


def _close_cards(
    services: Services,
    tx: Connection,
    userid: str,
    lost: Sequence[Post] | None,
    ids: Mapping[str, int],
    now: datetime,
) -> None:
    """The cards that belong to these posts of somebody, all of them for None."""
    for card in cards.open_of(tx, userid):
        if lost is None or any(_is_for(tx, post, card, ids) for post in lost):
            cards.set_state(tx, card.task_id, "open", "stale")
            label = phrase("closed_roster")
            services.postbox.put_greying(tx, userid, card.task_id, label, now)


def _is_for(tx: Connection, post: Post, card: Card, ids: Mapping[str, int]) -> bool:
    """Whether a card belongs to a post; those of the interview belong to no desk."""
    if post.role == COLLEAGUE:
        return False
    if desk_of(card.question) is not (None if post.role == CONTACT else Role(post.role)):
        return False
    if post.department == EVERYWHERE:
        return True
    form = forms.get(tx, card.form_id) if card.form_id else None
    return form is not None and form.department_id == ids[post.department]


def _end_stand_ins(
    services: Services,
    tx: Connection,
    lost: Sequence[Post],
    gone: Sequence[str],
    now_standing: Present,
    now: datetime,
) -> None:
    ids = {code: each.id for code, each in now_standing.departments.items()}
    seats = {(p.userid, ids.get(p.department)) for p in lost if p.role == REVIEWER}
    over = [
        each
        for each in stand_ins.running(tx, now)
        if each.userid in gone or (each.for_whom, each.department_id) in seats
    ]
    if over:
        end(services, tx, over, now, but=gone)


def _give_back(services: Services, tx: Connection, userid: str, now: datetime) -> None:
    """What somebody had in hand goes back to who gave it."""
    for hand in hands.running_with(tx, userid):
        form = locked(tx, hand.form_id)
        if not hands.end(tx, hand.id, userid, now):
            continue
        let_go(services, tx, form, hand, phrase("closed_hand_ended"), now)
        told = handing_notices.given_back(*notice_parts(services, tx, form.id), hand_of(hand))
        services.postbox.post(tx, hand.giver, told, now, form.id)

"""代审: somebody approves in a reviewer's place, set by the reviewer or a coordinator."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, name_of, standing_of
from bot.acts.picture import order_picture
from bot.chain import chain_of
from bot.changes import with_changes
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from bot.views import waiting_of
from dialogs import approval, notices
from dialogs.bubbles import Words
from dialogs.case import Role
from dialogs.desk_cards import desk_of
from storage import cards, cycles, departments, forms, hands, people, reviewers, stand_ins
from storage.forms import Form
from storage.stand_ins import StandIn


def set_stand_in(
    services: Services,
    tx: Connection,
    actor: str,
    for_whom: str,
    userid: str,
    until: datetime | None,
    now: datetime,
) -> None:
    """Lets `userid` approve wherever `for_whom` reviews, until then; the cards that wait for them
    go out at once. Never somebody who fills in the department's form."""
    where = _check(tx, actor, for_whom)
    person = people.person(tx, userid)
    if person is None or not person.active:
        raise ActRefused("stand_in_unknown")
    if userid == for_whom:
        raise ActRefused("stand_in_self")
    if until is not None and until <= now:
        raise ActRefused("stand_in_past")
    for department in where:
        _check_apart(tx, userid, person.name, department)
    before = [
        each
        for each in stand_ins.running(tx, now)
        if each.for_whom == for_whom and each.department_id in where and each.userid != userid
    ]
    end(services, tx, before, now, but=(actor, for_whom))
    for department in where:
        stand_ins.add(tx, department, for_whom, userid, actor, now, until)
    _tell(services, tx, actor, userid, for_whom, until, now)
    _bring_waiting(services, tx, userid, for_whom, where, now)


def end_stand_in(
    services: Services, tx: Connection, actor: str, for_whom: str, now: datetime
) -> None:
    """取消代审: ends it before its time."""
    where = _check(tx, actor, for_whom)
    running = [
        each
        for each in stand_ins.running(tx, now)
        if each.for_whom == for_whom and each.department_id in where
    ]
    if not running:
        raise ActRefused("no_stand_in", name=name_of(tx, for_whom))
    end(services, tx, running, now, but=(actor,))


def end(
    services: Services,
    tx: Connection,
    ended: Collection[StandIn],
    now: datetime,
    but: Collection[str] = (),
) -> None:
    """Ends these: their cards are closed, both sides are told but for who knows already."""
    stand_ins.end(tx, [each.id for each in ended], now)
    for each in ended:
        label = phrase("closed_stand_in")
        for card in cards.open_of(tx, each.userid):
            if _is_about(tx, card.form_id, each) and desk_of(card.question) is Role.REVIEWER:
                cards.set_state(tx, card.task_id, "open", "stale")
                services.postbox.put_greying(tx, each.userid, card.task_id, label, now)
        words = Words(phrase("stand_in_ended", name=each.name, whom=each.for_name))
        for userid in sorted({each.userid, each.for_whom}.difference(but)):
            services.postbox.post(tx, userid, (words,), now)


def _check(tx: Connection, actor: str, for_whom: str) -> list[int]:
    """The departments where the reviewer reviews. Raises ActRefused unless the actor is that
    reviewer or coordinates."""
    held = reviewers.reviews(tx, for_whom)
    if not held:
        raise ActRefused("stand_in_for_nobody", name=name_of(tx, for_whom))
    if actor != for_whom:
        mine = [row.department_id for row in people.roles(tx, actor) if row.role == By.COORDINATOR]
        if None not in mine and not set(held) <= set(mine):
            raise ActRefused("stand_in_not_yours")
    return held


def _check_apart(tx: Connection, userid: str, name: str, department: int) -> None:
    """Raises ActRefused for who fills the form in or helps with it: nobody approves their own answers."""
    contacts = people.holders(tx, By.CONTACT, department)
    if any(contact.userid == userid for contact in contacts):
        raise ActRefused("stand_in_contact", name=name)
    if hands.runs_in(tx, userid, department):
        raise ActRefused("stand_in_colleague", name=name)


def _form_of(tx: Connection, department: int) -> Form | None:
    cycle = cycles.current(tx)
    return forms.of_department(tx, cycle.id, department) if cycle else None


def _tell(
    services: Services,
    tx: Connection,
    actor: str,
    userid: str,
    for_whom: str,
    until: datetime | None,
    now: datetime,
) -> None:
    """Both sides are told; who set it has it said in the answer."""
    names = {"name": name_of(tx, userid), "whom": name_of(tx, for_whom)}
    places = [departments.get(tx, each) for each in reviewers.reviews(tx, for_whom)]
    department = phrase("list_comma").join(each.name for each in places if each)
    told = approval.standing_in(until, department=department, **names)
    for each in sorted({userid, for_whom} - {actor}):
        services.postbox.post(tx, each, told, now)


def _bring_waiting(
    services: Services,
    tx: Connection,
    userid: str,
    for_whom: str,
    where: Collection[int],
    now: datetime,
) -> None:
    """The cards of forms that wait for the reviewer go to the stand-in too."""
    for department in where:
        form = _form_of(tx, department)
        if form is None or form.state != FormState.IN_REVIEW:
            continue
        chain = chain_of(tx, department, now)
        rank = chain.turn(form.rank)
        if rank not in chain.holds(for_whom):
            continue
        waiting = waiting_of(services, tx, standing_of(tx, form.id))
        waiting = with_changes(services, tx, waiting, Role.REVIEWER)
        services.postbox.post(tx, userid, notices.review_request(waiting), now, form.id)
        order_picture(tx, form.id, [userid], f"{waiting.form.code}:{rank}", now)


def _is_about(tx: Connection, form_id: int | None, ended: StandIn) -> bool:
    form = forms.get(tx, form_id) if form_id else None
    return form is not None and form.department_id == ended.department_id

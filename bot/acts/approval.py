"""What a yes leads to, whoever gave it: the next rank is asked, or the delivery is ordered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import (
    ActRefused,
    check_running,
    coordinators,
    holders,
    move,
    standing_of,
)
from bot.acts.closing import close_cards
from bot.acts.picture import order_picture
from bot.chain import Chain
from bot.changes import with_changes
from bot.lifecycle import Act, By
from bot.phrases import phrase
from bot.services import Services
from bot.views import view_of, waiting_of
from dialogs import approval, notices
from dialogs.bubbles import Words
from dialogs.case import Role
from storage import approvals, forms, submissions, tasks
from storage.forms import Form


@dataclass(frozen=True)
class Yes:
    """An approval at a rank: by whom, in whose name, on which photo if it was signed by hand."""

    rank: int
    by: str
    for_whom: str
    file_key: str | None = None


def pass_on(
    services: Services,
    tx: Connection,
    form: Form,
    chain: Chain,
    given: Sequence[Yes],
    act: Act,
    by: By,
    now: datetime,
) -> None:
    """Keeps the approvals, lowest rank first, and does what follows from the last of them.
    Raises ActRefused, with nothing done, while there is nobody at finance to deliver to."""
    check_running(tx, form)
    last, to = given[-1], chain.after(given[-1].rank)
    if not to and not holders(tx, By.FINANCE, form.department_id):
        raise ActRefused("no_finance", names=coordinators(tx, form))
    number = _keep(tx, form, given, now)
    notes = [{"rank": yes.rank, "for": yes.for_whom, "submission": number} for yes in given]
    for note in notes if to else notes[:-1]:
        forms.note_event(
            tx, form.id, act, last.by, form.state, form.state, now, words="", data=note
        )
    close_cards(services, tx, form, By.REVIEWER, act, last.by, now)
    if to:
        forms.set_rank(tx, form.id, to, now)
        _tell_next(services, tx, form, chain, to, now)
    else:
        move(tx, form, act, by, last.by, now, data=notes[-1])
        _deliver(services, tx, form, number, now)


def ask(
    services: Services, tx: Connection, form: Form, chain: Chain, rank: int, now: datetime
) -> None:
    """Sends the card to everybody at a rank, and orders the picture for them."""
    waiting = waiting_of(services, tx, standing_of(tx, form.id))
    waiting = with_changes(services, tx, waiting, Role.REVIEWER)
    people = [seat.userid for seat in chain.at(rank)]
    for userid in people:
        services.postbox.post(tx, userid, notices.review_request(waiting), now, form.id)
    order_picture(tx, form.id, people, f"{waiting.form.code}:{rank}", now)


def _keep(tx: Connection, form: Form, given: Sequence[Yes], now: datetime) -> int:
    """Writes the approvals of the newest submission and gives its number."""
    sent_in = submissions.latest(tx, form.id)
    number = sent_in.number if sent_in else 0
    for yes in given:
        approvals.add(tx, form.id, number, yes.rank, yes.by, yes.for_whom, now, yes.file_key)
    return number


def _tell_next(
    services: Services, tx: Connection, form: Form, chain: Chain, rank: int, now: datetime
) -> None:
    ask(services, tx, form, chain, rank, now)
    waiting = waiting_of(services, tx, standing_of(tx, form.id))
    for contact in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(tx, contact, approval.passed_on(waiting), now, form.id)
    if not chain.at(rank):
        report_empty(services, tx, form, chain, rank, now)


def report_empty(
    services: Services, tx: Connection, form: Form, chain: Chain, rank: int, now: datetime
) -> None:
    """Tells the coordinators that a form waits where there is nobody to ask."""
    department = standing_of(tx, form.id).department
    words = phrase("rank_empty", department=department, title=chain.title(rank))
    for userid in holders(tx, By.COORDINATOR, form.department_id):
        services.postbox.post(tx, userid, (Words(words),), now, form.id)


def _deliver(services: Services, tx: Connection, form: Form, number: int, now: datetime) -> None:
    version = form.version + 1
    order = {"form_id": form.id, "version": version}
    tasks.add(tx, "delivery", order, f"delivery:{form.id}:{version}:{number}", now)
    view = view_of(standing_of(tx, form.id))
    for contact in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(tx, contact, notices.approved(view), now, form.id)

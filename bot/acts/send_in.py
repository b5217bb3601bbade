"""送审: hands a form to its reviewers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.approval import ask, report_empty
from bot.acts.base import (
    ActRefused,
    check_access,
    check_move,
    coordinators,
    locked,
    move,
    standing_of,
)
from bot.acts.private_numbers import name_private_numbers
from bot.chain import Chain, chain_of
from bot.lifecycle import Act, By
from bot.readiness import check_ready
from bot.services import Services
from bot.views import waiting_of
from reports.codes import version_code
from storage import answers, forms, ledger, returned, submissions
from storage.forms import Form


def send_in(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Keeps the answers as a submission under a version code and asks the first rank.

    Refused while anything is missing or contradicts, or while nobody can be asked at one of the
    ranks; then the coordinators are told, once a day.
    """
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    check_move(form, Act.SEND_IN, By.CONTACT)
    chain = chain_of(tx, form.department_id, now)
    _check_chain(services, tx, form, chain, now)
    standing = standing_of(tx, form_id)
    waiting = waiting_of(services, tx, standing)
    check_ready(tx, form_id, waiting.standard, waiting.answers)
    code = version_code(form_id, standing.standard_hash, answers.present(tx, form_id))
    sent_in = submissions.add(tx, form_id, code, actor, now)
    about = {"submission": sent_in.number, "code": code}
    move(tx, form, Act.SEND_IN, By.CONTACT, actor, now, data=about)
    if form.due_at:
        returned.settle_all(tx, form_id, actor, now)
    first = chain.turn(0)
    forms.set_rank(tx, form_id, first, now)
    ask(services, tx, form, chain, first, now)
    asked = [seat.userid for seat in chain.at(first)]
    name_private_numbers(services, tx, form, [actor, *asked], now)


def _check_chain(
    services: Services, tx: Connection, form: Form, chain: Chain, now: datetime
) -> None:
    """Raises ActRefused where the form would be stuck. The coordinators' notice, the one thing
    written, stays."""
    empty = 0 if not chain.ranks else chain.empty()
    if chain.ranks and not empty:
        return
    day = now.astimezone(services.settings.zone).date()
    if ledger.once(tx, f"rank_empty:{form.id}:{empty}:{day}", now):
        report_empty(services, tx, form, chain, empty, now)
    names = coordinators(tx, form)
    if not chain.ranks:
        raise ActRefused("no_reviewer", names=names)
    raise ActRefused("rank_empty", title=chain.title(empty), names=names)

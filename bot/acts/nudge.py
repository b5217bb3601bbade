"""催办: a coordinator has somebody reminded of a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, check_running, holders, locked
from bot.chain import chain_of
from bot.lifecycle import By, FormState
from bot.reminding import office_hours
from bot.services import Services
from scoring.sensitive import secrecy_mark
from storage import nudges
from storage.forms import Form


def nudge(
    services: Services,
    tx: Connection,
    actor: str,
    targets: Sequence[tuple[int, str]],
    words: str,
    now: datetime,
) -> None:
    """Has people reminded of forms, (form, userid) each, in working hours, with the coordinator's
    words. Who has nothing to do with the form any more hears nothing. Raises ActRefused, and has
    nobody reminded, where one of the forms is not this coordinator's."""
    forms = [locked(tx, form_id) for form_id in sorted({form_id for form_id, _ in targets})]
    for form in forms:
        check_access(tx, actor, By.COORDINATOR, form)
        check_running(tx, form)
    if secrecy_mark(words):
        raise ActRefused("secret")
    at = office_hours(services, tx, now).soonest(now)
    concerned = {form.id: _concerned(tx, form, now) for form in forms}
    for form_id, userid in dict.fromkeys(targets):
        if userid in concerned[form_id]:
            nudges.add(tx, form_id, userid, actor, words, at)


def _concerned(tx: Connection, form: Form, now: datetime) -> set[str]:
    """Who may be reminded of a form as it is now."""
    if form.state not in (FormState.DRAFTING, FormState.IN_REVIEW):
        return set()
    chain = chain_of(tx, form.department_id, now)
    found = {seat.userid for seat in chain.at(chain.turn(form.rank))}
    if form.state == FormState.DRAFTING:
        found |= set(holders(tx, By.CONTACT, form.department_id))
    return found

"""放行: figures that contradict each other are let pass with a reason that finance sees."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import (
    ActRefused,
    being_filled,
    check_access,
    coordinators,
    holders,
    locked,
    name_of,
    standing_of,
)
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from bot.views import waiting_of
from dialogs import waiving
from dialogs.case import Role, Waiting
from scoring.checks import Finding
from scoring.waiving import figures_of
from storage import forms, waivers
from storage.forms import Form

WAIVES = (By.REVIEWER, By.COORDINATOR)
_STATES = (FormState.DRAFTING, FormState.IN_REVIEW)


def waive(
    services: Services,
    tx: Connection,
    actor: str,
    by: By,
    form_id: int,
    finding: str,
    figures: str,
    reason: str,
    now: datetime,
) -> None:
    """Lets a contradiction pass for exactly these figures; when they change it stands again."""
    form, waiting = _open(services, tx, actor, by, form_id)
    if not reason.strip():
        raise ActRefused("no_reason")
    found = _found(waiting, finding)
    if figures_of(found) != figures:
        raise ActRefused("other_figures")
    waivers.add(tx, form_id, finding, actor, reason.strip(), now, figures)
    data = {"finding": finding, "figures": figures}
    _note(tx, form, "waive", actor, now, reason.strip(), data)
    told = waiving.waived(waiting.form, found, name_of(tx, actor), reason.strip())
    for userid in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(tx, userid, told, now, form_id)


def refuse_waiver(
    services: Services,
    tx: Connection,
    actor: str,
    by: By,
    form_id: int,
    finding: str,
    now: datetime,
) -> None:
    """Tells the contacts that the figures are to be mended."""
    form, waiting = _open(services, tx, actor, by, form_id)
    found = _found(waiting, finding)
    _note(tx, form, "refuse_waiver", actor, now, "", {"finding": finding})
    told = waiving.refused(waiting.form, found, name_of(tx, actor))
    for userid in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(tx, userid, told, now, form_id)


def ask_waiver(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """A contact asks: each reviewer and coordinator gets a card for each contradiction, in the
    hat in which they may let it pass."""
    form = being_filled(tx, actor, form_id)
    waiting = waiting_of(services, tx, standing_of(tx, form_id))
    name = name_of(tx, actor)
    asked: dict[str, Role] = {}
    for role in WAIVES:
        for userid in holders(tx, role, form.department_id):
            asked.setdefault(userid, Role(role))
    asked.pop(actor, None)
    if not asked:
        raise ActRefused("nobody_waives", names=coordinators(tx, form))
    for userid, hat in asked.items():
        for finding in waiving.open_blockers(waiting):
            told = waiving.waiver_request(waiting, finding, hat, name)
            services.postbox.post(tx, userid, told, now, form_id)


def _open(
    services: Services, tx: Connection, actor: str, by: By, form_id: int
) -> tuple[Form, Waiting]:
    """The form, held, as one whose contradictions this person may let pass."""
    form = locked(tx, form_id)
    if by not in WAIVES:
        raise ActRefused("not_yours", names=coordinators(tx, form))
    check_access(tx, actor, by, form)
    if form.state not in _STATES:
        raise ActRefused("not_waivable", state=phrase(f"state_{form.state}"))
    return form, waiting_of(services, tx, standing_of(tx, form_id))


def _found(waiting: Waiting, finding: str) -> Finding:
    for each in waiving.open_blockers(waiting):
        if each.key == finding:
            return each
    raise ActRefused("other_figures")


def _note(
    tx: Connection,
    form: Form,
    act: str,
    actor: str,
    now: datetime,
    words: str,
    data: dict[str, str],
) -> None:
    forms.note_event(tx, form.id, act, actor, form.state, form.state, now, words, data)

"""What a contact and a colleague do who share a form (转交): the contact hands a section over, the
colleague accepts, and gives the answers when it gets late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.answer_hand import answer_hand
from bot.acts.hand_over import hand_over
from bot.acts.record_answer import record_handed
from bot.lifecycle import FormState
from bot.phrases import phrase
from bot.services import Services
from bot.simulation.players import Play
from scoring.losses import SECTION as LOSSES
from scoring.standard import Standard
from storage import forms, hands, people
from storage.forms import Form


def shared_section(standard: Standard, facts: Collection[str]) -> str:
    """The section with most of these facts."""
    sections = [standard.question_of[name].section for name in facts]
    counts = Counter(name for name in sections if name != LOSSES)
    return counts.most_common(1)[0][0]


def facts_of(standard: Standard, section: str, facts: Collection[str]) -> list[str]:
    """Those of the facts that a section asks for."""
    return [name for name in facts if standard.question_of[name].section == section]


def hand_on(part: Play, services: Services, tx: Connection, now: datetime) -> bool:
    """The contact hands the section over, once, when they begin."""
    form = _with_contact(part, tx)
    begun = part.gone(services, now) >= part.temperament.begins
    if not form or not begun or hands.of_form(tx, form.id):
        return False
    known = people.person(tx, part.colleague)
    scope = f"section:{shared_section(part.standard, part.facts)}"
    given = (part.contact, form.id, [scope], part.colleague, known.name if known else "", "")
    hand_over(services, tx, *given, now)
    return True


def help_out(part: Play, services: Services, tx: Connection, now: datetime) -> bool:
    """The colleague's day: accepts what is offered, and answers it when it gets late."""
    form = _with_contact(part, tx)
    mine = [hand for hand in hands.of_form(tx, part.form_id) if not hand.done] if form else []
    if not form or not mine:
        return False
    if mine[0].state == "offered":
        answer_hand(services, tx, part.colleague, form.id, mine[0].id, True, "", now)
        return True
    if part.gone(services, now) < part.temperament.helped:
        return False
    values = {name: part.facts[name] for name in part.handed}
    raw = phrase("simulated_raw")
    record_handed(services, tx, part.colleague, form.id, values, raw, now)
    part.helped = now
    return True


def _with_contact(part: Play, tx: Connection) -> Form | None:
    """The form, while it is filled in for the first time."""
    form = forms.get(tx, part.form_id)
    first = form and form.state == FormState.DRAFTING and not form.due_at
    return form if first else None

"""Reminds reviewers, and who stands in for them, of forms that wait for their yes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.chain import chain_of
from bot.jobs.dated.base import Reminder, waited
from bot.lifecycle import FormState
from bot.phrases import phrase
from bot.services import Services
from storage import waiting_forms
from storage.waiting_forms import WaitingForm


def due(services: Services, tx: Connection, now: datetime) -> dict[str, list[WaitingForm]]:
    """The forms that have waited longer than the setting, at those whose turn it is."""
    found: dict[str, list[WaitingForm]] = {}
    for form in waiting_forms.in_state(tx, FormState.IN_REVIEW):
        if waited(services, form, now) <= services.settings.reviewer_reminder_days:
            continue
        chain = chain_of(tx, form.department_id, now)
        for seat in chain.at(chain.turn(form.rank)):
            found.setdefault(seat.userid, []).append(form)
    return found


def say(services: Services, tx: Connection, forms: Sequence[WaitingForm], now: datetime) -> str:
    """All of them in one message, with how long each has waited."""
    lines = [
        phrase(
            "reminder_line", number=n, department=form.department, days=waited(services, form, now)
        )
        for n, form in enumerate(forms, start=1)
    ]
    head = phrase("reminder_review", count=len(forms))
    return phrase("line_break").join([head, *lines, phrase("reminder_review_how")])


REMINDER = Reminder(due, say)

"""Reminds finance of deliveries that nobody has accepted or returned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import holders
from bot.jobs.dated.base import Reminder, waited
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from storage import waiting_forms
from storage.waiting_forms import WaitingForm


def due(services: Services, tx: Connection, now: datetime) -> dict[str, list[WaitingForm]]:
    """The deliveries that have lain there longer than the setting, at all of finance."""
    found: dict[str, list[WaitingForm]] = {}
    for form in waiting_forms.in_state(tx, FormState.DELIVERED):
        if waited(services, form, now) > services.settings.finance_reminder_days:
            for userid in holders(tx, By.FINANCE, form.department_id):
                found.setdefault(userid, []).append(form)
    return found


def say(services: Services, tx: Connection, forms: Sequence[WaitingForm], now: datetime) -> str:
    """All of them in one message, with how long each has waited."""
    lines = [
        phrase(
            "reminder_line", number=n, department=form.department, days=waited(services, form, now)
        )
        for n, form in enumerate(forms, start=1)
    ]
    head = phrase("reminder_delivery", count=len(forms))
    return phrase("line_break").join([head, *lines, phrase("reminder_delivery_how")])


REMINDER = Reminder(due, say)

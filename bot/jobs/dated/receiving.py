"""Reminds finance of deliveries that nobody has accepted or returned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import holders
from bot.jobs.dated.base import Reminder, all_waiting, waited
from bot.lifecycle import By, FormState
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


REMINDER = Reminder(due, all_waiting("reminder_delivery"))

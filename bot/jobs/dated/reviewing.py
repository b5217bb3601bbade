"""Reminds reviewers, and who stands in for them, of forms that wait for their yes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.chain import chain_of
from bot.jobs.dated.base import Reminder, all_waiting, waited
from bot.lifecycle import FormState
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


REMINDER = Reminder(due, all_waiting("reminder_review"))

"""Reminds finance of deliveries that nobody has accepted or returned."""

from __future__ import annotations

from collections.abc import Iterator

from bot.lifecycle import By, FormState
from bot.unasked.base import Kind, Look, Reason
from bot.unasked.waiting import all_waiting, reason

NAME = "reminder_delivery"


def due(look: Look) -> Iterator[Reason]:
    """The deliveries that have lain there longer than the setting, at all of finance."""
    for form in look.forms:
        if form.state != FormState.DELIVERED:
            continue
        if look.waited(form.since) > look.services.settings.finance_reminder_days:
            for userid in look.holders(By.FINANCE, form.department_id):
                yield reason(look, NAME, userid, form)


KIND = Kind(NAME, due, all_waiting(NAME))

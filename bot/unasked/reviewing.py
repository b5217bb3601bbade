"""Reminds reviewers, and who stands in for them, of forms that wait for their yes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chain import chain_of
from bot.lifecycle import FormState
from bot.unasked.base import Kind, Look, Reason
from bot.unasked.waiting import all_waiting, reason

NAME = "reminder_review"


def due(look: Look) -> Iterator[Reason]:
    """The forms that have waited longer than the setting, at those whose turn it is."""
    for form in look.forms:
        if form.state != FormState.IN_REVIEW:
            continue
        if look.waited(form.since) <= look.services.settings.reviewer_reminder_days:
            continue
        chain = chain_of(look.tx, form.department_id, look.now)
        for seat in chain.at(chain.turn(form.rank)):
            yield reason(look, NAME, seat.userid, form)


KIND = Kind(NAME, due, all_waiting(NAME))

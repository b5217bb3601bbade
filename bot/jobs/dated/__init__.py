"""What has a date, one file a kind; each looks for itself what is due and queues it.

The names of the kinds begin with "reminder": so do their keys in the ledger.
"""

from __future__ import annotations

from bot.jobs.dated import receiving, returning, reviewing, stand_ins
from bot.jobs.dated.base import Reminder
from bot.jobs.tick import Dated

KINDS: dict[str, Reminder] = {
    "reminder_review": reviewing.REMINDER,
    "reminder_delivery": receiving.REMINDER,
    "reminder_returned": returning.REMINDER,
}


def make_dated() -> tuple[Dated, ...]:
    """The dated jobs of a worker; each remembers when it looked last."""
    reminders = (reminder.job(kind) for kind, reminder in KINDS.items())
    return (*reminders, stand_ins.make_job())

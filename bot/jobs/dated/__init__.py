"""What has a date, one file a kind; each looks for itself what is due and does or queues it."""

from __future__ import annotations

from bot.jobs.dated import directory, retention, stand_ins, unasked
from bot.jobs.tick import Dated


def make_dated() -> tuple[Dated, ...]:
    """The dated jobs of a worker; each remembers when it looked last."""
    return (stand_ins.make_job(), unasked.make_job(), directory.make_job(), retention.make_job())

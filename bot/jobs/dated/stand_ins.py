"""Ends what is over: a stand-in (代审) whose last day has passed."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.acts.stand_in import end
from bot.jobs.dated.base import paced
from bot.jobs.tick import Dated
from bot.services import Services
from storage import stand_ins

PAUSE = timedelta(minutes=1)
"""How often it looks. Nobody can approve in between: acts ask for the moment themselves."""


def make_job() -> Dated:
    """The dated job."""
    return paced(end_over, PAUSE)


def end_over(services: Services, now: datetime) -> None:
    """Ends the stand-ins whose last day has passed."""
    with services.database.begin() as tx:
        over = stand_ins.over(tx, now)
        if over:
            end(services, tx, over, now)

"""Each night: the roster is compared with the directory of WeChat Work."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.jobs.dated.base import paced
from bot.jobs.tick import Dated
from bot.services import Services
from storage import tasks

PAUSE = timedelta(minutes=10)
"""How often it looks whether the night has come."""
FROM, UNTIL = time(3, 17), time(6)
"""When it is asked, away from the full hour. In the day nobody is asked for by itself:
`jixiao roster reconcile` does that."""


def make_job() -> Dated:
    """The dated job."""
    return paced(order, PAUSE)


def order(services: Services, now: datetime) -> None:
    """Orders the comparison of this night, once."""
    local = now.astimezone(services.settings.zone)
    if FROM <= local.time() < UNTIL:
        with services.database.begin() as tx:
            tasks.add(tx, "directory", {"after": ""}, f"directory:{local.date()}", now)

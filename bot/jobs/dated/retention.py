"""Orders that the content of closed cycles is erased once its time is over (保存期限)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.jobs.dated.base import paced
from bot.jobs.tick import Dated
from bot.lifecycle import By
from bot.retention import AT_LEAST, NAME, Ending, endings, key_of
from bot.services import Services
from bot.unasked.base import Reason
from storage import people, retention, tasks

PAUSE = timedelta(hours=1)
"""How often it looks: it is a matter of days."""


def make_job() -> Dated:
    """The dated job."""
    return paced(order, PAUSE)


def order(services: Services, now: datetime) -> None:
    """Orders it once for each archive, and only if somebody was told some days before."""
    if not services.settings.retention_days:
        return
    with services.database.begin() as tx:
        for ending in endings(tx, services.settings):
            archive = ending.cycle.archive
            if archive and _is_over(tx, ending, now):
                work = {"archive_id": archive.id, "name": ending.cycle.name}
                tasks.add(tx, "erase_cycle", work, f"erase_cycle:{archive.id}", now)


def _is_over(tx: Connection, ending: Ending, now: datetime) -> bool:
    if ending.erased_from is None or now < ending.erased_from:
        return False
    told = retention.first_noted(tx, _keys(tx, ending, now))
    return told is not None and now - told >= AT_LEAST


def _keys(tx: Connection, ending: Ending, now: datetime) -> list[str]:
    """Under which what was said of it stands in the ledger."""
    coordinators = people.holders(tx, By.COORDINATOR)
    return [Reason(each.userid, NAME, key_of(ending), now).once for each in coordinators]

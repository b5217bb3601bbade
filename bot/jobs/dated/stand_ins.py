"""Ends what is over: a stand-in (代审) whose last day has passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.acts.stand_in import end
from bot.services import Services
from storage import stand_ins

PAUSE = timedelta(minutes=1)
"""How often it looks. Nobody can approve in between: acts ask for the moment themselves."""


def make_job() -> Callable[[Services, datetime], None]:
    """The dated job; it remembers when it looked last."""
    looked: list[datetime] = []

    def look(services: Services, now: datetime) -> None:
        if looked and timedelta() <= now - looked[0] < PAUSE:
            return
        looked[:] = [now]
        with services.database.begin() as tx:
            over = stand_ins.over(tx, now)
            if over:
                end(services, tx, over, now)

    return look

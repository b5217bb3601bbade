"""What dated jobs have in common: their pace."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.jobs.tick import Dated
from bot.services import Services


def paced(look: Dated, pause: timedelta) -> Dated:
    """The same job, which looks once in a pause although the worker ticks every moment; it
    remembers when it looked last."""
    looked: list[datetime] = []

    def look_again(services: Services, now: datetime) -> None:
        # A clock that was set back must not keep it from looking.
        if looked and timedelta() <= now - looked[0] < pause:
            return
        looked[:] = [now]
        look(services, now)

    return look_again

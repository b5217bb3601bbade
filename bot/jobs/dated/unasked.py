"""Looks every minute whether anybody is to be told something unasked."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs.dated.base import paced
from bot.jobs.tick import Dated
from bot.unasked.planner import plan

PAUSE = timedelta(minutes=1)
"""How often it looks."""


def make_job() -> Dated:
    """The dated job."""
    return paced(plan, PAUSE)

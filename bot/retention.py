"""When the content of a closed cycle is erased (保存期限), and how long before people are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.settings import Settings
from storage import retention
from storage.retention import ClosedCycle

NAME = "digest_erasure"
"""The kind under which coordinators are told of it beforehand."""
WARNED_BEFORE = timedelta(days=7)
AT_LEAST = timedelta(days=3)
"""So long must have passed since somebody was told: time to say no."""


@dataclass(frozen=True)
class Ending:
    """A closed cycle and when its content goes: None while there is no archive, which nothing is
    erased without; `told_from` is from when on people are told."""

    cycle: ClosedCycle
    erased_from: datetime | None
    told_from: datetime


def endings(tx: Connection, settings: Settings) -> list[Ending]:
    """What is to end; nothing where content is kept for good (JIXIAO_RETENTION_DAYS=0)."""
    if not settings.retention_days:
        return []
    days = timedelta(days=settings.retention_days)
    found = []
    for cycle in retention.closed(tx):
        since = cycle.closed_at
        if cycle.archive:
            since = max(since, cycle.archive.at)
        last = since + days
        told = max(since, last - WARNED_BEFORE)
        found.append(Ending(cycle, last if cycle.archive else None, told))
    return found


def key_of(ending: Ending) -> str:
    """The key of what is said of it, once for each archive."""
    archive = ending.cycle.archive
    return f"{ending.cycle.id}:{archive.id if archive else 'none'}"

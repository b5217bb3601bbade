"""明天再提醒, 这周别提醒, 恢复提醒: when somebody wants to hear of their forms again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from storage import hands, people, snoozes


def set_snooze(tx: Connection, actor: str, until: datetime, wakes: bool, now: datetime) -> None:
    """Sends no reminders before a moment; `wakes`: at that moment one."""
    _check(tx, actor)
    if until <= now:
        raise ActRefused("snooze_past")
    snoozes.set_(tx, actor, until, wakes, now)


def end_snooze(tx: Connection, actor: str) -> None:
    """Reminds as planned again."""
    _check(tx, actor)
    snoozes.end(tx, actor)


def _check(tx: Connection, actor: str) -> None:
    """Raises ActRefused for somebody whom nothing is ever sent to."""
    if not people.roles(tx, actor) and not hands.had_any(tx, actor):
        raise ActRefused("not_yours", names="")

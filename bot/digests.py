"""Whose forms a digest is about, and when the last one was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.lifecycle import By
from storage import overview, people

DAILY, WEEKLY = "digest_daily", "digest_weekly"


def coordinated(tx: Connection, userid: str) -> Sequence[int] | None:
    """The ids of the departments that somebody coordinates; None for all of them."""
    return held(tx, userid, By.COORDINATOR)


def held(tx: Connection, userid: str, role: By) -> Sequence[int] | None:
    """The ids of the departments for which somebody holds a role; None for all of them."""
    found = [each.department_id for each in people.roles(tx, userid) if each.role == role]
    return None if None in found else [each for each in found if each is not None]


def last_digest(tx: Connection, userid: str, kind: str = DAILY) -> datetime | None:
    """When somebody had their last digest."""
    return overview.last_told(tx, userid, kind)

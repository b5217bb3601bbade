"""核对通讯录: the roster is compared with WeChat Work's directory now, and the asker hears of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.import_roster import may_import
from storage import tasks


def check_directory(tx: Connection, actor: str, now: datetime, turn_id: int | None = None) -> None:
    """Orders the comparison once for each turn; only for coordinators of all departments."""
    if not may_import(tx, actor):
        raise ActRefused("roster_not_yours")
    once = f"directory:asked:{actor}:{turn_id or now.isoformat()}"
    tasks.add(tx, "directory", {"after": "", "userid": actor}, once, now)

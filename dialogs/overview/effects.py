"""What is asked for at a glance over all forms."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.effects import Effect


@dataclass(frozen=True)
class OrderOverview(Effect):
    """导出, 进度图: send the asker the table (`book`) or the `picture` of all forms."""

    what: str


@dataclass(frozen=True)
class PreferWeekly(Effect):
    """周报: the person wants the digest of the week, or doesn't."""

    wanted: bool

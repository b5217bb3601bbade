"""When somebody at a desk wants to be reminded, or left alone."""

from __future__ import annotations

from datetime import datetime

from dialogs import reminding
from dialogs.case import Desk, Role
from dialogs.events import Event, Said
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.reminder_plan import read_plan_wish


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of what is said about reminders; None for all else."""
    if desk.role is Role.COORDINATOR and isinstance(event, Said) and read_plan_wish(event.text):
        # 提醒计划 is the district's, not the coordinator's own.
        return None
    return reminding.read(state, event, desk.hours, now)

"""提醒计划: when contacts are reminded of the deadline."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.rounds import check_coordinates, held
from bot.lifecycle import By
from dialogs.plan import Plan
from storage import cycle_events, cycles


def plan_reminders(
    tx: Connection,
    actor: str,
    by: By,
    cycle_id: int,
    plan: Plan,
    now: datetime,
    version: int | None = None,
) -> None:
    """Plans the cycle's reminders anew, in a new version of the plan."""
    check_coordinates(tx, actor, by)
    cycle = held(tx, cycle_id, version)
    if not plan.is_sound:
        raise ActRefused("plan_unsound")
    if plan == Plan.read(cycle.plan):
        raise ActRefused("plan_same")
    cycles.set_plan(tx, cycle_id, plan.plain())
    data = {"from": Plan.read(cycle.plan).plain(), "to": plan.plain()}
    cycle_events.note(tx, cycle_id, "planned", actor, now, data)

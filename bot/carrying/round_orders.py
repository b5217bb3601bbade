"""What a coordinator orders of an exercise, each by its act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.close_cycle import close_cycle, reopen_cycle
from bot.acts.extend import extend
from bot.acts.move_deadline import move_deadline
from bot.acts.open_cycle import Opening, open_cycle
from bot.acts.plan_reminders import plan_reminders
from bot.acts.set_days import set_days
from bot.lifecycle import By
from bot.rounds import standard_called
from bot.services import Services
from dialogs.effects import Effect
from dialogs.rounds.orders import (
    CloseCycle,
    ExtendForms,
    MoveDeadline,
    OpenCycle,
    PlanReminders,
    ReopenCycle,
    SetDays,
)


def do(services: Services, tx: Connection, who: str, by: By, order: Effect, now: datetime) -> None:
    """Carries an order out. Raises ActRefused, and TypeError for what is none."""
    match order:
        case MoveDeadline(cycle_id=cycle_id, deadline=deadline, version=version):
            move_deadline(tx, who, by, cycle_id, deadline, now, version)
        case ExtendForms(cycle_id=cycle_id, extensions=extensions):
            extend(tx, who, by, cycle_id, extensions, now)
        case PlanReminders(cycle_id=cycle_id, plan=plan, version=version):
            plan_reminders(tx, who, by, cycle_id, plan, now, version)
        case OpenCycle(year=year, opens_at=opens_at, deadline=deadline):
            opening = Opening(year, opens_at, deadline, order.name, order.plan)
            standard = standard_called(services, tx, order.standard)
            open_cycle(tx, who, by, opening, standard, now)
        case CloseCycle(cycle_id=cycle_id, version=version):
            close_cycle(tx, who, by, cycle_id, now, version)
        case ReopenCycle(cycle_id=cycle_id):
            reopen_cycle(tx, who, by, cycle_id, now)
        case SetDays(days=days):
            set_days(tx, who, by, days, now)
        case _:
            raise TypeError(order)

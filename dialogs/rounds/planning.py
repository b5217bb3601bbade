"""提醒计划: when contacts are reminded of the deadline, with the days on which that will be."""

from __future__ import annotations

from datetime import datetime

from dialogs.plan import Plan
from dialogs.rounds.orders import PlanReminders
from dialogs.rounds.proposals import Option, Proposal
from dialogs.rounds.telling import day_text, local_day, unannounced_line
from dialogs.rounds.view import Round, Rounds
from dialogs.understand.reminder_plan import PlanWish
from dialogs.wording import clauses, join, say


def propose_plan(rounds: Rounds, round_: Round, wish: PlanWish, now: datetime) -> Proposal | str:
    """The plan as it is to be, with its days; or how it stands, where that was asked."""
    if wish.shows:
        lines = [say("round_plan", cycle=round_.name, plan=plan_text(round_.plan))]
        lines += [*plan_days(rounds, round_, round_.plan, now), say("round_plan_how")]
        return "\n".join(filter(None, lines))
    if wish.unclear:
        return say("round_plan_unclear", words=wish.unclear)
    plan = wish.applied(round_.plan)
    if not plan.is_sound:
        return say("refused_plan")
    if plan == round_.plan:
        return say("round_plan_same", plan=plan_text(plan))
    lines = [
        say("round_plan_change", before=plan_text(round_.plan), after=plan_text(plan)),
        *plan_days(rounds, round_, plan, now),
    ]
    done = say("round_plan_done", plan=plan_text(plan))
    option = Option(say("round_plan_yes"), PlanReminders(round_.id, plan, round_.version), done)
    return Proposal(say("round_plan_title"), tuple(lines), (option,), say("round_no"))


def plan_text(plan: Plan) -> str:
    """The plan in one line."""
    days = join([str(day) for day in plan.before])
    before = say("round_plan_before", days=days) if plan.before else say("round_plan_no_before")
    on = say("round_plan_on", times=plan.on_the_day) if plan.on_the_day else say("round_plan_no_on")
    code = {0: "round_plan_no_after", 1: "round_plan_after"}.get(
        plan.after, "round_plan_after_some"
    )
    return clauses([before, on, say(code, days=plan.after)])


def plan_days(rounds: Rounds, round_: Round, plan: Plan, now: datetime) -> list[str]:
    """The days on which the deadline of all is spoken of; those that are over are marked."""
    deadline, today = local_day(rounds, round_.deadline), local_day(rounds, now)
    days = [rounds.days.add_working_days(deadline, -count) for count in plan.before]
    shown = [
        say("round_plan_over", day=day_text(day, today)) if day < today else day_text(day, today)
        for day in days
    ]
    lines = [say("round_plan_days", days=join(shown))] if shown else []
    return [*lines, unannounced_line(rounds, min([*days, today]), deadline)]

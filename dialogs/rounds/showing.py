"""截止时间: how an exercise stands."""

from __future__ import annotations

from datetime import datetime

from dialogs.rounds.planning import plan_text
from dialogs.rounds.telling import local_day, moment_text, unannounced_line
from dialogs.rounds.view import Round, Rounds
from dialogs.wording import say


def show_round(rounds: Rounds, round_: Round, now: datetime) -> str:
    """Its days, how many working days are left, its plan, and who has a deadline of their own."""
    today, last = local_day(rounds, now), local_day(rounds, round_.deadline)
    lines = [
        say(
            "round_shown",
            cycle=round_.name,
            opens=moment_text(rounds, round_.opens_at, now),
            deadline=moment_text(rounds, round_.deadline, now),
        ),
        say("round_shown_left", days=rounds.days.working_days_between(today, last))
        if round_.deadline > now
        else say("round_shown_over"),
        say("round_shown_plan", plan=plan_text(round_.plan)),
        *(
            say(
                "round_shown_extension",
                department=form.department,
                until=moment_text(rounds, form.deadline, now),
            )
            for form in round_.forms
            if form.extended
        ),
        unannounced_line(rounds, min(today, last), last),
        say("round_shown_how"),
    ]
    return "\n".join(line for line in lines if line)

"""开始 年度 标准 起 止: a new exercise."""

from __future__ import annotations

from datetime import datetime, time

from dialogs.plan import Plan
from dialogs.rounds.orders import OpenCycle
from dialogs.rounds.planning import plan_text
from dialogs.rounds.proposals import Option, Proposal
from dialogs.rounds.telling import (
    day_off_line,
    day_text,
    local_day,
    moment_text,
    names_text,
    unannounced_line,
)
from dialogs.rounds.view import Offered, Rounds
from dialogs.understand.aims import When, day_of, says_year
from dialogs.understand.rounds import RoundWish, unread
from dialogs.wording import join, say

OPENS, CLOSES = time(9), time(18)


def propose_opening(rounds: Rounds, wish: RoundWish, now: datetime) -> Proposal | str:
    """The new exercise with its days, its standard, and for how many departments; or what is
    still to be said."""
    moments = moments_of(rounds, wish.days, now)
    if wish.year is None or moments is None:
        return say(
            "round_open_how", standards=_listed(rounds.standards), year=_last_year(rounds, now)
        )
    problem = opening_problem(rounds, wish.year, moments, now)
    if problem:
        return problem
    standard = _standard(rounds, wish.words)
    if standard is None:
        return say("round_open_which", standards=_listed(rounds.standards))
    return propose_opening_of(rounds, wish.year, standard, moments, now)


def propose_opening_of(
    rounds: Rounds,
    year: int,
    standard: Offered,
    moments: tuple[datetime, datetime],
    now: datetime,
    name: str = "",
    plan: Plan | None = None,
) -> Proposal:
    """The new exercise of that year, as it will be; `name` "" is the usual one."""
    plan = plan or Plan()
    opens, deadline = moments
    today, first, last = (local_day(rounds, moment) for moment in (now, opens, deadline))
    begins = rounds.days.next_working_day(max(first, today))
    same_year = [each.name for each in rounds.closed if each.year == year]
    running = [each.name for each in rounds.running]
    without = rounds.without_contact
    lines = (
        say("round_open", year=year, departments=rounds.departments),
        say("round_open_ahead", year=year) if year >= today.year else "",
        say(
            "round_open_days",
            opens=moment_text(rounds, opens, now),
            deadline=moment_text(rounds, deadline, now),
            days=rounds.days.working_days_between(first, last),
        ),
        say("round_open_standard", title=standard.title),
        say("round_open_plan", plan=plan_text(plan)),
        say("round_open_told", people=rounds.contacts, day=day_text(begins, today)),
        say("round_open_without", names=names_text(without)) if without else "",
        day_off_line(rounds, last, today),
        say("round_open_again", names=join(same_year)) if same_year else "",
        say("round_open_beside", names=join(running)) if running else "",
        unannounced_line(rounds, min(today, first), last),
    )
    done = say("round_open_done", year=year, day=day_text(begins, today))
    order = OpenCycle(year, standard.name, opens, deadline, name, plan)
    option = Option(say("round_open_yes"), order, done)
    return Proposal(say("round_open_title"), lines, (option,), say("round_open_no"))


def moments_of(
    rounds: Rounds, days: tuple[When, ...], now: datetime
) -> tuple[datetime, datetime] | None:
    """When it opens, today unless said, and its deadline; None where the days are not clear."""
    today = local_day(rounds, now)
    found = [day_of(each.day, today) for each in days]
    if not 0 < len(found) <= 2 or None in found:
        return None
    first, last = (found[0] if len(found) == 2 else today), found[-1]
    if first is None or last is None:
        return None
    if last < first and not says_year(days[-1].day):
        last = last.replace(year=last.year + 1)
    clock = days[-1].clock
    end = clock.at if clock and not clock.edge else CLOSES
    return (
        datetime.combine(first, OPENS, rounds.zone),
        datetime.combine(last, end, rounds.zone),
    )


def opening_problem(
    rounds: Rounds, year: int, moments: tuple[datetime, datetime], now: datetime
) -> str:
    """Why such an exercise can't be opened; "" where it can."""
    opens, deadline = moments
    if not rounds.departments:
        return say("round_open_no_departments")
    if any(each.year == year for each in rounds.running):
        return say("round_open_there", year=year)
    if deadline <= opens:
        return say("round_open_order")
    if deadline <= now:
        return say("round_move_past", deadline=moment_text(rounds, deadline, now))
    return ""


def _standard(rounds: Rounds, words: str) -> Offered | None:
    """The standard that was named, the only one where none was; None where it is not clear."""
    named = [each for each in rounds.standards if each.name in words or each.title in words]
    left = words
    for each in named:
        left = left.replace(each.title, "").replace(each.name, "")
    if unread(left):
        return None
    found = named or list(rounds.standards)
    return found[0] if len(found) == 1 else None


def _listed(standards: tuple[Offered, ...]) -> str:
    return join([say("round_standard", name=each.name, title=each.title) for each in standards])


def _last_year(rounds: Rounds, now: datetime) -> int:
    return local_day(rounds, now).year - 1

"""截止改到, 推迟, 提前: another deadline for everybody who has none of their own."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs.rounds.orders import MoveDeadline
from dialogs.rounds.proposals import Option, Proposal
from dialogs.rounds.target import target, turns_back
from dialogs.rounds.telling import (
    day_off_line,
    day_text,
    local_day,
    moment_text,
    names_text,
    owed,
    plain_day,
    shifted,
    told_line,
    turned_back,
    unannounced_line,
)
from dialogs.rounds.view import Round, RoundForm, Rounds
from dialogs.understand.aims import Aim
from dialogs.wording import say


def propose_move(
    rounds: Rounds, round_: Round, aim: Aim, now: datetime, later: bool | None = None
) -> Proposal | str:
    """The move with what it changes and for how many, or why it can't be. `later` is whether a
    later day was spoken of, or an earlier one, and None for neither."""
    deadline = target(rounds, aim, round_.deadline, now)
    if deadline is None:
        return say("round_no_day")
    shown = moment_text(rounds, deadline, now)
    if deadline == round_.deadline:
        return say("round_move_same", deadline=shown)
    if deadline <= now:
        return say("round_move_past", deadline=shown)
    if deadline <= round_.opens_at:
        return say("round_move_early", opens=moment_text(rounds, round_.opens_at, now))
    if turns_back(later, round_.deadline, deadline):
        return turned_back(rounds, "", round_.deadline, deadline, now)
    today = local_day(rounds, now)
    lines = (
        say(
            "round_move",
            cycle=round_.name,
            before=moment_text(rounds, round_.deadline, now),
            after=shown,
            shift=shifted(rounds, round_.deadline, deadline),
        ),
        day_off_line(rounds, local_day(rounds, deadline), today),
        *_extensions(rounds, round_, deadline, now),
        told_line(rounds, _concerned(round_, deadline), now),
        unannounced_line(rounds, today, local_day(rounds, deadline)),
    )
    options = [
        _option(rounds, round_, each, now) for each in _choices(rounds, deadline, round_.deadline)
    ]
    return Proposal(say("round_move_title"), lines, tuple(options), say("round_no"))


def _choices(rounds: Rounds, deadline: datetime, stands: datetime) -> list[datetime]:
    """The deadline, and where nobody works then, the same time on the next working day, unless
    that is how it stands."""
    day = local_day(rounds, deadline)
    if rounds.days.is_working_day(day):
        return [deadline]
    worked = deadline + timedelta(days=(rounds.days.next_working_day(day) - day).days)
    return [deadline] if worked == stands else [deadline, worked]


def _option(rounds: Rounds, round_: Round, deadline: datetime, now: datetime) -> Option:
    label = say(
        "round_move_yes", day=plain_day(local_day(rounds, deadline), local_day(rounds, now))
    )
    done = say("round_move_done", deadline=moment_text(rounds, deadline, now))
    return Option(label, MoveDeadline(round_.id, deadline, round_.version), done)


def _extensions(rounds: Rounds, round_: Round, deadline: datetime, now: datetime) -> list[str]:
    """What becomes of those who have a deadline of their own."""
    own = [form for form in round_.forms if form.extended]
    kept = [
        say("round_kept", department=form.department, until=_until(rounds, form, now))
        for form in own
        if form.deadline > deadline
    ]
    ended = [form.department for form in own if form.deadline <= deadline]
    lines = [say("round_move_keeps", names=names_text(kept))] if kept else []
    return lines + ([say("round_move_ends", names=names_text(ended))] if ended else [])


def _until(rounds: Rounds, form: RoundForm, now: datetime) -> str:
    return day_text(local_day(rounds, form.deadline), local_day(rounds, now))


def _concerned(round_: Round, deadline: datetime) -> list[RoundForm]:
    return [form for form in owed(round_) if not form.extended or form.deadline <= deadline]

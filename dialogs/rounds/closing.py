"""结束自评, 重新开放: the end of an exercise, and the way back."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from dialogs.rounds.orders import CloseCycle, ReopenCycle
from dialogs.rounds.proposals import Option, Proposal
from dialogs.rounds.telling import moment_text, names_text, owed, told_line
from dialogs.rounds.view import Round, Rounds
from dialogs.wording import join, say

_STATES = ("accepted", "delivered", "approved", "in_review", "drafting")


def propose_close(rounds: Rounds, round_: Round, now: datetime) -> Proposal | str:
    """The end, with how many are where, and who has not handed in."""
    if round_.opens_at > now:
        return say("round_close_not_begun", cycle=round_.name)
    counts = Counter(form.state for form in round_.forms)
    states = [
        say("round_close_count", state=say(f"state_name_{state}"), count=counts[state])
        for state in _STATES
        if counts[state]
    ]
    late = [form.department for form in owed(round_)]
    lines = (
        say("round_close", cycle=round_.name, states=join(states) or say("round_close_nobody")),
        say("round_close_missing", names=names_text(late), count=len(late)) if late else "",
        say("round_close_means"),
        say("round_close_early", deadline=moment_text(rounds, round_.deadline, now))
        if round_.deadline > now
        else "",
        told_line(rounds, owed(round_), now) if late else "",
    )
    option = Option(
        say("round_close_yes"),
        CloseCycle(round_.id, round_.version),
        say("round_close_done", cycle=round_.name),
    )
    return Proposal(say("round_close_title"), lines, (option,), say("round_no"))


def propose_reopening(rounds: Rounds, round_: Round, now: datetime) -> Proposal | str:
    """The way back: all goes on where it was."""
    if any(each.year == round_.year for each in rounds.running):
        return say("round_open_there", year=round_.year)
    deadline = moment_text(rounds, round_.deadline, now)
    lines = [say("round_reopen", cycle=round_.name, deadline=deadline)]
    lines += [say("round_reopen_late")] if round_.deadline <= now else []
    done = say("round_reopen_done", cycle=round_.name)
    option = Option(say("round_reopen_yes"), ReopenCycle(round_.id), done)
    return Proposal(say("round_reopen_title"), tuple(lines), (option,), say("round_no"))

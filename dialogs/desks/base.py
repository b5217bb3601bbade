"""What everything said at a desk has in common: the forms that wait, and how they are named."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.approval import turn, whom
from dialogs.bubbles import Words
from dialogs.case import Desk, Role, Waiting
from dialogs.paper import state_name
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.plain_text import BETWEEN
from dialogs.wording import say
from scoring.engine import score

STATE = {Role.REVIEWER: "in_review", Role.FINANCE: "delivered"}
_LONGEST_NUMBER = 4
_SHORTEST_NAME = 3


def reply(state: State, text: str) -> Step:
    """Says something and does nothing."""
    return Step(state, (), (Words(text),))


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """The forms that wait for this person in this role: in a chain of reviewers, those whose turn
    it is theirs."""
    wanted = STATE.get(desk.role)
    return tuple(w for w in desk.forms if w.form.state == wanted and w.mine)


def with_others(desk: Desk) -> list[str]:
    """A line for each form that another rank of reviewers has now."""
    found = [w for w in desk.forms if desk.role is Role.REVIEWER and not w.mine]
    lines = [(w, turn(w.chain)) for w in found if w.form.state == STATE[Role.REVIEWER]]
    return [
        say("desk_elsewhere", department=w.form.department, whom=whom(link))
        for w, link in lines
        if link
    ]


def listed(forms: Sequence[Waiting]) -> list[str]:
    """Forms in a numbered list, one line each."""
    return [
        say(
            "desk_item",
            number=number,
            department=w.form.department,
            score=score(w.standard, w.answers).total.low,
        )
        for number, w in enumerate(forms, start=1)
    ]


def not_waiting(found: Waiting) -> str:
    """Where a form is that doesn't wait here."""
    link = turn(found.chain)
    if found.form.state == STATE[Role.REVIEWER] and link and not found.mine:
        return say("desk_not_yours", department=found.form.department, whom=whom(link))
    name = state_name(found.form)
    return say("desk_not_waiting", department=found.form.department, state=name)


def form_meant(forms: Sequence[Waiting], said: str) -> tuple[Waiting | None, str]:
    """The form that is meant by name or number, and the words that remain; None where it is not
    clear. Where there is only one, it is meant."""
    for w in forms:
        if said.startswith(w.form.department):
            return w, said.removeprefix(w.form.department).strip(BETWEEN)
    first, _, rest = said.partition(next((c for c in said if c in BETWEEN), " "))
    if len(forms) == 1:
        other = rest.strip(BETWEEN) and _is_name(first) and not _is_called(forms[0], first)
        return (None, said) if other else (forms[0], _without_name(forms[0], said))
    if first.isascii() and first.isdigit() and len(first) <= _LONGEST_NUMBER:
        chosen = list(forms[int(first) - 1 : int(first)] if int(first) else ())
    else:
        chosen = [w for w in forms if _is_called(w, first)]
    return (chosen[0], rest.strip(BETWEEN)) if len(chosen) == 1 else (None, said)


def _without_name(found: Waiting, said: str) -> str:
    """The words behind a short name of the department, which need not have been said."""
    end = next((at for at, character in enumerate(said) if character in BETWEEN), len(said))
    return said[end:].strip(BETWEEN) if _is_called(found, said[:end]) else said


def _is_called(found: Waiting, said: str) -> bool:
    """Whether this is a short name of the department, also one that leaves characters out:
    文旅局 for 文化广电旅游体育局."""
    rest = iter(found.form.department)
    return len(said) >= _SHORTEST_NAME and all(character in rest for character in said)


def _is_name(said: str) -> bool:
    """Whether a word looks like the name of a department at all."""
    return len(said) >= _SHORTEST_NAME and said.endswith(tuple(say("department_ends").split()))

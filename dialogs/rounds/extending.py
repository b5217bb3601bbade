"""延期, 取消延期: a deadline of their own for single departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.rounds.orders import ExtendForms, Extension
from dialogs.rounds.proposals import Option, Proposal
from dialogs.rounds.target import target, turns_back
from dialogs.rounds.telling import (
    day_off_line,
    local_day,
    moment_text,
    names_text,
    shifted,
    told_line,
    turned_back,
    unannounced_line,
)
from dialogs.rounds.view import Round, RoundForm, Rounds
from dialogs.understand.aims import Aim
from dialogs.wording import say


def propose_extension(
    rounds: Rounds,
    round_: Round,
    forms: Sequence[RoundForm],
    aim: Aim,
    now: datetime,
    later: bool | None = None,
) -> Proposal | str:
    """The extension of these forms, each from where its deadline stands, or why it can't be.
    `later` is whether a later day was spoken of, or an earlier one, and None for neither."""
    found = [form for form in forms if form.is_owed]
    needless = [form.department for form in forms if not form.is_owed]
    skipped = say("round_extend_needless", names=names_text(needless)) if needless else ""
    if not found:
        return skipped or say("round_extend_none")
    changes = []
    for form in found:
        until = target(rounds, aim, _stands(form), now)
        problem = _problem(rounds, form, until, now)
        if until is None or problem:
            return problem or say("round_no_day")
        if turns_back(later, _stands(form), until):
            return turned_back(rounds, form.department, _stands(form), until, now)
        changes.append((form, until))
    order = ExtendForms(round_.id, tuple(_extension(round_, *change) for change in changes))
    lines = (
        *_lines(rounds, round_, changes, now),
        skipped,
        told_line(rounds, found, now),
        _years(rounds, changes, now),
    )
    done = say("round_extend_done", names=names_text([form.department for form in found]))
    option = Option(say("round_extend_yes"), order, done)
    return Proposal(say("round_extend_title"), lines, (option,), say("round_extend_no"))


def propose_end_of_extension(
    rounds: Rounds, round_: Round, forms: Sequence[RoundForm], now: datetime
) -> Proposal | str:
    """The deadline of all again for these forms."""
    found = [form for form in forms if form.extended]
    if not found:
        names = [form.department for form in forms]
        return say("round_unextend_none", names=names_text(names))
    lines = [
        say(
            "round_unextend",
            department=form.department,
            before=moment_text(rounds, form.deadline, now),
            after=moment_text(rounds, round_.deadline, now),
        )
        for form in found
    ]
    lines += [say("round_unextend_late")] if round_.deadline <= now else []
    lines += [told_line(rounds, [form for form in found if form.is_owed], now)]
    extensions = tuple(Extension(form.form_id, form.deadline, None) for form in found)
    shown = names_text([form.department for form in found])
    done = say("round_unextend_done", names=shown)
    option = Option(say("round_unextend_yes"), ExtendForms(round_.id, extensions), done)
    return Proposal(say("round_unextend_title"), tuple(lines), (option,), say("round_no"))


def _stands(form: RoundForm) -> datetime:
    """What counts for the form now: once it came back, when it is to be there again."""
    return form.due or form.deadline


def _problem(rounds: Rounds, form: RoundForm, until: datetime | None, now: datetime) -> str:
    if until is None:
        return say("round_no_day")
    numbers = {"department": form.department, "until": moment_text(rounds, until, now)}
    if until <= now:
        return say("round_extend_past", **numbers)
    return say("round_extend_same", **numbers) if until == _stands(form) else ""


def _extension(round_: Round, form: RoundForm, until: datetime) -> Extension:
    """One that ends with the deadline of all is none."""
    if form.due:
        return Extension(form.form_id, form.due, until, returned=True)
    own = form.extended and until == round_.deadline
    return Extension(form.form_id, form.deadline, None if own else until)


def _lines(
    rounds: Rounds, round_: Round, changes: Sequence[tuple[RoundForm, datetime]], now: datetime
) -> list[str]:
    """From when to when, departments that have the same put together."""
    groups: dict[tuple[datetime, datetime, bool], list[str]] = {}
    for form, until in changes:
        key = (_stands(form), until, form.due is not None)
        groups.setdefault(key, []).append(form.department)
    lines = []
    for (before, until, returned), names in groups.items():
        numbers = {
            "names": names_text(names),
            "before": moment_text(rounds, before, now),
            "after": moment_text(rounds, until, now),
            "shift": shifted(rounds, before, until),
        }
        lines.append(say("round_extend_returned" if returned else "round_extend", **numbers))
        lines.append(day_off_line(rounds, local_day(rounds, until), local_day(rounds, now)))
        if not returned and until < round_.deadline:
            deadline = moment_text(rounds, round_.deadline, now)
            lines.append(say("round_extend_before_all", deadline=deadline))
    return lines


def _years(rounds: Rounds, changes: Sequence[tuple[RoundForm, datetime]], now: datetime) -> str:
    last = max(until for _, until in changes)
    return unannounced_line(rounds, local_day(rounds, now), local_day(rounds, last))

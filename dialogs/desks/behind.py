"""How far the forms on a desk are, and who could be reminded of them.

A form is behind (落后) where less of its questions is answered than of its working days is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.agenda import Progress, progress
from dialogs.case import Desk, FormView, Waiting
from dialogs.hours import Behind, Whom
from dialogs.paper import state_name
from dialogs.understand.nudging import Group
from dialogs.wording import join, say

DRAFTING, IN_REVIEW = "drafting", "in_review"


@dataclass(frozen=True)
class Target:
    """A form, the people who would be reminded of it (none: see `why`), and the reason."""

    form: FormView
    people: tuple[Whom, ...]
    why: str
    nudged: bool = False


def forms_of(desk: Desk, group: Group, now: datetime) -> tuple[Waiting, ...]:
    """The forms on a desk that stand so."""
    return tuple(w for w in desk.forms if _stands_so(w, behind_of(desk, w), group, now))


def behind_of(desk: Desk, waiting: Waiting) -> Behind:
    """What is known of a form for 催办."""
    empty = Behind(waiting.form.id)
    return next((each for each in desk.behind if each.form_id == waiting.form.id), empty)


def far(waiting: Waiting) -> Progress:
    """How far a form is, in questions."""
    return progress(waiting.standard, waiting.answers)


def is_late(form: FormView, now: datetime) -> bool:
    """Whether a form should have been sent in."""
    return form.state == DRAFTING and now > (form.due or form.deadline)


def is_behind(waiting: Waiting, behind: Behind, now: datetime) -> bool:
    """Whether less of a form is done than of its working days is over."""
    if waiting.form.state != DRAFTING:
        return False
    done = far(waiting)
    return is_late(waiting.form, now) or done.done * behind.days < behind.gone * done.total


def _stands_so(waiting: Waiting, behind: Behind, group: Group, now: datetime) -> bool:
    if waiting.form.state != DRAFTING:
        return False
    match group:
        case Group.BEHIND:
            return is_behind(waiting, behind, now)
        case Group.IDLE:
            return not waiting.answers
        case Group.LATE:
            return is_late(waiting.form, now)
        case Group.OPEN:
            return True


def target_of(desk: Desk, waiting: Waiting, of_reviewer: bool, now: datetime) -> Target:
    """Whom to remind of a form and why; nobody where there is nothing for them to do."""
    form, behind = waiting.form, behind_of(desk, waiting)
    people: tuple[Whom, ...] = ()
    if form.state == DRAFTING:
        people = behind.reviewers if of_reviewer else behind.receivers
    elif form.state == IN_REVIEW and of_reviewer:
        people = behind.receivers
    return Target(form, people, _why(waiting, behind, now), behind.nudged)


def _why(waiting: Waiting, behind: Behind, now: datetime) -> str:
    form = waiting.form
    if form.state != DRAFTING:
        return state_name(form)
    done = far(waiting)
    numbers = {"done": done.done, "total": done.total}
    if done.done == done.total:
        return say("nudge_why_full")
    if is_late(form, now):
        return say("nudge_why_late", **numbers)
    gone = behind.gone * 100 // behind.days if behind.days else 0
    return say("nudge_why", gone=gone, **numbers)


def left_out(targets: Sequence[Target], of_reviewer: bool) -> list[str]:
    """Lines for the forms of which nobody would be reminded, and why not."""
    lines = []
    idle = [each for each in targets if not each.people]
    asked = [each.form.department for each in idle if each.form.state == IN_REVIEW]
    if asked and not of_reviewer:
        lines.append(say("nudge_in_review", names=join(asked), example=asked[0]))
    nobody = [each for each in idle if each.form.state == DRAFTING]
    nobody += [each for each in idle if each.form.state == IN_REVIEW and of_reviewer]
    if nobody:
        names = join([each.form.department for each in nobody])
        lines.append(say("nudge_no_receiver", names=names))
    over = [each.form.department for each in idle if each.form.state not in (DRAFTING, IN_REVIEW)]
    if over:
        lines.append(say("nudge_settled", names=join(over)))
    return lines

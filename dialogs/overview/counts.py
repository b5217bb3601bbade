"""Where the forms of a cycle are and what has happened to them, counted and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogs.overview.status import Overview, Status
from dialogs.paper import state_name
from dialogs.wording import join, say

STATES = ("drafting", "in_review", "approved", "delivered", "accepted")
_ACTS = ("send_in", "withdraw", "send_back", "disown", "deliver", "return_form", "accept")


def states(found: Sequence[Status]) -> str:
    """填报中41个（9个一题没填），待审核8个…"""
    parts = []
    for state in STATES:
        here = [status for status in found if status.form.state == state]
        for name in dict.fromkeys(state_name(status.form) for status in here):
            named = [status for status in here if state_name(status.form) == name]
            parts.append(_counted(name, named))
    return join(parts)


def _counted(name: str, found: Sequence[Status]) -> str:
    untouched = sum(is_untouched(status) for status in found)
    code = "digest_state_untouched" if untouched else "digest_state"
    return say(code, state=name, count=len(found), untouched=untouched)


def is_untouched(status: Status) -> bool:
    """Whether nobody has answered or given anything yet."""
    return status.form.state == "drafting" and not status.begun


def percent(found: Sequence[Status]) -> int:
    """How much is filled in on average; what was sent in is whole."""
    each = [s.measure.percent if s.form.state == "drafting" else 100 for s in found]
    return sum(each) // len(each) if each else 0


def moment(at: datetime) -> str:
    """6月15日18:00."""
    return say("digest_deadline", month=at.month, day=at.day, time=f"{at:%H:%M}")


def day(at: datetime) -> str:
    return say("month_day", month=at.month, day=at.day)


def time_left(status: Status) -> str:
    """还有8个工作日; of a time that is over how long it has been."""
    if status.overdue:
        count = -status.left
        return say("digest_left_over", count=count) if count else say("digest_left_just_over")
    return say("digest_left", count=status.left) if status.left else say("digest_left_today")


def happened(found: Sequence[Status], names: Mapping[int, str], most: int = 0) -> str:
    """What has happened to these forms since the last digest; with `most` each with so many
    names. "" where nothing has."""
    parts = []
    for act in _ACTS:
        acted = [status for status in found if act in status.since.acts]
        if acted:
            told = say("digest_since_act", act=say(f"digest_act_{act}"), count=len(acted))
            parts.append(_named(told, acted, names, most))
    filled = [status for status in found if status.since.answered]
    if filled:
        parts.append(say("digest_since_filled", count=len(filled)))
    files = [status for status in found if status.since.files]
    if files:
        parts.append(say("digest_since_files", count=len(files)))
    return join(parts)


def _named(told: str, found: Sequence[Status], names: Mapping[int, str], most: int) -> str:
    if not most:
        return told
    shown = join([names[status.form.id] for status in found[:most]])
    if len(found) > most:
        shown = say("digest_since_etc", names=shown)
    return say("digest_since_names", what=told, names=shown)


def since_told(overview: Overview, found: Sequence[Status], names: Mapping[int, str]) -> str:
    """The line about what is new since the last digest."""
    what = happened(found, names, 3) or say("digest_since_nothing")
    if overview.since is None:
        return say("digest_since_ever", what=what)
    return say("digest_since", day=day(overview.since), what=what)

"""What a digest says: short enough for a card, the rest is a tap away."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.bubbles import Choice
from dialogs.cards import NOTE_LIMIT
from dialogs.overview.counts import day, happened, moment, percent, states, time_left
from dialogs.overview.lines import typical_of
from dialogs.overview.names import short_names
from dialogs.overview.status import Overview, Status, Trouble
from dialogs.overview.troubles import told, trouble_told
from dialogs.paper import state_name
from dialogs.understand.digest import Topic
from dialogs.wording import join, say

_MOST_WEEKLY = 12


def daily_title(overview: Overview) -> str:
    return say("digest_card_title", day=day(overview.at))


def daily_lines(overview: Overview) -> tuple[str, ...]:
    """Who is where, how long there is, what is new, and whom to look at: as many names as fit."""
    lines = []
    for cycle, found in overview.cycles.items():
        named = [cycle] if len(overview.cycles) > 1 else []
        lines += [*named, say("digest_states", states=states(found), percent=percent(found))]
        lines.append(_due(found))
    what = happened(overview.statuses, short_names([s.form for s in overview.statuses]))
    if what:
        lines.append(say("digest_card_since", what=what))
    room = NOTE_LIMIT - sum(len(line) + 1 for line in lines)
    lines.append(_amiss(overview, room))
    return tuple(lines)


def daily_choices() -> tuple[Choice, ...]:
    """What can be tapped; each can also be said."""
    return (
        Choice(Topic.AMISS, say("digest_button_amiss")),
        Choice(Topic.IDLE, say("digest_button_idle")),
        Choice(Topic.EXPORT, say("digest_button_export")),
    )


def weekly_title(overview: Overview) -> str:
    """The department where it is the only one."""
    if len(overview.statuses) == 1:
        return say("digest_week_title", department=overview.statuses[0].name)
    return say("digest_week_title_many")


def weekly_lines(overview: Overview) -> tuple[str, ...]:
    """A line for each department, those with something amiss first, and what the week brought."""
    names = short_names([status.form for status in overview.statuses])
    found = [*overview.amiss, *(s for s in overview.statuses if not s.troubles)]
    lines = [_week(status, names[status.form.id]) for status in found[:_MOST_WEEKLY]]
    what = happened(overview.statuses, names, 3) or say("digest_since_nothing")
    lines.append(say("digest_week_since", what=what))
    owed = [s for s in overview.statuses if s.form.state not in ("delivered", "accepted")]
    return (*lines, *([_due(owed)] if owed else []))


def _due(found: Sequence[Status]) -> str:
    typical = typical_of(found)
    deadline = moment(typical.form.deadline.astimezone(typical.limit.tzinfo))
    return say("digest_card_left", deadline=deadline, left=time_left(typical))


def _amiss(overview: Overview, room: int) -> str:
    """Those with something amiss, the gravest first, as many as there is room for."""
    found = overview.amiss
    if not found:
        return say("digest_amiss_none")
    names = short_names([status.form for status in overview.statuses])
    parts = [
        say(
            "digest_card_one",
            department=names[status.form.id],
            what=trouble_told(status, Trouble(status.troubles[0])),
        )
        for status in found
    ]
    for count in range(len(parts), 0, -1):
        shown = join(parts[:count])
        if count < len(parts):
            shown = say("digest_since_etc", names=shown)
        line = say("digest_card_amiss", count=len(found), names=shown)
        if len(line) <= room:
            return line
    return say("digest_card_amiss_only", count=len(found))


def _week(status: Status, name: str) -> str:
    more = say("digest_week_trouble", what=told(status, 2)) if status.troubles else ""
    return say(
        "digest_week_line",
        department=name,
        state=state_name(status.form),
        percent=status.measure.percent,
        points=status.measure.so_far,
        more=more,
    )

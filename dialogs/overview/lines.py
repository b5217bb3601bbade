"""The forms in words, as a coordinator reads them in the chat: never more than a screenful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dialogs.overview.counts import (
    is_untouched,
    moment,
    percent,
    since_told,
    states,
    time_left,
)
from dialogs.overview.names import short_names
from dialogs.overview.status import Overview, Status, Trouble
from dialogs.overview.troubles import told, trouble_told, who, with_trouble
from dialogs.wording import join, say

_MOST_SHORT, _MOST_LONG = 6, 20
_MOST_NAMES = 40
_THERE = ("delivered", "accepted")
"""Where finance has the report."""


def summary(overview: Overview) -> str:
    """进度: counts, what needs attention, what is new; a part for each cycle."""
    if not overview.statuses:
        return say("digest_nothing")
    names = short_names([status.form for status in overview.statuses])
    parts = [_cycle(overview, name, found, names) for name, found in overview.cycles.items()]
    notes = [] if overview.announced else [unannounced(overview)]
    return "\n".join([*parts, *notes, say("digest_how")])


def _cycle(
    overview: Overview, cycle: str, found: Sequence[Status], names: Mapping[int, str]
) -> str:
    lines = [title(cycle, found), counted(found)]
    amiss = [status for status in overview.amiss if status.cycle == cycle]
    lines += attention(amiss, names) or [say("digest_amiss_none")]
    return "\n".join([*lines, since_told(overview, found, names)])


def title(cycle: str, found: Sequence[Status]) -> str:
    """The cycle with the deadline that most departments have."""
    typical = typical_of(found)
    moved = sum(status.form.deadline > typical.form.deadline for status in found)
    return say(
        "digest_title",
        cycle=cycle,
        count=len(found),
        deadline=moment(typical.form.deadline.astimezone(typical.limit.tzinfo)),
        left=time_left(typical),
        moved=say("digest_moved", count=moved) if moved else "",
    )


def typical_of(found: Sequence[Status]) -> Status:
    """A form with the deadline that most have; rather one without a time of its own, as those
    have that came back."""
    common = Counter(status.form.deadline for status in found).most_common(1)[0][0]
    those = [status for status in found if status.form.deadline == common]
    return next((each for each in those if each.limit == common), those[0])


def counted(found: Sequence[Status]) -> str:
    """Who is where, in numbers."""
    return say("digest_states", states=states(found), percent=percent(found))


def attention(amiss: Sequence[Status], names: Mapping[int, str]) -> list[str]:
    """The first of those with something amiss, and how many more there are."""
    if not amiss:
        return []
    lines = [say("digest_amiss", count=len(amiss)), *_numbered(amiss[:_MOST_SHORT], names, 2)]
    left = len(amiss) - _MOST_SHORT
    return [*lines, say("digest_amiss_more", count=left)] if left > 0 else lines


def amiss(overview: Overview, kind: str = "") -> str:
    """需要留意的, or those with one kind of trouble, one line each."""
    found = with_trouble(overview, kind)
    if not found:
        if not kind:
            return say("digest_amiss_none")
        return say("digest_kind_none", kind=say(f"digest_kind_{kind}"))
    names = short_names([status.form for status in overview.statuses])
    numbers = {"count": len(found)}
    head = say("digest_amiss", **numbers)
    if kind:
        head = say("digest_kind_some", kind=say(f"digest_kind_{kind}"), **numbers)
    lines = [head, *_numbered(found[:_MOST_LONG], names, only=kind)]
    if len(found) > _MOST_LONG:
        lines.append(say("digest_amiss_cut", count=len(found) - _MOST_LONG))
    return "\n".join(lines)


def _numbered(
    found: Sequence[Status], names: Mapping[int, str], most: int = 0, only: str = ""
) -> list[str]:
    return [
        say(
            "digest_amiss_line",
            number=number,
            department=names[status.form.id],
            who=who(status.people.contacts[:2]),
            what=trouble_told(status, Trouble(only)) if only else told(status, most),
        )
        for number, status in enumerate(found, start=1)
    ]


def idle(overview: Overview, days: int = 0) -> str:
    """谁没动: where nothing was ever answered, and where nothing has come for some days; with
    `days` only that."""
    names = short_names([status.form for status in overview.statuses])
    drafting = [status for status in overview.statuses if status.form.state == "drafting"]
    limit = days or (drafting[0].stuck_after if drafting else 1)
    lines = []
    if days:
        still = [status for status in drafting if status.idle >= days]
    else:
        untouched = [status for status in drafting if is_untouched(status)]
        still = [s for s in drafting if not is_untouched(s) and s.idle >= limit]
        if untouched:
            shown = _names(untouched, names, with_days=False)
            lines.append(say("digest_untouched", count=len(untouched), names=shown))
    if still:
        code = "digest_idle_days" if days else "digest_idle"
        shown = _names(still, names, with_days=True)
        lines.append(say(code, days=limit, count=len(still), names=shown))
    if not lines:
        return say("digest_idle_none", days=limit)
    return "\n".join([*lines, say("digest_idle_how")])


def _names(found: Sequence[Status], names: Mapping[int, str], *, with_days: bool) -> str:
    found = sorted(found, key=lambda status: -status.idle)
    shown = [
        say("digest_idle_one", name=names[status.form.id], days=status.idle)
        if with_days
        else names[status.form.id] + who(status.people.contacts[:1])
        for status in found[:_MOST_NAMES]
    ]
    if len(found) > _MOST_NAMES:
        return say("digest_names_etc", names=join(shown), count=len(found))
    return join(shown)


def changes(overview: Overview) -> str:
    """What is new since the last digest."""
    names = short_names([status.form for status in overview.statuses])
    return since_told(overview, overview.statuses, names)


def unannounced(overview: Overview) -> str:
    """That holidays of a year are not known yet."""
    years = [status.limit.year for status in overview.statuses]
    return say("digest_unannounced", year=max([overview.at.year, *years]))


def handed_in(overview: Overview, *, owed: bool) -> str:
    """谁报了, or, if `owed`, 谁还没报: by the state in which they are."""
    if not overview.statuses:
        return say("digest_nothing")
    names = short_names([status.form for status in overview.statuses])
    found = [status for status in overview.statuses if (status.form.state not in _THERE) == owed]
    if not found:
        return say("digest_owed_none" if owed else "digest_there_none")
    code = "digest_owed" if owed else "digest_there"
    lines = [say(code, count=len(found), total=len(overview.statuses))]
    for state in dict.fromkeys(status.form.state for status in found):
        those = [names[status.form.id] for status in found if status.form.state == state]
        shown = join(those[:_MOST_NAMES])
        if len(those) > _MOST_NAMES:
            shown = say("digest_names_etc", names=shown, count=len(those))
        lines.append(
            say("digest_in_state", state=say(f"state_name_{state}"), count=len(those), names=shown)
        )
    return "\n".join(lines)

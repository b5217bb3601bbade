"""What is amiss with a form, in words."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.overview.status import Overview, Status, Trouble
from dialogs.paper import state_name
from dialogs.wording import clauses, join, say


def told(status: Status, most: int = 0) -> str:
    """All that is amiss, the gravest first; with `most` only so many of them."""
    found = status.troubles[:most] if most else status.troubles
    return clauses([trouble_told(status, each) for each in found])


def trouble_told(status: Status, trouble: Trouble) -> str:
    """One thing that is amiss, with its numbers."""
    match trouble:
        case Trouble.LATE:
            return _late(status)
        case Trouble.NOBODY:
            return say("trouble_nobody")
        case Trouble.BLOCKED:
            return say("trouble_blocked", count=len(status.measure.blockers))
        case Trouble.FALLING:
            return say("trouble_falling", points=status.fell)
        case Trouble.STUCK:
            return _stuck(status)
        case Trouble.UNPROVED:
            count, points = len(status.measure.unproved), status.measure.unproved_points
            return say("trouble_unproved", count=count, points=points)


def with_trouble(overview: Overview, kind: str) -> tuple[Status, ...]:
    """The forms with this kind of trouble, "" for any, the gravest first."""
    return tuple(s for s in overview.amiss if not kind or Trouble(kind) in s.troubles)


def who(names: Sequence[str]) -> str:
    """Names in brackets; nothing for nobody."""
    return say("digest_who", names=join(list(names))) if names else ""


def _late(status: Status) -> str:
    days = -status.left
    late = say("trouble_late", count=days) if days else say("trouble_late_today")
    if status.form.state != "drafting":
        return say("trouble_late_state", late=late, state=state_name(status.form))
    left = status.measure.total - status.measure.done
    return say("trouble_late_open", late=late, left=left) if left else late


def _stuck(status: Status) -> str:
    if status.form.state == "in_review":
        return say("trouble_stuck_review", days=status.idle, who=who(status.turn))
    code = "trouble_stuck" if status.begun else "trouble_stuck_untouched"
    return say(code, days=status.idle)

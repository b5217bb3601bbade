"""进度 of one department: how far it is, who has it, what is missing and amiss, what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.overview.counts import day, moment, time_left
from dialogs.overview.status import Handed, Status
from dialogs.paper import state_name
from dialogs.wording import join, say, shortened

_MOST = 5
_WORDS = 60


def one(status: Status, short: str) -> str:
    """All about one form; `short` is how its department is called in a command."""
    blocks = (
        [_head(status), _due(status)],
        _people(status),
        _missing(status),
        _handed(status),
        _amiss(status),
        [_next(status, short)],
    )
    return "\n".join(line for block in blocks for line in block if line)


def _head(status: Status) -> str:
    measure = status.measure
    code = "digest_one" if measure.high != measure.so_far else "digest_one_settled"
    return say(
        code,
        department=status.form.department,
        state=state_name(status.form),
        done=measure.done,
        total=measure.total,
        percent=measure.percent,
        points=measure.so_far,
        high=measure.high,
    )


def _due(status: Status) -> str:
    if status.form.state in ("delivered", "accepted"):
        return ""
    code = "digest_one_back" if status.form.due else "digest_one_due"
    told = say(code, deadline=moment(status.limit), left=time_left(status))
    if status.form.returned_words:
        words = shortened(status.form.returned_words, _WORDS)
        return told + "\n" + say("digest_one_words", words=words)
    return told


def _people(status: Status) -> list[str]:
    people = status.people
    leaders = [leader_told(each.title, each.name) for each in people.leaders]
    nobody = say("digest_people_nobody")
    lines = [say("digest_one_contacts", names=join(list(people.contacts)) or nobody)]
    if leaders:
        lines.append(say("digest_one_leaders", names=join(leaders)))
    return [*lines, say("digest_one_last", last=last_told(status))]


def leader_told(title: str, name: str) -> str:
    """A reviewer with what they are."""
    return say("digest_people_leader", title=title, name=name) if title else name


def last_told(status: Status) -> str:
    """What was done last, when and by whom."""
    last = status.last
    if last is None:
        return say("digest_one_never")
    at = f"{day(last.at)}{last.at:%H:%M}"
    return say("digest_last", day=at, who=last.by, what=say(f"digest_last_{last.what}"))


def _missing(status: Status) -> list[str]:
    if status.form.state != "drafting":
        return []
    owed = [section for section in status.measure.sections if section.open]
    if not owed:
        return []
    named = [say("digest_one_section", name=s.name, count=len(s.open)) for s in owed]
    count = sum(len(section.open) for section in owed)
    return [say("digest_one_missing", count=count, names=join(named))]


def _handed(status: Status) -> list[str]:
    if not status.handed or status.form.state != "drafting":
        return []
    return [say("digest_one_handed", names=_several([hand_told(each) for each in status.handed]))]


def hand_told(hand: Handed) -> str:
    """Who has what of a form, and how far they are."""
    done = hand.state == "accepted" and not hand.left
    code = "done" if done else hand.state
    return say(
        f"digest_hand_{code}", name=hand.name, scope=hand.scope, day=day(hand.since), left=hand.left
    )


def _amiss(status: Status) -> list[str]:
    measure, lines = status.measure, []
    if status.form.state == "drafting" and measure.blockers:
        lines.append(say("digest_one_blockers", count=len(measure.blockers)))
        lines += [say("digest_one_blocker", text=text) for text in measure.blockers[:_MOST]]
    if status.fell:
        lines.append(say("digest_one_fell", points=status.fell))
    if measure.unproved:
        count, points = len(measure.unproved), measure.unproved_points
        names = _several(measure.unproved)
        lines.append(say("digest_one_unproved", count=count, points=points, names=names))
    return lines


def _next(status: Status, short: str) -> str:
    names, state = join(list(status.people.contacts)), status.form.state
    if state == "drafting" and not names:
        return say("digest_next_nobody")
    if state == "drafting":
        code = "digest_next_ready" if not _missing(status) else "digest_next_drafting"
        return say(code, names=names, short=short)
    turn = join(list(status.turn)) or say("digest_people_nobody")
    return say(f"digest_next_{state}", names=turn, days=status.idle)


def _several(parts: Sequence[str]) -> str:
    """The first of an enumeration, and how many it is."""
    shown = join(list(parts[:_MOST]))
    return say("digest_etc", names=shown, count=len(parts)) if len(parts) > _MOST else shown

"""Where the review of a form stands at finance's desk: the list that 核定 gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dialogs import reviewed
from dialogs.case import Waiting
from dialogs.desks.base import reply
from dialogs.review_notices import change_line, day
from dialogs.reviewed import Given, Reckoned, Review
from dialogs.states import State
from dialogs.step import Step
from dialogs.wording import join, say
from scoring.standard import Standard

KIND = "review"


def review_of(found: Waiting) -> Review:
    """The review of a form that was looked up with it."""
    return found.review or Review()


def reckoned(found: Waiting) -> Reckoned:
    """What the review of a form comes to."""
    return reviewed.reckon(found.standard, found.answers, review_of(found))


def in_session(state: State, found: Waiting) -> State:
    """The state in which this form is the one that is spoken of."""
    return state.but(pending={"kind": KIND, "form": found.form.id})


def known_indicators(standard: Standard) -> Mapping[str, str]:
    """What indicators are called: codes of the second and third level, names, aliases."""
    known = {code: code for code, node in standard.nodes.items() if node.level > 1}
    for node in standard.indicators:
        known |= dict.fromkeys((node.name, *node.aliases), node.code)
    return known


def listed(state: State, found: Waiting, now: datetime) -> Step:
    """Where the review of a form stands, and how to go on."""
    review, reckon = review_of(found), reckoned(found)
    form = found.form
    lines = [
        say(
            "review_head",
            department=form.department,
            year=form.year,
            version=form.version,
            own=reckon.own.total.low,
            own_grade=reckon.own_grade,
            total=reckon.total,
            grade=reckon.grade,
        )
    ]
    lines += changed_lines(reckon, review.points) or [say("review_no_changes")]
    if reckon.undecided:
        lines.append(say("review_undecided", codes=join(list(reckon.undecided))))
    if review.earlier and not review.points:
        lines.append(say("review_earlier", codes=join(list(review.earlier))))
    lines += _standing(review, now)
    lines.append(say("review_how", code=_example(reckon)))
    if link := found.links.get("review", ""):
        lines.append(say("review_page", link=link))
    return reply(in_session(state, found), "\n".join(lines))


def changed_lines(reckon: Reckoned, given: Mapping[str, Given]) -> list[str]:
    """A line for each indicator with points of finance's own, with the reason."""
    return [
        say("review_line_reason", line=change_line(each), reason=given[each.code].reason)
        for each in reckon.changes
    ]


def _standing(review: Review, now: datetime) -> list[str]:
    """What has been sent to the department, and what they said."""
    opinion = review.opinion
    if opinion is None:
        return []
    numbers = {"number": opinion.number, "total": opinion.total, "grade": opinion.grade}
    if opinion.final:
        return [say("review_standing_final", **numbers)]
    lines = []
    if opinion.until:
        code = "review_standing_open" if opinion.open_at(now) else "review_standing_over"
        lines.append(say(code, **numbers, day=day(opinion.until)))
    if opinion.waiting:
        codes = [each.indicator for each in opinion.waiting]
        lines.append(say("review_standing_waiting", codes=join(codes), first=codes[0]))
    return lines


def _example(reckon: Reckoned) -> str:
    """The code of an indicator that is likely to be spoken of: one that lost points."""
    lossy = reckon.own.lossy()
    return lossy[0] if lossy else reckon.own.indicators[0]

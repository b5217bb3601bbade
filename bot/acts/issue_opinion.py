"""复核意见: finance sends the department what it thinks of the report, with the reviewed points."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.acts.base import ActRefused, standing_of
from bot.acts.give_points import note, reviewable
from bot.phrases import listed
from bot.reviewing import review_of
from bot.services import Services
from dialogs.reviewed import OpinionView, Reckoned, Review, mark_of, reckon
from storage import reviewing, submissions, tasks
from storage.interviews import Standing
from storage.reviewing import Opinion


def issue_opinion(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    final: bool,
    seen: str,
    now: datetime,
) -> Opinion:
    """Orders the document; made, it goes to the department's contacts and reviewers.

    `seen` is the mark of what was shown before (`mark_of`): anything else is refused, so that a
    second tap sends nothing. A `final` one closes what a department has said against the last.
    """
    form = reviewable(tx, actor, form_id)
    standing = standing_of(tx, form_id)
    review = review_of(services, tx, standing, now)
    if seen != mark_of(review, form.version, final):
        raise ActRefused("review_moved")
    reckoned = _reckoned(services, tx, standing, review)
    check_ready(review, reckoned, final, now)
    # Where all points are the department's own there is nothing to object to.
    ends = final or not reckoned.changes
    until = None if ends else review.until
    made = (reckoned.total, reckoned.grade, actor, now, until, ends)
    opinion = reviewing.add_opinion(tx, form_id, form.version, *made)
    submission = submissions.latest(tx, form_id)
    payload = {"form_id": form_id, "opinion": opinion.id, "actor": actor}
    payload |= _told(review) | {"submission": submission.number if submission else None}
    tasks.add(tx, "opinion", payload, f"opinion:{opinion.id}", now)
    data: dict[str, object] = {"number": opinion.number, "total": str(opinion.total)}
    data |= {"grade": opinion.grade, "final": ends, "version": form.version}
    note(tx, form, "issue_opinion", actor, now, data=data)
    return opinion


def check_ready(review: Review, reckoned: Reckoned, final: bool, now: datetime) -> None:
    """Raises ActRefused where an opinion, or a final one, can't be sent yet."""
    opinion = review.opinion
    if reckoned.undecided:
        raise ActRefused("opinion_undecided", codes=listed(list(reckoned.undecided)))
    if not review.receivers:
        raise ActRefused("opinion_nobody")
    if opinion and opinion.waiting:
        raise ActRefused("opinion_appeals", codes=listed([e.indicator for e in opinion.waiting]))
    if not final:
        return
    if opinion is None:
        raise ActRefused("opinion_first")
    if opinion.final:
        raise ActRefused("opinion_ended")
    if opinion.open_at(now) and could_object(opinion, reckoned):
        raise ActRefused("opinion_early")


def could_object(opinion: OpinionView, reckoned: Reckoned) -> bool:
    """Whether there is a changed indicator on which the department has not said anything."""
    objected = {each.indicator for each in opinion.objections}
    return any(each.code not in objected for each in reckoned.changes)


def _reckoned(services: Services, tx: Connection, standing: Standing, review: Review) -> Reckoned:
    standard = services.shelf.standard(tx, standing.standard_hash)
    given = services.shelf.answers(tx, standing.form_id, standard)
    return reckon(standard, given, review)


def _told(review: Review) -> dict[str, Any]:
    """What the document says of this moment, whatever is changed before it is made."""
    return {
        "points": {c: [str(g.points), g.reason] for c, g in review.points.items()},
        "objections": [
            [each.indicator, each.words, bool(each.upheld), each.reply]
            for each in (review.opinion.objections if review.opinion else ())
        ],
    }

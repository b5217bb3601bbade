"""Finance's review of a delivered form: points of its own for each indicator, the opinion, and
the decision on what the department says against it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, request
from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.give_points import Wish, give_points
from bot.acts.issue_opinion import check_ready, issue_opinion
from bot.acts.settle_appeal import settle_appeal
from bot.phrases import listed, phrase
from bot.reviewing import with_review
from bot.services import Services
from bot.views import waiting_of
from bot.web.access import may_receive
from bot.web.decide import Line, indicator_lines
from bot.web.links import PREFIX
from bot.web.pages import Answer, Pages, Visit
from dialogs.case import Waiting
from dialogs.review_notices import change_line
from dialogs.reviewed import REVIEWABLE, Reckoned, Review, mark_of, reckon
from dialogs.understand.plain_text import narrow
from dialogs.understand.reviewing import read_figure
from scoring.reviewing import own_points
from scoring.tree import Basis
from scoring.wording import written
from storage.interviews import Standing

_POINTS, _REASON, _WAS = "points.", "reason.", "was."
_FINAL = "final"


@dataclass(frozen=True)
class Row:
    """An indicator as finance judges it: what the department says, and the fields as they stand
    or were typed. `was` is what stood when the page was made."""

    line: Line
    own: Decimal | None
    text: str
    formula: str
    doubt: str
    points: str
    reason: str
    was: str


def make_review(services: Services) -> Blueprint:
    """The page of finance alone."""
    pages = Pages(services, "review")

    def shown(tx: Connection, standing: Standing, visit: Visit) -> Waiting:
        form = waiting_of(services, tx, standing, visit.userid)
        return with_review(services, tx, form, standing, visit.now)

    def page(visit: Visit, tx: Connection, standing: Standing, problem: str = "") -> str:
        waiting = shown(tx, standing, visit)
        review = waiting.review or Review()
        is_open = standing.state in REVIEWABLE
        reckoned = reckon(waiting.standard, waiting.answers, review) if is_open else None
        return pages.render(
            "review.html",
            visit,
            standing,
            rows=_rows(tx, waiting, reckoned) if reckoned else [],
            reckoned=reckoned,
            review=review,
            grades=waiting.standard.grades,
            problem=problem,
            now=visit.now,
            points=written,
            change_line=change_line,
            changes={each.code: each for each in reckoned.changes} if reckoned else {},
        )

    @pages.form("/review/<int:form_id>", may_receive)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        return page(visit, tx, standing)

    @pages.form("/review/<int:form_id>/save", may_receive, post=True)
    def save(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        seen = request.form.get("version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
        try:
            wishes = _typed(shown(tx, standing, visit))
            given = (standing.form_id, version, wishes, visit.now)
            count = give_points(services, tx, visit.userid, *given)
        except ActRefused as refusal:
            # Nothing was written; what was typed stays in the fields.
            return page(visit, tx, standing, refusal.words)
        if request.form.get("then") in ("opinion", _FINAL):
            return pages.done(visit, standing, *_said(count), to=_preview(standing), count=count)
        return pages.done(visit, standing, *_said(count), count=count)

    @pages.form("/review/<int:form_id>/opinion", may_receive)
    def preview(visit: Visit, tx: Connection, standing: Standing) -> str:
        waiting = shown(tx, standing, visit)
        review = waiting.review or Review()
        final = request.args.get("final") == "1"
        reckoned = reckon(waiting.standard, waiting.answers, review)
        return pages.render(
            "opinion.html",
            visit,
            standing,
            review=review,
            reckoned=reckoned,
            final=final,
            problem=_problem(standing, review, reckoned, final, visit),
            mark=mark_of(review, standing.version, final),
            change_line=change_line,
            points=written,
        )

    @pages.form("/review/<int:form_id>/issue", may_receive, post=True)
    def issue(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        final, seen = request.form.get("kind") == _FINAL, request.form.get("seen", "")
        names = (shown(tx, standing, visit).review or Review()).receivers
        made = issue_opinion(services, tx, visit.userid, standing.form_id, final, seen, visit.now)
        told = listed(list(names))
        return pages.done(visit, standing, "review_issued", number=made.number, names=told)

    @pages.form("/review/<int:form_id>/settle", may_receive, post=True)
    def settle(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        code = request.form.get("indicator", "")
        upheld = request.form.get("decision") == "uphold"
        points = _figure(code, request.form.get("points", "")) if upheld else None
        words = request.form.get("reply", "")
        given = (standing.form_id, code, upheld, points, words, visit.now)
        settle_appeal(services, tx, visit.userid, *given)
        return pages.done(visit, standing, "review_settled", indicator=code)

    return pages.blueprint


def _said(count: int) -> tuple[str]:
    return ("review_saved",) if count else ("review_same",)


def _preview(standing: Standing) -> str:
    final = "?final=1" if request.form.get("then") == _FINAL else ""
    return f"{PREFIX}/review/{standing.form_id}/opinion{final}"


def _problem(
    standing: Standing, review: Review, reckoned: Reckoned, final: bool, visit: Visit
) -> str:
    """Why it can't be sent now; "" where it can."""
    if standing.state not in REVIEWABLE:
        state = phrase(f"state_{standing.state}")
        return ActRefused("not_reviewable", state=state).words
    try:
        check_ready(review, reckoned, final, visit.now)
    except ActRefused as refusal:
        return refusal.words
    return ""


def _figure(code: str, said: str) -> Decimal | None:
    """The number in a field, None for an empty one. Raises ActRefused for anything else."""
    typed = narrow(said)
    if not typed:
        return None
    figure = read_figure(typed)
    if figure is None:
        raise ActRefused("review_unreadable", said=code, given=typed[:20])
    return figure


def _typed(waiting: Waiting) -> list[Wish]:
    """What was changed on the page. Raises ActRefused where somebody else has changed it since:
    neither may be lost."""
    review, wishes = waiting.review or Review(), []
    for node in waiting.standard.indicators:
        code = node.code
        if _POINTS + code not in request.form:
            continue
        was = request.form.get(_WAS + code, "")
        points = _figure(code, request.form.get(_POINTS + code, ""))
        reason = request.form.get(_REASON + code, "").strip()
        if _stood(points, reason) == was:
            continue
        stands = review.points.get(code)
        if was != (_stood(stands.points, stands.reason) if stands else ""):
            raise ActRefused("review_changed_meanwhile", said=code)
        if points is None and reason and not (stands and stands.reason == reason):
            raise ActRefused("review_reason_alone", said=code)
        wishes.append(Wish(code, points, reason))
    return wishes


def _stood(points: Decimal | None, reason: str) -> str:
    """Points and reason in one line, so that a page can tell what it showed."""
    figure = "" if points is None else f"{points.normalize():f}"
    return f"{figure} {' '.join(reason.split())}".strip()


def _rows(tx: Connection, waiting: Waiting, reckoned: Reckoned) -> list[Row]:
    review, typed = waiting.review or Review(), request.form
    rows = []
    for line in indicator_lines(tx, waiting):
        node, given = waiting.standard.nodes[line.code], review.points.get(line.code)
        stands = _stands(given.points, given.reason) if given else ("", "")
        was = _stood(given.points, given.reason) if given else ""
        assumed = node.basis is Basis.ASSUMED
        rows.append(
            Row(
                line=line,
                own=own_points(reckoned.own[line.code]),
                text=node.text,
                formula=node.formula,
                doubt=(node.basis_note or phrase("review_assumed")) if assumed else "",
                points=typed.get(_POINTS + line.code, stands[0]),
                reason=typed.get(_REASON + line.code, stands[1]),
                was=typed.get(_WAS + line.code, was),
            )
        )
    return rows


def _stands(points: Decimal, reason: str) -> tuple[str, str]:
    return written(points), reason

"""The department's side of an opinion: what finance changed and why, and what is said to it."""

from __future__ import annotations

from flask import Blueprint, request
from sqlalchemy import Connection

from bot.acts.appeal import agree_opinion, appeal
from bot.acts.base import ActRefused
from bot.reviewing import with_review
from bot.services import Services
from bot.views import waiting_of
from bot.web.access import may_fill
from bot.web.pages import Answer, Pages, Visit
from dialogs.review_notices import change_line, day
from dialogs.reviewed import REVIEWABLE, Reckoned, Review, reckon
from scoring.wording import written
from storage.interviews import Standing

_WORDS = "words."


def make_appeal(services: Services) -> Blueprint:
    """The page of contacts."""
    pages = Pages(services, "appeal")

    def page(visit: Visit, tx: Connection, standing: Standing, problem: str = "") -> str:
        waiting = waiting_of(services, tx, standing, visit.userid)
        waiting = with_review(services, tx, waiting, standing, visit.now)
        review = waiting.review or Review()
        opinion = review.opinion if standing.state in REVIEWABLE else None
        reckoned: Reckoned | None = None
        if opinion:
            reckoned = reckon(waiting.standard, waiting.answers, review)
        return pages.render(
            "appeal.html",
            visit,
            standing,
            opinion=opinion,
            review=review,
            reckoned=reckoned,
            is_open=bool(opinion and opinion.open_at(visit.now)),
            objections={each.indicator: each for each in opinion.objections} if opinion else {},
            problem=problem,
            typed=request.form,
            until=day(opinion.until) if opinion and opinion.until else "",
            change_line=change_line,
            points=written,
        )

    @pages.form("/appeal/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        return page(visit, tx, standing)

    @pages.form("/appeal/<int:form_id>/say", may_fill, post=True)
    def say(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        said = [
            (field.removeprefix(_WORDS), words.strip())
            for field, words in request.form.items()
            if field.startswith(_WORDS) and words.strip()
        ]
        try:
            if not said:
                raise ActRefused("appeal_empty")
            with tx.begin_nested():
                appeal(services, tx, visit.userid, standing.form_id, said, visit.now)
        except ActRefused as refusal:
            return page(visit, tx, standing, refusal.words)
        return pages.done(visit, standing, "appeal_given", count=len(said))

    @pages.form("/appeal/<int:form_id>/agree", may_fill, post=True)
    def agree(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        agree_opinion(services, tx, visit.userid, standing.form_id, visit.now)
        return pages.done(visit, standing, "appeal_agreed")

    return pages.blueprint

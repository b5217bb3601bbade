"""线下签批 by page: the photo or scan of the page that a leader signed."""

from __future__ import annotations

from flask import Blueprint, request
from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.sign_by_hand import sign_by_hand
from bot.chain import review_of
from bot.intake import TakenIn
from bot.lifecycle import FormState
from bot.services import Services
from bot.web.access import may_fill
from bot.web.pages import Answer, Pages, Visit
from bot.web.scans import scanned
from dialogs.approval import turn
from storage import people
from storage.interviews import Standing

_LONGEST = 60


def make_sign(services: Services) -> Blueprint:
    """One page: who is to sign which version, and the form to bring the page."""
    pages = Pages(services, "sign")

    @pages.form("/sign/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        review = review_of(services, tx, standing)
        link = turn(review.chain) if standing.state == FormState.IN_REVIEW else None
        return pages.render("sign.html", visit, standing, link=link, code=review.code)

    @pages.form("/sign/<int:form_id>", may_fill, post=True, transaction=False)
    def bring(visit: Visit, tx: None, standing: Standing) -> Answer:
        name = request.form.get("leader", "").strip()[:_LONGEST]
        code = request.form.get("code", "").strip()[:_LONGEST]
        scan = _scan(services, standing)
        with services.database.begin() as writing:
            people.person(writing, visit.userid, lock=True)
            sign_by_hand(
                services,
                writing,
                visit.userid,
                standing.form_id,
                scan.document,
                f"{code}:{name}",
                visit.now,
            )
        return pages.done(visit, standing, "sign_done", name=name)

    return pages.blueprint


def _scan(services: Services, standing: Standing) -> TakenIn:
    """Looks into the file that was brought and stores it. Raises ActRefused with the reason."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise ActRefused("sign_no_file")
    return scanned(services, standing.form_id, file, "sign_kind")

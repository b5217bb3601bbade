"""Two versions of a form side by side: what was sent in, and for contacts what they have now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request
from sqlalchemy import Connection

from bot.acts.base import name_of
from bot.lifecycle import FormState
from bot.services import Services
from bot.shelf import read_answers
from bot.web.access import may_fill, may_receive, may_see, passed
from bot.web.pages import Pages, Visit
from reports.comparison import compare
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import written
from storage import answers, deliveries, submissions
from storage.interviews import Standing
from storage.submissions import Submission

PRESENT = 0
"""Stands for the answers as they are now; submissions count from 1."""


@dataclass(frozen=True)
class Version:
    """One version that can be chosen; `delivered` is its number at finance, 0 for none."""

    number: int
    code: str = ""
    by: str = ""
    at: datetime | None = None
    delivered: int = 0


def make_compare(services: Services) -> Blueprint:
    """Any version against the one before it, or against any other."""
    pages = Pages(services, "compare")

    @pages.form("/compare/<int:form_id>", may_see)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        sent_in = {each.number: each for each in submissions.of_form(tx, standing.form_id)}
        versions = _versions(tx, visit, standing, list(sent_in.values()))
        new = _chosen("new", versions, versions[0] if versions else None)
        behind = versions[versions.index(new) + 1 :] if new else []
        old = _chosen("old", versions, behind[0] if behind else None)
        standard = services.shelf.standard(tx, standing.standard_hash)
        found = None
        if old and new and old != new:
            before = _answers(tx, standing, standard, sent_in.get(old.number))
            after = _answers(tx, standing, standard, sent_in.get(new.number))
            found = compare(standard, before, after)
        return pages.render(
            "compare.html",
            visit,
            standing,
            versions=versions,
            old=old,
            new=new,
            found=found,
            points=written,
        )

    return pages.blueprint


def _versions(
    tx: Connection, visit: Visit, standing: Standing, sent_in: list[Submission]
) -> list[Version]:
    """What the person may see, newest first: finance what was delivered, contacts also what
    they are writing."""
    let_in = passed(may_see, tx, visit.userid, standing, visit.now)
    delivered = {each.submission: each.version for each in deliveries.of_form(tx, standing.form_id)}
    found = [
        Version(
            each.number, each.code, name_of(tx, each.by), each.at, delivered.get(each.number, 0)
        )
        for each in reversed(sent_in)
    ]
    if let_in == [may_receive]:
        return [version for version in found if version.delivered]
    if may_fill in let_in and standing.state == FormState.DRAFTING:
        return [Version(PRESENT), *found]
    return found


def _chosen(field: str, versions: list[Version], otherwise: Version | None) -> Version | None:
    """The version that the address names, if the person may see it."""
    wanted = request.args.get(field, "")
    return next((each for each in versions if str(each.number) == wanted), otherwise)


def _answers(
    tx: Connection, standing: Standing, standard: Standard, sent_in: Submission | None
) -> dict[str, Value]:
    if sent_in is None:
        return read_answers(standard, answers.present(tx, standing.form_id))
    return read_answers(standard, submissions.answers_of(tx, sent_in))

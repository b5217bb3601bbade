"""A form on somebody's desk, by indicator: approve or accept it, return single indicators, let
contradictions pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, request
from sqlalchemy import Connection

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.base import ActRefused
from bot.acts.return_form import return_form, send_back
from bot.acts.waive import waive
from bot.lifecycle import By, FormState
from bot.paper import WITH_FINANCE
from bot.services import Services
from bot.views import waiting_of
from bot.web.access import any_of, may_coordinate, may_receive, may_review, passed
from bot.web.pages import Answer, Pages, Visit
from dialogs.case import Waiting
from dialogs.echo import why
from dialogs.naming import target_name
from dialogs.waiving import open_blockers, waived_lines
from scoring.engine import score
from scoring.losses import cause_of
from scoring.sheet import NodeScore
from scoring.values import Text
from scoring.waiving import figures_of
from scoring.wording import explain_finding, written
from storage import evidence, submissions
from storage.evidence import Evidence
from storage.interviews import Standing

DECIDES = any_of(may_review, may_receive)
WAIVES = any_of(may_review, may_coordinate)
_WORDS = "words."
_ROLES = {
    FormState.IN_REVIEW: (may_review, By.REVIEWER),
    FormState.DELIVERED: (may_receive, By.FINANCE),
}


@dataclass(frozen=True)
class Line:
    """An indicator as it is judged: points, how they came about, and the files behind them."""

    code: str
    name: str
    points: Decimal
    maximum: Decimal
    why: str
    cause: str
    files: tuple[Evidence, ...]
    missing: tuple[str, ...]


def make_decide(services: Services) -> Blueprint:
    """The page of reviewers and finance; coordinators let contradictions pass on it."""
    pages = Pages(services, "decide")

    @pages.form("/decide/<int:form_id>", any_of(may_review, may_receive, may_coordinate))
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        waiting = waiting_of(services, tx, standing, visit.userid)
        desk = _desk(tx, visit, standing)
        may_waive = bool(passed(WAIVES, tx, visit.userid, standing, visit.now))
        # Finance judges what was delivered, not what the contacts are changing after a return.
        sees = may_waive or standing.state in WITH_FINANCE
        return pages.render(
            "decide.html",
            visit,
            standing,
            lines=indicator_lines(tx, waiting) if sees else [],
            total=score(waiting.standard, waiting.answers).total.low if sees else None,
            desk=desk,
            mine=desk is By.FINANCE or waiting.mine,
            seen=_seen(tx, standing),
            returned=_returned(waiting),
            blockers=_blockers(waiting) if may_waive else [],
            waived=waived_lines(waiting)[1:],
            points=written,
        )

    @pages.form("/decide/<int:form_id>/return", DECIDES, post=True)
    def give_back(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        desk = _deciding(tx, visit, standing)
        points = _ticked()
        words = request.form.get("words", "")
        act = send_back if desk is By.REVIEWER else return_form
        told = _told(services, tx, standing, points, words)
        act(services, tx, visit.userid, standing.form_id, told, visit.now, points)
        code = "decide_points" if points else "decide_returned"
        return pages.done(visit, standing, code, count=len(points))

    @pages.form("/decide/<int:form_id>/agree", DECIDES, post=True)
    def agree(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        desk = _deciding(tx, visit, standing)
        act = approve if desk is By.REVIEWER else accept
        act(services, tx, visit.userid, standing.form_id, visit.now)
        return pages.done(visit, standing, f"decide_{desk}")

    @pages.form("/decide/<int:form_id>/waive", WAIVES, post=True)
    def let_pass(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        by = By.COORDINATOR
        if may_review(tx, visit.userid, standing, visit.now):
            by = By.REVIEWER
        key, figures = request.form.get("finding", ""), request.form.get("figures", "")
        reason = request.form.get("reason", "")
        waive(services, tx, visit.userid, by, standing.form_id, key, figures, reason, visit.now)
        return pages.done(visit, standing, "decide_waived")

    return pages.blueprint


def _desk(tx: Connection, visit: Visit, standing: Standing) -> By | None:
    """In which role the person has the form on their desk now."""
    access, by = _ROLES.get(FormState(standing.state), (None, None))
    if access is None or not access(tx, visit.userid, standing, visit.now):
        return None
    return by


def _deciding(tx: Connection, visit: Visit, standing: Standing) -> By:
    """The same for who decides; refused about a version that the page did not show."""
    desk = _desk(tx, visit, standing)
    if desk is None or request.form.get("seen", "") != _seen(tx, standing):
        raise ActRefused("page_moved")
    return desk


def _ticked() -> list[tuple[str, str]]:
    """What is ticked, with its words. Words about something that isn't ticked are no return of
    it, nor may they be lost: that is refused."""
    chosen = request.form.getlist("point")
    for field, text in request.form.items():
        code = field.removeprefix(_WORDS)
        if field.startswith(_WORDS) and text.strip() and code not in chosen:
            raise ActRefused("not_ticked", indicator=code)
    return [(code, request.form.get(_WORDS + code, "")) for code in chosen]


def _seen(tx: Connection, standing: Standing) -> str:
    """What the page shows, in short: it changes with every submission and state."""
    latest = submissions.latest(tx, standing.form_id)
    return f"{standing.state}-{standing.version}-{latest.number if latest else 0}"


def _told(
    services: Services,
    tx: Connection,
    standing: Standing,
    points: Sequence[tuple[str, str]],
    words: str,
) -> str:
    """The words of the whole return: those about it, then those about each indicator."""
    standard = services.shelf.standard(tx, standing.standard_hash)
    known = [(code, said) for code, said in points if code in standard.nodes]
    parts = [words.strip(), *(f"{target_name(standard, code)} {said}" for code, said in known)]
    return "\n".join(part for part in parts if part)


def indicator_lines(tx: Connection, waiting: Waiting) -> list[Line]:
    """A line for each indicator, in the order of the tree."""
    given: dict[str, list[Evidence]] = {}
    for each in evidence.of_form(tx, waiting.form.id):
        given.setdefault(each.item, []).append(each)
    sheet = score(waiting.standard, waiting.answers)
    return [_line(waiting, code, sheet[code], given) for code in sheet.indicators]


def _line(
    waiting: Waiting, code: str, node: NodeScore, given: Mapping[str, list[Evidence]]
) -> Line:
    indicator = waiting.standard.nodes[code]
    cause = waiting.answers.get(cause_of(code))
    return Line(
        code=code,
        name=indicator.name,
        points=node.low,
        maximum=node.maximum,
        why=why(node),
        cause=cause.value if isinstance(cause, Text) and node.losses else "",
        files=tuple(file for item in indicator.evidence for file in given.get(item.id, ())),
        missing=tuple(item.name for item in indicator.evidence if item.id not in given),
    )


def _returned(waiting: Waiting) -> list[dict[str, str]]:
    """What came back last, with the answers to it."""
    return [
        {
            "name": target_name(waiting.standard, each.indicator),
            "words": each.words,
            "by": each.by,
            "reply": each.reply,
        }
        for each in waiting.returned
        if each.indicator
    ]


def _blockers(waiting: Waiting) -> list[dict[str, str]]:
    return [
        {"key": each.key, "figures": figures_of(each), "told": explain_finding(each)}
        for each in open_blockers(waiting)
    ]

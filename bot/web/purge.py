"""清除: asking for something to be erased, agreeing to it, and what was erased before."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request
from sqlalchemy import Connection

from bot.acts.base import ActRefused, locked, name_of
from bot.acts.purge import agree_purge, ask_purge, may_agree, place_of, refuse_purge
from bot.services import Services
from bot.web.access import any_of, may_coordinate, may_fill, may_review
from bot.web.pages import Answer, Pages, Visit, number
from storage import answers, evidence, forms, proposals, purges, seals, units
from storage.interviews import Standing
from storage.purges import KINDS, Purge

_MAY_ASK = any_of(may_fill, may_review, may_coordinate)
_MAY_SETTLE = any_of(may_review, may_coordinate)


def make_purge(services: Services) -> Blueprint:
    """What can be erased, to ask for it, and the orders that wait or are settled."""
    pages = Pages(services, "purge")

    @pages.form("/purge/<int:form_id>", _MAY_ASK)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        orders = purges.of_form(tx, standing.form_id)
        return pages.render(
            "purge.html",
            visit,
            standing,
            groups=_groups(services, tx, standing),
            waiting=[_line(services, tx, visit, each) for each in orders if each.is_open],
            settled=[_line(services, tx, visit, each) for each in orders if not each.is_open],
        )

    @pages.form("/purge/<int:form_id>/ask", _MAY_ASK, post=True)
    def ask(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        what, _, target = request.form.get("target", "").partition(":")
        if what not in KINDS:
            raise ActRefused("purge_nothing")
        reason = request.form.get("reason", "")
        ask_purge(services, tx, visit.userid, standing.form_id, what, target, reason, visit.now)
        return pages.done(visit, standing, "purge_page_asked")

    @pages.form("/purge/<int:form_id>/agree", _MAY_SETTLE, post=True)
    def agree(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        agree_purge(services, tx, visit.userid, _order(tx, standing), visit.now)
        return pages.done(visit, standing, "purge_page_agreed")

    @pages.form("/purge/<int:form_id>/refuse", _MAY_SETTLE, post=True)
    def refuse(visit: Visit, tx: Connection, standing: Standing) -> Answer:
        refuse_purge(services, tx, visit.userid, _order(tx, standing), visit.now)
        return pages.done(visit, standing, "purge_page_refused")

    return pages.blueprint


def _order(tx: Connection, standing: Standing) -> int:
    """The order that was clicked; one of another form is none of this page."""
    id = number(request.form.get("purge", ""))
    found = purges.get(tx, id) if id is not None else None
    if found is None or found.form_id != standing.form_id:
        raise ActRefused("purge_none")
    return found.id


def _line(services: Services, tx: Connection, visit: Visit, order: Purge) -> dict[str, object]:
    form = forms.get(tx, order.form_id) or locked(tx, order.form_id)
    return {
        "order": order,
        "place": place_of(services, tx, order.form_id, order.what, order.target),
        "asked_by": name_of(tx, order.asked_by),
        "agreed_by": name_of(tx, order.agreed_by) if order.agreed_by else "",
        "mine": may_agree(tx, visit.userid, form, order),
    }


def _groups(
    services: Services, tx: Connection, standing: Standing
) -> Sequence[tuple[str, list[tuple[str, str]]]]:
    """What can be erased, by kind: values of the form's field and how they are called."""
    form_id = standing.form_id
    standard = services.shelf.standard(tx, standing.standard_hash)
    known = {e.fact for e in answers.history(tx, form_id) if not e.purged_at}
    known |= {p.fact for p in proposals.of_form(tx, form_id)}
    known |= {f.fact for f in units.figures(tx, form_id) if f.value is not None}
    facts = [n for n in standard.facts if n in known]
    given = [e for e in evidence.of_form(tx, form_id, with_removed=True) if e.name]
    sealed = [s for s in seals.of_form(tx, form_id) if s.name]
    return (
        ("fact", [(f"fact:{n}", place_of(services, tx, form_id, "fact", n)) for n in facts]),
        ("evidence", [(f"evidence:{e.id}", f"{e.id} {e.name}") for e in given]),
        ("seal", [(f"seal:{s.id}", f"{s.id} {s.name}") for s in sealed]),
    )

"""Figures of the units below a department: one table, a unit a page, and who is missing."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, request
from sqlalchemy import Connection

from bot import contact_talk
from bot.acts.record_answer import record_answer
from bot.acts.record_units import record_units
from bot.lifecycle import FormState
from bot.phrases import phrase
from bot.services import Services
from bot.web.access import may_fill
from bot.web.pages import Answer, Pages, Visit
from dialogs.answers import problem, read_cell
from dialogs.case import UnitView
from dialogs.describing import described, unit_of
from dialogs.talk import Talk
from dialogs.understand.plain_text import clean
from dialogs.understand.reading import Ask
from dialogs.units import origins, sums, unit_facts, with_figures
from scoring.values import Value
from storage.interviews import Standing

_FIGURE = "figure."
_WAS = "was."


def make_units(services: Services) -> Blueprint:
    """The overview of all units, and a page to type the figures of one."""
    pages = Pages(services, "units")

    @pages.form("/units/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        talk = _talk_of(services, visit, tx, standing)
        facts, known = unit_facts(talk), talk.case.standard.facts
        units = [
            {
                "id": unit.id,
                "name": unit.name,
                "given": sum(name in unit.figures for name in facts),
                "missing": [known[n].label for n in facts if n not in unit.figures],
            }
            for unit in talk.case.units
        ]
        summed = origins(talk.case, facts)
        return pages.render(
            "units.html", visit, standing, units=units, count=len(facts), summed=summed
        )

    @pages.form("/units/<int:form_id>/<int:unit_id>", may_fill)
    def edit(visit: Visit, tx: Connection, standing: Standing, unit_id: int) -> str:
        talk = _talk_of(services, visit, tx, standing)
        return _editor(pages, visit, standing, talk, _unit(talk, unit_id))

    @pages.form("/units/<int:form_id>/<int:unit_id>", may_fill, post=True)
    def save(visit: Visit, tx: Connection, standing: Standing, unit_id: int) -> Answer:
        talk = _talk_of(services, visit, tx, standing)
        unit = _unit(talk, unit_id)
        values, problems = _read(talk, unit)
        _keep(services, tx, visit, standing, talk, unit, values)
        if problems:
            talk = _talk_of(services, visit, tx, standing)
            return _editor(pages, visit, standing, talk, _unit(talk, unit_id), problems)
        return pages.done(visit, standing, "units_saved", count=len(values))

    return pages.blueprint


def _talk_of(services: Services, visit: Visit, tx: Connection, standing: Standing) -> Talk:
    return contact_talk.fresh(services, tx, standing, visit.userid, visit.now)


def _editor(
    pages: Pages,
    visit: Visit,
    standing: Standing,
    talk: Talk,
    unit: UnitView,
    problems: Mapping[str, str] = {},
) -> str:
    """The page of a unit; what was not understood is still in its box."""
    facts = talk.case.standard.facts
    rows = [
        {
            "fact": name,
            "label": facts[name].label,
            "unit": unit_of(facts[name]),
            "typed": _typed(name) if name in problems else _shown(talk, unit, name),
            "shown": _shown(talk, unit, name),
            "problem": problems.get(name, ""),
        }
        for name in unit_facts(talk)
    ]
    is_open = standing.state == FormState.DRAFTING
    return pages.render("unit.html", visit, standing, unit=unit, rows=rows, open=is_open)


def _unit(talk: Talk, unit_id: int) -> UnitView:
    found = next((unit for unit in talk.case.units if unit.id == unit_id), None)
    if found is None:
        abort(404)
    return found


def _shown(talk: Talk, unit: UnitView, name: str) -> str:
    fact = talk.case.standard.facts[name]
    return described(unit.figures[name], unit_of(fact)) if name in unit.figures else ""


def _typed(name: str) -> str:
    """What the person wrote; "" for what they left as the page showed it."""
    typed = clean(request.form.get(_FIGURE + name, ""))
    return "" if typed == request.form.get(_WAS + name) else typed


def _read(talk: Talk, unit: UnitView) -> tuple[dict[str, Value], dict[str, str]]:
    """The figures that were typed and are new, and what is wrong with the others."""
    values: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for name in unit_facts(talk):
        typed, shown = _typed(name), _shown(talk, unit, name)
        if not typed or typed == shown:
            continue
        if request.form.get(_WAS + name, shown) != shown:
            problems[name] = phrase("units_moved", now=shown)
            continue
        got = read_cell(talk.case.standard.facts[name], typed, talk.today)
        if isinstance(got, Ask):
            problems[name] = problem(got)
        else:
            values[name] = got.value
    return values, problems


def _keep(
    services: Services,
    tx: Connection,
    visit: Visit,
    standing: Standing,
    talk: Talk,
    unit: UnitView,
    values: Mapping[str, Value],
) -> None:
    """Writes the unit's figures, and the sums that they complete."""
    if not values:
        return
    raw = phrase("units_raw", unit=unit.name)
    given = {unit.id: dict(values)}
    record_units(services, tx, visit.userid, standing.form_id, given, raw, visit.now)
    done = sums(with_figures(talk.case.units, given), list(values))
    if done:
        record_answer(services, tx, visit.userid, standing.form_id, done, raw, visit.now)

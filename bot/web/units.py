"""Figures of the units below a department: one table, a unit a page, and who is missing."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, request
from sqlalchemy import Connection

from bot.acts.record_answer import record_answer
from bot.acts.record_units import record_units
from bot.phrases import phrase
from bot.services import Services
from bot.views import case_of
from bot.web.access import may_fill
from bot.web.pages import Answer, Pages, Visit
from dialogs.answers import problem, read_cell
from dialogs.case import Person, Role, UnitView
from dialogs.describing import described, unit_of
from dialogs.states import State
from dialogs.talk import Talk
from dialogs.understand.plain_text import clean
from dialogs.understand.reading import Ask
from dialogs.units import origins, sums, unit_facts, with_figures
from scoring.values import Value
from storage.interviews import Standing

_FIGURE = "figure."


def make_units(services: Services) -> Blueprint:
    """The overview of all units, and a page to type the figures of one."""
    pages = Pages(services, "units")

    def talk_of(visit: Visit, tx: Connection, standing: Standing) -> Talk:
        person = Person(visit.userid, visit.name, frozenset({Role.CONTACT}))
        return Talk(State(), case_of(services, tx, standing, person), visit.now)

    def editor(
        visit: Visit,
        standing: Standing,
        talk: Talk,
        unit: UnitView,
        problems: Mapping[str, str] = {},
    ) -> str:
        facts = talk.case.standard.facts
        rows = [
            {
                "fact": name,
                "label": facts[name].label,
                "unit": unit_of(facts[name]),
                "typed": request.form.get(_FIGURE + name, _shown(talk, unit, name)),
                "problem": problems.get(name, ""),
            }
            for name in unit_facts(talk)
        ]
        drafting = standing.state == "drafting"
        return pages.render("unit.html", visit, standing, unit=unit, rows=rows, open=drafting)

    @pages.form("/units/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        talk = talk_of(visit, tx, standing)
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
        talk = talk_of(visit, tx, standing)
        return editor(visit, standing, talk, _unit(talk, unit_id))

    @pages.form("/units/<int:form_id>/<int:unit_id>", may_fill, post=True)
    def save(visit: Visit, tx: Connection, standing: Standing, unit_id: int) -> Answer:
        talk = talk_of(visit, tx, standing)
        unit = _unit(talk, unit_id)
        values, problems = _read(talk, unit)
        _keep(tx, visit, standing, talk, unit, values)
        if problems:
            return editor(visit, standing, talk, unit, problems)
        return pages.done(visit, standing, "units_saved", count=len(values))

    return pages.blueprint


def _unit(talk: Talk, unit_id: int) -> UnitView:
    found = next((unit for unit in talk.case.units if unit.id == unit_id), None)
    if found is None:
        abort(404)
    return found


def _shown(talk: Talk, unit: UnitView, name: str) -> str:
    fact = talk.case.standard.facts[name]
    return described(unit.figures[name], unit_of(fact)) if name in unit.figures else ""


def _read(talk: Talk, unit: UnitView) -> tuple[dict[str, Value], dict[str, str]]:
    """The figures that were typed and are new, and what is wrong with the others."""
    values: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for name in unit_facts(talk):
        typed = clean(request.form.get(_FIGURE + name, ""))
        if not typed or typed == _shown(talk, unit, name):
            continue
        got = read_cell(talk.case.standard.facts[name], typed, talk.today)
        if isinstance(got, Ask):
            problems[name] = problem(got)
        else:
            values[name] = got.value
    return values, problems


def _keep(
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
    record_units(tx, visit.userid, standing.form_id, given, raw, visit.now)
    done = sums(with_figures(talk.case.units, given), list(values))
    if done:
        record_answer(tx, visit.userid, standing.form_id, done, raw, visit.now)

"""Forms as the conversation sees them: stored rows turned into frozen views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from bot.chain import Review, plan_of, review_of
from bot.handing import for_colleague, hands_of
from bot.lazy import Lazy, LazyRow
from bot.lifecycle import FormState
from bot.offering import last_year_of, offers_of
from bot.paper import with_paper
from bot.phrases import phrase
from bot.returning import changed_of, returned_of, waived_of
from bot.services import Services
from bot.web.links import links_of
from dialogs.case import Case, Change, FormView, Gathered, Person, Role, UnitView, Waiting
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.values import Value
from storage import evidence, interviews, units
from storage.interviews import Holder, Standing


def view_of(standing: Standing, code: str = "") -> FormView:
    """A form as others see it; `code` is the version code of what was sent in."""
    return FormView(
        id=standing.form_id,
        state=standing.state,
        department=standing.department,
        year=standing.year,
        deadline=standing.deadline,
        version=standing.version,
        returned_words=standing.returned_words if standing.state == FormState.DRAFTING else "",
        due=standing.due_at if standing.state == FormState.DRAFTING else None,
        code=code,
        department_code=standing.code,
        short_names=tuple(standing.short_names),
    )


def waiting_of(services: Services, tx: Connection, standing: Standing, userid: str = "") -> Waiting:
    """A form on somebody's desk, with its answers and who fills it in; `userid` is the reviewer
    whose turn it may be."""
    standard = services.shelf.standard(tx, standing.standard_hash)
    contacts = interviews.names(tx, standing.department_id, Role.CONTACT)[Role.CONTACT]
    review = review_of(services, tx, standing)
    return Waiting(
        form=with_paper(services.settings, standing, view_of(standing, review.code)),
        chain=review.chain,
        mine=not userid or userid in review.turn,
        standard=standard,
        answers=services.shelf.answers(tx, standing.form_id, standard),
        gathered=gathered_of(standing),
        returned=returned_of(tx, standing),
        waived=waived_of(tx, standing),
        contact=phrase("list_comma").join(contacts),
        links=links_of(services.settings, standing.form_id, userid),
    )


def case_of(services: Services, tx: Connection, standing: Standing, person: Person) -> Case:
    """All that the interview of a contact may look at, or of a colleague who helps."""
    form_id = standing.form_id
    standard = services.shelf.standard(tx, standing.standard_hash)
    others = _Others(tx, standing, person.userid)
    drafting = standing.state == FormState.DRAFTING
    review = review_of(services, tx, standing)
    given = interviews.texts(tx, form_id)
    alone = all(actor == person.userid for _, _, actor in given)
    helps = Role.CONTACT not in person.roles
    case = Case(
        form=with_paper(services.settings, standing, view_of(standing, review.code)),
        chain=LazyRow(lambda: others.plan.chain) if drafting else review.chain,
        standard=standard,
        answers=services.shelf.reckoned(form_id, standard, {n: text for n, text, _ in given}),
        person=person,
        gathered=gathered_of(standing),
        returned=returned_of(tx, standing) if drafting else (),
        changed=changed_of(tx, standing),
        waived=waived_of(tx, standing),
        units=units_of(tx, standing, standard),
        offers=offers_of(tx, standing, standard),
        last_year=last_year_of(tx, form_id, standard) if standing.before else {},
        links=links_of(services.settings, form_id, person.userid),
        authors={} if alone else Lazy(lambda: others.authors),
        answered_at={} if alone else Lazy(lambda: others.answered_at),
        hands=hands_of(tx, form_id) if standing.handed or helps else (),
        last_changes=LazyRow(lambda: last_changes(tx, form_id, person.userid, standard)),
        reviewers=LazyRow(lambda: others.plan.names) if drafting else review.names,
        coordinators=LazyRow(lambda: others.coordinators),
    )
    return for_colleague(case) if helps else case


class _Others:
    """Who else has to do with a form; few turns need it, so it is looked up when first needed."""

    def __init__(self, tx: Connection, standing: Standing, me: str) -> None:
        self._tx, self._standing, self._me = tx, standing, me

    @cached_property
    def _holders(self) -> Sequence[Holder]:
        department = self._standing.department_id
        return interviews.holders(self._tx, department, Role.REVIEWER, Role.COORDINATOR)

    @cached_property
    def _authors(self) -> Mapping[str, tuple[str, datetime]]:
        return interviews.authors(self._tx, self._standing.form_id, but=self._me)

    @cached_property
    def plan(self) -> Review:
        """The approval that the form will go through."""
        return plan_of(self._holders)

    @property
    def coordinators(self) -> tuple[str, ...]:
        names = (each.name for each in self._holders if each.role == Role.COORDINATOR)
        return tuple(dict.fromkeys(names))

    @property
    def authors(self) -> Mapping[str, str]:
        """Who else gave an answer, by fact."""
        return {fact: name for fact, (name, _) in self._authors.items()}

    @property
    def answered_at(self) -> Mapping[str, datetime]:
        """When they did."""
        return {fact: at for fact, (_, at) in self._authors.items()}


def units_of(tx: Connection, standing: Standing, standard: Standard) -> tuple[UnitView, ...]:
    """The units below the department with the figures that they have given."""
    if not standing.units:
        return ()
    given: dict[int, dict[str, Value]] = {}
    for figure in units.figures(tx, standing.form_id):
        if figure.fact in standard.facts:
            value = read_value(standard.facts[figure.fact], figure.value)
            given.setdefault(figure.unit_id, {})[figure.fact] = value
    there = units.of_department(tx, standing.department_id)
    return tuple(UnitView(unit.id, unit.name, given.get(unit.id, {})) for unit in there)


def gathered_of(standing: Standing) -> Gathered:
    """The evidence given so far; it came with the form."""
    found = evidence.gathered_from(standing.given)
    return Gathered(found.items, found.unsorted)


def last_changes(
    tx: Connection, form_id: int, userid: str, standard: Standard
) -> tuple[Change, ...]:
    """The last thing the person recorded on the form, if anything, with the values before it."""
    found = interviews.last_change(tx, form_id, userid)
    if found is None:
        return ()
    before = {
        fact: None if plain is None else read_value(standard.facts[fact], plain)
        for fact, plain in found.before.items()
        if fact in standard.facts
    }
    return (Change(before, found.raw),)

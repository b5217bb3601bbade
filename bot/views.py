"""Forms as the conversation sees them: stored rows turned into frozen views."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.chain import plan_of, review_of
from bot.handing import for_colleague, hands_of
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
from storage.interviews import Standing


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
    standard = services.shelf.standard(tx, standing.standard_hash)
    holders = interviews.holders(tx, standing.department_id, Role.REVIEWER, Role.COORDINATOR)
    drafting = standing.state == FormState.DRAFTING
    review = plan_of(holders) if drafting else review_of(services, tx, standing)
    authors = interviews.authors(tx, standing.form_id, but=person.userid)
    helps = Role.CONTACT not in person.roles
    case = Case(
        form=with_paper(services.settings, standing, view_of(standing, review.code)),
        chain=review.chain,
        standard=standard,
        answers=services.shelf.answers(tx, standing.form_id, standard),
        person=person,
        gathered=gathered_of(standing),
        returned=returned_of(tx, standing) if drafting else (),
        changed=changed_of(tx, standing),
        waived=waived_of(tx, standing),
        units=units_of(tx, standing, standard),
        offers=offers_of(tx, standing, standard),
        last_year=last_year_of(tx, standing.form_id, standard),
        links=links_of(services.settings, standing.form_id, person.userid),
        authors={fact: name for fact, (name, _) in authors.items()},
        answered_at={fact: at for fact, (_, at) in authors.items()},
        hands=hands_of(tx, standing.form_id) if standing.handed or helps else (),
        last_change=last_change(tx, standing.form_id, person.userid, standard),
        reviewers=review.names,
        coordinators=tuple(dict.fromkeys(h.name for h in holders if h.role == Role.COORDINATOR)),
    )
    return for_colleague(case) if helps else case


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


def last_change(tx: Connection, form_id: int, userid: str, standard: Standard) -> Change | None:
    """The last thing the person recorded on the form, with the values before it."""
    found = interviews.last_change(tx, form_id, userid)
    if found is None:
        return None
    before = {
        fact: None if plain is None else read_value(standard.facts[fact], plain)
        for fact, plain in found.before.items()
        if fact in standard.facts
    }
    return Change(before, found.raw)

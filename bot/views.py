"""Forms as the conversation sees them: stored rows turned into frozen views."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.phrases import phrase
from bot.services import Services
from bot.shelf import read_answers
from dialogs.case import Case, Change, FormView, Person, Role, Waiting
from scoring.plain import read_value
from scoring.standard import Standard
from storage import answers, interviews
from storage.interviews import Standing


def view_of(standing: Standing) -> FormView:
    """A form as others see it."""
    return FormView(
        id=standing.form_id,
        state=standing.state,
        department=standing.department,
        year=standing.year,
        deadline=standing.deadline,
        version=standing.version,
        returned_words=standing.returned_words if standing.state == "drafting" else "",
    )


def waiting_of(services: Services, tx: Connection, standing: Standing) -> Waiting:
    """A form on somebody's desk, with its answers and who fills it in."""
    standard = services.shelf.standard(tx, standing.standard_hash)
    contacts = interviews.names(tx, standing.department_id, Role.CONTACT)[Role.CONTACT]
    return Waiting(
        form=view_of(standing),
        standard=standard,
        answers=read_answers(standard, answers.present(tx, standing.form_id)),
        contact=phrase("list_comma").join(contacts),
    )


def case_of(services: Services, tx: Connection, standing: Standing, person: Person) -> Case:
    """All that the interview of a contact may look at."""
    standard = services.shelf.standard(tx, standing.standard_hash)
    names = interviews.names(tx, standing.department_id, Role.REVIEWER, Role.COORDINATOR)
    return Case(
        form=view_of(standing),
        standard=standard,
        answers=read_answers(standard, answers.present(tx, standing.form_id)),
        person=person,
        authors=interviews.authors(tx, standing.form_id, but=person.userid),
        last_change=last_change(tx, standing.form_id, person.userid, standard),
        reviewers=tuple(names[Role.REVIEWER]),
        coordinators=tuple(names[Role.COORDINATOR]),
    )


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

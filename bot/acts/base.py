"""What all acts have in common: who may, from which state to which, written down as an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.lifecycle import Act, By, FormState, after
from bot.phrases import listed, phrase
from bot.services import Services
from scoring.sensitive import secrecy_mark
from scoring.standard import Standard
from storage import approvals, cycles, forms, interviews, people
from storage.forms import Form
from storage.interviews import Standing

SYSTEM = "system"
AFTER_CLOSING = (Act.DELIVER, Act.ACCEPT)
"""What is still finished once a cycle is over: what was approved reaches finance."""


class ActRefused(Exception):
    """An act that was not done, with nothing changed: a code of the catalogue
    (`refused_…`) and its numbers."""

    def __init__(self, code: str, **numbers: object) -> None:
        super().__init__(code)
        self.code, self.numbers = code, numbers

    @property
    def words(self) -> str:
        """What the person is told."""
        return phrase(f"refused_{self.code}", **self.numbers)


def locked(tx: Connection, form_id: int) -> Form:
    """The form, held until the transaction ends. Raises ActRefused if there is none."""
    form = forms.get(tx, form_id, lock=True)
    if form is None:
        raise ActRefused("no_such_form")
    return form


def check_access(tx: Connection, actor: str, by: By, form: Form) -> None:
    """Raises ActRefused unless the actor holds the role for the form's department."""
    if not holds(tx, actor, by, form):
        raise ActRefused("not_yours", names=coordinators(tx, form))


def holds(tx: Connection, userid: str, by: By, form: Form) -> bool:
    """Whether somebody has the role for the form's department."""
    held = [role for role in people.roles(tx, userid) if role.role == by]
    return any(role.department_id in (None, form.department_id) for role in held)


def being_filled(tx: Connection, actor: str, form_id: int, refusal: str = "not_drafting") -> Form:
    """The form, held, that this contact fills in now. Raises ActRefused for anybody else, and
    with `refusal` where the form is no longer with its contacts."""
    held = forms.held(tx, form_id, actor, By.CONTACT)
    if held is not None and held.state == FormState.DRAFTING:
        return held
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    check_running(tx, form)
    check_drafting(form.state, refusal)
    return form


def check_running(tx: Connection, form: Form) -> None:
    """Raises ActRefused for a form of a cycle that is closed: it stays as it is then."""
    cycle = cycles.get(tx, form.cycle_id)
    if cycle is not None and cycle.state != "open":
        names = coordinators(tx, form)
        raise ActRefused("cycle_closed", cycle=cycle.name, names=names)


def check_drafting(state: str, refusal: str = "not_drafting") -> None:
    """Raises ActRefused for a form in a state in which it is not filled in."""
    if state != FormState.DRAFTING:
        raise ActRefused(refusal, state=phrase(f"state_{state}"))


def check_move(form: Form, act: Act, by: By) -> FormState:
    """The state that the act leads to. Raises ActRefused where it leads nowhere."""
    to = after(FormState(form.state), act, by)
    if to is None:
        raise _wrong_state(form, act)
    return to


def _wrong_state(form: Form, act: Act) -> ActRefused:
    state, name = phrase(f"state_{form.state}"), phrase(f"act_{act}")
    return ActRefused("wrong_state", state=state, act=name)


def move(
    tx: Connection,
    form: Form,
    act: Act,
    by: By,
    actor: str,
    now: datetime,
    words: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Moves the form on and writes the act down. Raises ActRefused if the form is no longer
    where it was seen. Approvals stand for what was sent in: back at drafting they are dropped.
    Words that bear a secrecy marking are never written down."""
    if secrecy_mark(words):
        raise ActRefused("secret")
    if act not in AFTER_CLOSING:
        check_running(tx, form)
    to = check_move(form, act, by)
    if not forms.set_state(tx, form.id, form.state, to, now):
        raise _wrong_state(form, act)
    if to is FormState.DRAFTING:
        approvals.drop(tx, form.id, now)
    forms.note_event(tx, form.id, act, actor, form.state, to, now, words, data)


def standing_of(tx: Connection, form_id: int) -> Standing:
    """The form with department and cycle, as it is after the act."""
    standing = interviews.one(tx, form_id)
    if standing is None:
        raise ActRefused("no_such_form")
    return standing


def standard_of(services: Services, tx: Connection, form_id: int) -> Standard:
    """The standard that the form is filled in by."""
    return services.shelf.standard(tx, standing_of(tx, form_id).standard_hash)


def name_of(tx: Connection, actor: str) -> str:
    """What people call the actor."""
    person = people.person(tx, actor)
    return person.name if person else actor


def coordinators(tx: Connection, form: Form) -> str:
    """The names of whom to ask about the form."""
    return listed(interviews.names(tx, form.department_id, By.COORDINATOR)[By.COORDINATOR])


def holders(tx: Connection, role: By, department_id: int) -> list[str]:
    """The userids of the active holders of a role: the department's own, then those for all."""
    own = people.holders(tx, role, department_id)
    everywhere = people.holders(tx, role)
    return list(dict.fromkeys(person.userid for person in (*own, *everywhere)))

"""换人: a department's form goes over to another contact, with everything that is half done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot import contact_talk
from bot.acts.base import (
    ActRefused,
    check_access,
    coordinators,
    locked,
    name_of,
    standard_of,
    standing_of,
)
from bot.acts.handed import pass_on
from bot.hats import take_off
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from bot.views import view_of
from dialogs import succession
from dialogs.case import Role
from dialogs.desk_cards import desk_of
from dialogs.events import Opened
from scoring.questionnaire import Known
from scoring.standard import Standard
from scoring.values import Text
from storage import answers, cards, conversations, forms, people
from storage.forms import Form
from storage.people import Person as PersonRow


@dataclass(frozen=True)
class Successor:
    """Who takes over: a name, and the account of somebody who is not in the system yet."""

    name: str
    userid: str = ""


# Of what was half said this is the predecessor's own: nothing that the successor says may answer
# it, nor 撤销 take back what they didn't do.
_OWN = {"pending": {}, "taken": "", "trail": [], "undone": False, "seen": {}, "sent": ""}


def replace_contact(
    services: Services,
    tx: Connection,
    actor: str,
    by: By,
    form_id: int,
    outgoing: str,
    successor: Successor,
    now: datetime,
) -> None:
    """Ends the access of the contact called `outgoing` ("" where there is only one) and gives the
    form, the talk as it stands and the cover's name to the successor, who is briefed. The
    telephone number on the cover is asked again: it is the predecessor's."""
    form = locked(tx, form_id)
    if by != By.COORDINATOR:
        raise ActRefused("not_yours", names=coordinators(tx, form))
    check_access(tx, actor, by, form)
    if form.state == FormState.ACCEPTED:
        raise ActRefused("replace_too_late")
    old = _outgoing(tx, form, outgoing)
    new = _incoming(tx, form, successor, old)
    people.revoke(tx, old.userid, Role.CONTACT, form.department_id)
    people.grant(tx, new.userid, Role.CONTACT, form.department_id)
    _move_talk(tx, form, old, new, now)
    _move_cover(services, tx, actor, form, old, new, now)
    _close_cards(services, tx, form, old, new, now)
    take_off(tx, new.userid, now)
    pass_on(services, tx, form, old.userid, new.userid, now)
    data = {"from": old.userid, "to": new.userid}
    forms.note_event(tx, form_id, "replace_contact", actor, form.state, form.state, now, data=data)
    _tell(services, tx, actor, form, old, new, now)


def _outgoing(tx: Connection, form: Form, name: str) -> PersonRow:
    there = people.holders(tx, Role.CONTACT, form.department_id)
    found = [person for person in there if name in ("", person.name, person.userid)]
    if len(found) != 1:
        names = phrase("list_comma").join(person.name for person in there) or phrase("nobody")
        raise ActRefused("replace_whom", names=names)
    return found[0]


def _incoming(tx: Connection, form: Form, successor: Successor, old: PersonRow) -> PersonRow:
    if successor.userid:
        successor = replace(successor, userid=people.spelled(tx, successor.userid))
        known = people.person(tx, successor.userid)
        if known and known.name != successor.name:
            raise ActRefused("replace_other_name", userid=successor.userid, name=known.name)
        people.upsert(tx, successor.userid, successor.name)
        found = [PersonRow(successor.userid, successor.name, True, False)]
    else:
        found = people.named(tx, successor.name)
    if not found:
        raise ActRefused("replace_unknown", name=successor.name)
    if len(found) > 1:
        accounts = phrase("list_comma").join(person.userid for person in found)
        raise ActRefused("replace_several", name=successor.name, accounts=accounts)
    if found[0].userid == old.userid:
        raise ActRefused("replace_same", name=old.name)
    held = people.roles(tx, found[0].userid)
    if any(r.role == Role.REVIEWER and r.department_id == form.department_id for r in held):
        # Nobody approves what they filled in.
        raise ActRefused("replace_reviewer", name=found[0].name)
    return found[0]


def _move_talk(tx: Connection, form: Form, old: PersonRow, new: PersonRow, now: datetime) -> None:
    """What was half said goes along, unless the successor has begun to talk about the form."""
    talk = conversations.load(tx, old.userid, form.id)
    if talk and conversations.load(tx, new.userid, form.id) is None:
        conversations.keep(tx, new.userid, form.id, talk | _OWN, now)
    conversations.drop(tx, old.userid, form.id)


def _move_cover(
    services: Services,
    tx: Connection,
    actor: str,
    form: Form,
    old: PersonRow,
    new: PersonRow,
    now: datetime,
) -> None:
    standard = standard_of(services, tx, form.id)
    present = answers.present(tx, form.id)
    name, phones = _cover_facts(standard)
    changes: dict[str, object] = {}
    if name and present.get(name) == Text(old.name).plain():
        changes[name] = Text(new.name).plain()
    if form.state == FormState.DRAFTING:
        changes |= {phone: None for phone in phones if phone in present}
    if changes:
        raw = phrase("replace_raw", old=old.name, new=new.name)
        answers.record(tx, form.id, changes, raw, actor, now)


def _cover_facts(standard: Standard) -> tuple[str, list[str]]:
    """The fact with the contact's name, and those with telephone numbers asked beside it."""
    name = next((n for n, fact in standard.facts.items() if fact.known is Known.CONTACT), "")
    if not name:
        return "", []
    beside = standard.question_of[name].facts
    return name, [fact for fact in beside if standard.facts[fact].digits]


def _close_cards(
    services: Services,
    tx: Connection,
    form: Form,
    old: PersonRow,
    new: PersonRow,
    now: datetime,
) -> None:
    label = phrase("closed_replace_contact", name=new.name)
    for card in cards.open_of(tx, old.userid):
        if card.form_id == form.id and desk_of(card.question) is None:
            cards.set_state(tx, card.task_id, "open", "stale")
            services.postbox.put_greying(tx, old.userid, card.task_id, label, now)


def _tell(
    services: Services,
    tx: Connection,
    actor: str,
    form: Form,
    old: PersonRow,
    new: PersonRow,
    now: datetime,
) -> None:
    standing = standing_of(tx, form.id)
    view = view_of(standing)
    by = name_of(tx, actor)
    told = succession.handed_over(view, new=new.name, by=by)
    services.postbox.post(tx, old.userid, told, now)
    talk = contact_talk.opened(services, tx, standing, new.userid, now)
    step = services.machine(talk.state, Opened(), talk.case, now)
    contact_talk.keep(tx, new.userid, form.id, step.state, now)
    briefing = succession.briefing(talk, predecessor=old.name)
    services.postbox.post(tx, new.userid, (*briefing, *step.bubbles[-1:]), now, form.id)
    for reviewer in people.holders(tx, Role.REVIEWER, form.department_id):
        if reviewer.userid != actor:
            told = succession.handed_over_desk(view, old=old.name, new=new.name, by=by)
            services.postbox.post(tx, reviewer.userid, told, now)

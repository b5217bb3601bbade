"""清除: two people erase what should never have been stored; a tombstone stays.

One asks (contact, reviewer or coordinator), another agrees (reviewer or coordinator). What is
erased is told in `bot.acts.purging`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, holders, locked, name_of, standard_of, standing_of
from bot.acts.purging import erase, known_of, secret_of_target
from bot.acts.secrecy import refuse_secret
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services
from bot.views import view_of, waiting_of
from dialogs import purging
from dialogs.case import Role
from scoring.sensitive import private_numbers
from storage import cards, forms, people, purges
from storage.forms import Form
from storage.purges import Purge

ASKS = (By.CONTACT, By.REVIEWER, By.COORDINATOR)
AGREES = (By.REVIEWER, By.COORDINATOR)
_LONGEST_REASON = 200


def ask_purge(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    what: str,
    target: str,
    reason: str,
    now: datetime,
) -> None:
    """Asks for a fact (by name), a piece of evidence or a seal (by id) to be erased. Whoever may
    agree gets a card; it names the place, never what stands there."""
    form = locked(tx, form_id)
    _check(tx, actor, form, ASKS)
    words = reason.strip()
    _check_reason(words)
    secret = secret_of_target(tx, form, what, target)
    if secret.is_in(words):
        raise ActRefused("purge_reason_tells")
    waiting = [p for p in purges.of_form(tx, form_id) if p.is_open]
    if any((p.what, p.target) == (what, target) for p in waiting):
        raise ActRefused("purge_asked_already")
    desks = {each: by for by in reversed(AGREES) for each in holders(tx, by, form.department_id)}
    desks.pop(actor, None)
    if not desks:
        raise ActRefused("purge_nobody")
    purge_id = purges.ask(tx, form_id, what, target, words, actor, now)
    _note(tx, form, "ask_purge", actor, now, purge_id)
    view = view_of(standing_of(tx, form_id))
    place = place_of(services, tx, form_id, what, target)
    for userid, by in desks.items():
        card = purging.card(view, Role(by), purge_id, place, name_of(tx, actor), words)
        services.postbox.post(tx, userid, card, now, form_id)


def agree_purge(
    services: Services, tx: Connection, actor: str, purge_id: int | None, now: datetime
) -> None:
    """Erases what the order names, and everything that repeats it. None means the only order
    that waits for the actor."""
    purge, form = _open(tx, actor, purge_id)
    place = place_of(services, tx, form.id, purge.what, purge.target)
    purges.agree(tx, purge.id, actor, now)
    done = erase(services, tx, form, purge, actor, now)
    _note(tx, form, "agree_purge", actor, now, purge.id)
    _close_cards(services, tx, form, purge, "agree_purge", actor, now)
    waiting = waiting_of(services, tx, standing_of(tx, form.id))
    for userid in _concerned(tx, form, purge, actor):
        told = purging.done(waiting, place, name_of(tx, purge.asked_by), name_of(tx, actor), done)
        services.postbox.post(tx, userid, told, now, form.id)
    for userid in holders(tx, By.FINANCE, form.department_id) if done.versions else ():
        services.postbox.post(tx, userid, purging.recalled(waiting.form, done), now, form.id)


def refuse_purge(
    services: Services, tx: Connection, actor: str, purge_id: int | None, now: datetime
) -> None:
    """Leaves everything as it is; who asked is told."""
    purge, form = _open(tx, actor, purge_id)
    purges.refuse(tx, purge.id, now)
    _note(tx, form, "refuse_purge", actor, now, purge.id)
    _close_cards(services, tx, form, purge, "refuse_purge", actor, now)
    place = place_of(services, tx, form.id, purge.what, purge.target)
    told = purging.refused(view_of(standing_of(tx, form.id)), place, name_of(tx, actor))
    services.postbox.post(tx, purge.asked_by, told, now, form.id)


def may_agree(tx: Connection, actor: str, form: Form, purge: Purge) -> bool:
    """Whether this person is the second one."""
    if purge.asked_by == actor:
        return False
    return _holds(tx, actor, form, AGREES)


def place_of(services: Services, tx: Connection, form_id: int, what: str, target: str) -> str:
    """What a target is called: its place, never its words or the file's name."""
    if what != "fact":
        return phrase(f"purge_{what}", number=target)
    standard = standard_of(services, tx, form_id)
    number = standard.number_of[standard.question_of[target].id]
    return phrase("purge_fact", number=number, label=standard.facts[target].label)


def _check(tx: Connection, actor: str, form: Form, allowed: tuple[By, ...]) -> None:
    if not _holds(tx, actor, form, allowed):
        raise ActRefused("purge_not_yours")


def _holds(tx: Connection, actor: str, form: Form, allowed: tuple[By, ...]) -> bool:
    here = (None, form.department_id)
    return any(r.role in allowed and r.department_id in here for r in people.roles(tx, actor))


def _check_reason(words: str) -> None:
    if not words:
        raise ActRefused("purge_no_reason")
    if len(words) > _LONGEST_REASON:
        raise ActRefused("purge_reason_long", limit=_LONGEST_REASON)
    refuse_secret(words)
    if private_numbers(words):
        raise ActRefused("purge_reason_tells")


def _open(tx: Connection, actor: str, purge_id: int | None) -> tuple[Purge, Form]:
    """The order, with its form held."""
    purge = purges.get(tx, purge_id) if purge_id else _only(tx, actor)
    if purge is None:
        raise ActRefused("purge_none")
    form = locked(tx, purge.form_id)
    _check(tx, actor, form, AGREES)
    purge = purges.get(tx, purge.id) or purge  # as it is now that nobody else can settle it
    if not purge.is_open:
        raise ActRefused("purge_settled")
    if purge.asked_by == actor:
        raise ActRefused("purge_same_person")
    known_of(tx, form, purge.what, purge.target)
    return purge, form


def _only(tx: Connection, actor: str) -> Purge | None:
    found = [p for p in purges.open_ones(tx) if may_agree(tx, actor, locked(tx, p.form_id), p)]
    if len(found) > 1:
        numbers = phrase("list_comma").join(str(purge.id) for purge in found)
        raise ActRefused("purge_which", numbers=numbers, first=found[0].id)
    return found[0] if found else None


def _note(tx: Connection, form: Form, act: str, actor: str, now: datetime, purge_id: int) -> None:
    data = {"purge": purge_id}
    forms.note_event(tx, form.id, act, actor, form.state, form.state, now, data=data)


def _close_cards(
    services: Services,
    tx: Connection,
    form: Form,
    purge: Purge,
    act: str,
    actor: str,
    now: datetime,
) -> None:
    label = phrase(f"closed_{act}", name=name_of(tx, actor))
    for card in cards.open_about(tx, form.id):
        if purging.is_card_of(card.question or "", purge.id):
            cards.set_state(tx, card.task_id, "open", "stale")
            services.postbox.put_greying(tx, card.userid, card.task_id, label, now)


def _concerned(tx: Connection, form: Form, purge: Purge, actor: str) -> list[str]:
    """Who is told that it is done: both of them, and who fills in the form."""
    contacts = holders(tx, By.CONTACT, form.department_id)
    return list(dict.fromkeys((actor, purge.asked_by, *contacts)))

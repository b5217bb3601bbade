"""The hats that a person can wear, and which one an event is meant for.

A hat is a role, for a contact with the form: who fills in for two departments has two. One is
worn at a time; where it is unclear which, the person chooses by tap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.phrases import phrase, words
from dialogs.bubbles import Bubble, Buttons, Choice, Tick
from dialogs.case import Role
from dialogs.desk_cards import desk_of
from dialogs.events import Chosen, Event, Said
from storage import conversations, departments, forms, people
from storage.conversations import NO_FORM
from storage.interviews import Standing

CARD = "hat"
_MOST_BUTTONS = 6
_MOST_OPTIONS = 20
_LABEL = 16
_DESKS = (Role.REVIEWER, Role.FINANCE, Role.COORDINATOR)
INTERVIEWED = (Role.CONTACT, Role.COLLEAGUE)
"""The roles in which a person is asked the questions of a form."""


@dataclass(frozen=True)
class Hat:
    """A role; `form_id` and `department_id` say for which form a contact fills in or a colleague
    helps (None: none is open)."""

    role: Role
    form_id: int | None = None
    department_id: int | None = None

    @property
    def key(self) -> str:
        """What the choice is stored as: "reviewer", "contact:12"."""
        return f"{self.role}:{self.form_id}" if self.form_id else str(self.role)


@dataclass(frozen=True)
class Unclear:
    """It can't be told which hat is meant: the person is to choose."""


def hats_of(
    roles: frozenset[Role], standings: Sequence[Standing], helping: Sequence[Standing] = ()
) -> tuple[Hat, ...]:
    """The hats of somebody with these roles who fills in these forms and helps with those; a
    contact or colleague without an open form wears that hat only if there is no other."""
    own = [Hat(Role.CONTACT, s.form_id, s.department_id) for s in standings]
    own += [Hat(Role.COLLEAGUE, s.form_id, s.department_id) for s in helping]
    desks = [Hat(role) for role in _DESKS if role in roles]
    if not own and not desks:
        own = [Hat(role) for role in INTERVIEWED if role in roles][:1]
    return (*sorted(own, key=lambda hat: hat.form_id or 0), *desks)


def hat_for(
    hats: Sequence[Hat], event: Event, form_id: int | None, talk: Mapping[str, Any] | None
) -> Hat | Unclear | None:
    """Which hat an event is meant for; None for a card that is not for this person.

    `form_id` is the clicked card's, `talk` the stored talk that belongs to no form. A card says
    it itself; 换身份 and the answer to it are never words for a desk; a desk that waits for words
    gets them; words that begin like a decision go to the desk that decides, of several to the
    one worn; all else goes to the hat worn.
    """
    if isinstance(event, Chosen):
        return _of_card(hats, event, form_id)
    worn = next((hat for hat in hats if hat.key == (talk or {}).get("wears")), Unclear())
    if isinstance(event, Said) and len(hats) > 1:
        if event.text.strip() in words("switch_hat"):
            return Unclear()
        chosen = named(hats, event.text, talk)
        if chosen:
            return chosen
    desk = open_desk(talk)
    waits = next((hat for hat in hats if hat.role is desk), None)
    if waits:
        return waits
    deciding = _deciding(hats, event.text) if isinstance(event, Said) else []
    if deciding and worn not in deciding:
        return deciding[0] if len(deciding) == 1 else Unclear()
    return next(iter(hats), None) if len(hats) <= 1 else worn


def open_desk(talk: Mapping[str, Any] | None) -> Role | None:
    """The desk that waits for words from the person, by the stored talk of form 0."""
    if talk and talk.get("pending") and talk.get("hat"):
        return Role(talk["hat"])
    return None


def label_of(tx: Connection, hat: Hat) -> str:
    """How a hat is called: the role, for who is asked with the department's short name."""
    role = phrase(f"hat_{hat.role}")
    found = departments.get(tx, hat.department_id) if hat.department_id else None
    if found is None:
        return role
    name = next((n for n in found.short_names if len(n) <= _LABEL), found.name)
    return phrase("hat_of", role=role, department=name)


def notice_label(tx: Connection, userid: str, form_id: int | None) -> str:
    """How the hat is called that a notice about a form is for; "" for somebody with a single one,
    or where several have to do with the form."""
    roles = people.roles(tx, userid) if form_id else []
    hats = {_hat_of(row) for row in roles}
    form = forms.get(tx, form_id) if form_id and len(hats) > 1 else None
    if form is None:
        return ""
    here = {_hat_of(row) for row in roles if row.department_id in (None, form.department_id)}
    return label_of(tx, here.pop()) if len(here) == 1 else ""


def _hat_of(row: people.Role) -> Hat:
    role = Role(row.role)
    return Hat(role, None, row.department_id if role in INTERVIEWED else None)


def take_off(tx: Connection, userid: str, now: datetime) -> None:
    """Makes a person choose anew: what they are shown next is for another hat than they wear, and
    their answer would be taken for the worn one's."""
    kept = conversations.load(tx, userid, NO_FORM)
    if kept and kept.get("wears"):
        conversations.keep(tx, userid, NO_FORM, {**kept, "wears": ""}, now)


def question(tx: Connection, hats: Sequence[Hat]) -> Bubble:
    """Asks which hat is meant, by tap."""
    choices = tuple(
        Choice(hat.key, _fitting(label_of(tx, hat)), False) for hat in hats[:_MOST_OPTIONS]
    )
    title, note = phrase("hat_which"), phrase("hat_which_note")
    if len(choices) <= _MOST_BUTTONS:
        return Buttons(CARD, title, note, choices)
    return Tick(CARD, title, note, choices, single=True)


def _of_card(hats: Sequence[Hat], event: Chosen, form_id: int | None) -> Hat | Unclear | None:
    if event.card == CARD:
        key = event.options[0] if event.options else ""
        return next((hat for hat in hats if hat.key == key), Unclear())
    desk = desk_of(event.card)
    if desk:
        return next((hat for hat in hats if hat.role is desk), None)
    own = [hat for hat in hats if hat.role in INTERVIEWED]
    return next((hat for hat in own if form_id in (None, hat.form_id)), None)


def named(hats: Sequence[Hat], text: str, talk: Mapping[str, Any] | None) -> Hat | None:
    """The answer in words to the question which hat is meant: a number or a letter; None if the
    words are anything else, or nothing was asked."""
    said = text.strip().strip("。.").upper()
    if not (talk or {}).get("asked_hat") or len(hats) < 2 or not said.isascii():
        return None
    if said.isdigit() and len(said) < 3 and 0 < int(said) <= len(hats):
        return hats[int(said) - 1]
    if len(hats) > _MOST_BUTTONS and len(said) == 1 and 0 <= ord(said) - 65 < len(hats):
        return hats[ord(said) - 65]
    return None


def _deciding(hats: Sequence[Hat], text: str) -> list[Hat]:
    """The desks whose decisions the words begin like."""
    said = text.strip()
    desks = [hat for hat in hats if hat.role in _DESKS]
    return [hat for hat in desks if any(_begins(said, word) for word in words(hat.role))]


def _begins(said: str, word: str) -> bool:
    """Whether words begin with a decision; 通过 and the like also begin many a sentence, such as
    通过加强管理, so that behind them nothing may follow at once."""
    rest = said.removeprefix(word)
    if rest == said or word not in words("begins_prose"):
        return rest != said
    return not rest[1:] or rest[0].isdigit() or not rest[0].isalnum()


def _fitting(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"

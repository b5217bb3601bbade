"""The hats that a person can wear, and which one an event is meant for.

A hat is a role, for a contact with the form: who fills in for two departments has two. One is
worn at a time; where it is unclear which, the person chooses by tap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.phrases import phrase, words
from bot.routing import desk_of_card
from dialogs.bubbles import Bubble, Buttons, Choice, Tick
from dialogs.case import Role
from dialogs.events import Chosen, Event, Said
from storage import departments
from storage.interviews import Standing

CARD = "hat"
_MOST_BUTTONS = 6
_MOST_OPTIONS = 20
_LABEL = 16
_DESKS = (Role.REVIEWER, Role.FINANCE, Role.COORDINATOR)


@dataclass(frozen=True)
class Hat:
    """A role; `form_id` and `department_id` say for which form a contact fills in (None: none
    is open)."""

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


def hats_of(roles: frozenset[Role], standings: Sequence[Standing]) -> tuple[Hat, ...]:
    """The hats of somebody with these roles who fills in these forms; a contact without an open
    form wears that hat only if there is no other."""
    own = [Hat(Role.CONTACT, s.form_id, s.department_id) for s in standings]
    desks = [Hat(role) for role in _DESKS if role in roles]
    if not own and not desks and Role.CONTACT in roles:
        own = [Hat(Role.CONTACT)]
    return (*sorted(own, key=lambda hat: hat.form_id or 0), *desks)


def hat_for(
    hats: Sequence[Hat], event: Event, form_id: int | None, talk: Mapping[str, Any] | None
) -> Hat | Unclear | None:
    """Which hat an event is meant for; None for a card that is not for this person.

    `form_id` is the clicked card's, `talk` the stored talk that belongs to no form. A card says
    it itself; a desk that waits for words gets them; words that begin like a decision go to the
    desk that decides; all else goes to the hat worn.
    """
    if isinstance(event, Chosen):
        return _of_card(hats, event, form_id)
    desk = open_desk(talk)
    waits = next((hat for hat in hats if hat.role is desk), None)
    if waits:
        return waits
    if isinstance(event, Said):
        chosen = named(hats, event.text, talk) or _deciding(hats, event.text)
        if chosen:
            return chosen
        if len(hats) > 1 and event.text.strip() in words("switch_hat"):
            return Unclear()
    if len(hats) <= 1:
        return next(iter(hats), None)
    worn = (talk or {}).get("wears")
    return next((hat for hat in hats if hat.key == worn), Unclear())


def open_desk(talk: Mapping[str, Any] | None) -> Role | None:
    """The desk that waits for words from the person, by the stored talk of form 0."""
    if talk and talk.get("pending") and talk.get("hat"):
        return Role(talk["hat"])
    return None


def label_of(tx: Connection, hat: Hat) -> str:
    """How a hat is called: the role, for a contact with the department's short name."""
    role = phrase(f"hat_{hat.role}")
    found = departments.get(tx, hat.department_id) if hat.department_id else None
    if found is None:
        return role
    name = next((n for n in found.short_names if len(n) <= _LABEL), found.name)
    return phrase("hat_of", role=role, department=name)


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
    desk = desk_of_card(event.card)
    if desk:
        return next((hat for hat in hats if hat.role is desk), None)
    own = [hat for hat in hats if hat.role is Role.CONTACT]
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


def _deciding(hats: Sequence[Hat], text: str) -> Hat | None:
    """The desk whose decision the words begin like."""
    said = text.strip()
    for hat in hats:
        if hat.role in (Role.REVIEWER, Role.FINANCE) and said.startswith(tuple(words(hat.role))):
            return hat
    return None


def _fitting(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"

"""The card on which a contact confirms to whom something is handed, and its text way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.bubbles import Buttons, Choice, Words
from dialogs.cards import LABEL_LIMIT, NOTE_LIMIT
from dialogs.case import Known
from dialogs.hands.lines import person_named, scopes_named
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.wording import say, shortened

CARD = "handing:"
KIND = "hand"
# By whether it is only offered, and whether there are several: the question, and how to answer.
_CODES = {
    (False, False): ("hand_confirm", "hand_hint"),
    (False, True): ("hand_confirm_many", "hand_hint_many"),
    (True, False): ("hand_offer", "hand_hint_offer"),
    (True, True): ("hand_offer_many", "hand_hint_offer_many"),
}


def confirm(
    talk: Talk,
    scopes: Sequence[str],
    people: Sequence[Known],
    said: str,
    *,
    offer: bool = False,
    sure: bool = False,
    new: bool = False,
    note: str = "",
) -> Step:
    """Asks whether one of these people is to have it; `offer`: nobody asked for a hand-over yet,
    `sure`: they were called by their full name, `new`: the house doesn't know them yet. `note` goes along with it."""
    pending: dict[str, Any] = {
        "kind": KIND,
        "scopes": list(scopes),
        "found": [[each.userid, each.name, each.post] for each in people],
        "offer": offer,
        "new": new,
        "note": note,
    }
    code, hint = _CODES[offer, len(people) > 1]
    code = "hand_confirm_sure" if sure and not offer else code
    told = {"person": person_named(people[0]), "whom": said, "said": said}
    asked = say(code, scope=scopes_named(talk, scopes), **told)
    asked += say("hand_note_along", note=note) if note else ""
    state = talk.state.but(pending=pending)
    if talk.case.person.text_only or len(asked) > NOTE_LIMIT:
        lines = [asked, *_numbered(people), say(hint)]
        return Step(state, (), (Words("\n".join(lines)),))
    refuse = Choice("no", say("hand_no_offer" if offer else "hand_no"))
    card = Buttons(key_of(pending), say("hand_title"), asked, (*_choices(people), refuse))
    return Step(state, (), (card,))


def _numbered(people: Sequence[Known]) -> list[str]:
    if len(people) < 2:
        return []
    return [
        say("hand_choice", number=number, person=person_named(each))
        for number, each in enumerate(people, start=1)
    ]


def _choices(people: Sequence[Known]) -> list[Choice]:
    if len(people) == 1:
        return [Choice("0", say("hand_yes"))]
    return [
        Choice(str(at), shortened(person_named(each), LABEL_LIMIT))
        for at, each in enumerate(people)
    ]


def key_of(pending: Mapping[str, Any]) -> str:
    """The key of the card for a suggestion: an older one, about others, has another key."""
    text = json.dumps([pending["scopes"], pending["found"]], ensure_ascii=False)
    return CARD + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]

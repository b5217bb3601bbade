"""The script of the play: what each person does when a certain message is the newest.

Made by letting the interview run over a finished form, so that it always fits the questions as
they are asked now. The emulator's player carries it out through real callbacks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.bubbles import Bubble, Words
from dialogs.case import Case, FormView, Person, Role
from dialogs.effects import RecordAnswer
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.machine import step
from dialogs.prompts import prompt
from dialogs.rehearsal import chosen
from dialogs.states import State
from dialogs.talk import Talk
from dialogs.understand.command import SPELLINGS
from dialogs.wording import phrases, say
from scoring.standard import Standard
from scoring.values import Value

_MOST_TURNS = 1000
_PACE = 0.12
_SPEED = 60


def script(
    standard: Standard,
    facts: Mapping[str, Value],
    people: Mapping[Role, str],
    reviewers: Sequence[str],
    now: datetime,
    title: str,
) -> str:
    """The play as JSON text for the emulator's player.

    `people` gives the userid of contact and finance; the contact answers every question from
    `facts`, each reviewer of the chain approves, finance accepts.
    """
    contact = people[Role.CONTACT]
    rules = [{"who": contact, "when": "^$", "open": True}]
    rules += [_rule(contact, head, event) for head, event in rehearse(standard, facts, now)]
    rules.append({"who": contact, "when": _mark("all_done"), "say": [SPELLINGS["submit"][0]]})
    # The reference case comes without files, which is asked about once.
    rules.append({"who": contact, "when": _mark("submit_mandatory"), "say": [say("answer_yes")]})
    # The newest message may be the leader's picture, which has no words.
    rules += [{"who": each, "when": ".*", "press": "approve"} for each in reviewers]
    rules.append({"who": people[Role.FINANCE], "when": ".", "press": "accept"})
    return json.dumps(
        {
            "title": title,
            "speed": _SPEED,
            "pace": _PACE,
            "settle": 0.2,
            "patience": 30,
            "rules": rules,
            "stop_when": {"who": contact, "when": _mark("accepted_contact")},
        },
        ensure_ascii=False,
        indent=1,
    )


def rehearse(
    standard: Standard,
    facts: Mapping[str, Value],
    now: datetime,
) -> list[tuple[str, Event]]:
    """What a contact does from the first question to the last: the head of each, the answer."""
    form = FormView(1, "drafting", "", standard.year, now)
    person = Person("rehearsal", "", frozenset({Role.CONTACT}))
    case = Case(form, standard, {}, person)
    state = State()
    done: list[tuple[str, Event]] = []
    event: Event = Opened()
    for _ in range(_MOST_TURNS):
        result = step(state, event, case, now)
        state, case = result.state, _kept(case, result.effects)
        talk = Talk(state, case, now)
        item = talk.current
        if item is None:
            return done
        event = chosen(item, facts, standard)
        done.append((_head(prompt(talk, item)[-1]), event))
    raise RuntimeError("the rehearsal does not come to an end")


def _kept(case: Case, effects: tuple[object, ...]) -> Case:
    answers = dict(case.answers)
    for effect in effects:
        if isinstance(effect, RecordAnswer):
            answers |= {name: v for name, v in effect.values.items() if v is not None}
    return replace(case, answers=answers)


def _head(bubble: Bubble) -> str:
    """The part of a question's first line that is the same whenever it is asked."""
    text = bubble.text if isinstance(bubble, Words) else bubble.title
    return re.split("[\uff5c\n]", text)[0]


def _rule(who: str, head: str, event: Event) -> dict[str, Any]:
    rule: dict[str, Any] = {"who": who, "when": re.escape(head)}
    match event:
        case Said(text=text):
            rule["say"] = [text]
        case Chosen(options=(option,)) if option in ("yes", "no"):
            rule["press"] = option
        case Chosen(options=options) if options:
            rule["submit"] = list(options)
        case Chosen():
            rule["say"] = [say("say_none")]
    return rule


def _mark(code: str) -> str:
    """A pattern for the fixed beginning of a sentence of the catalogue."""
    return re.escape(phrases()[code].split("{")[0])

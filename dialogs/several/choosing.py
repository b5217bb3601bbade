"""Which of several things somebody meant: asked with numbers; the next message picks one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dialogs.bubbles import Words
from dialogs.describing import described, unit_of
from dialogs.replies import repeat
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import Target, find
from dialogs.understand.choosing import ordinal, says_none_of_them
from dialogs.understand.command import Command
from dialogs.wording import say, shortened

KIND = "which"
MOST = 6
_SHOWN = 20

Take = Callable[[Talk, Target, Command], Step]


def is_which(state: State) -> bool:
    """Whether the person was asked last which of several they meant."""
    return state.pending.get("kind") == KIND


def which(talk: Talk, command: Command, found: Sequence[Target], code: str = "which_many") -> Step:
    """Asks which of the targets is meant; what was wanted is remembered."""
    options = list({_name(talk, each): each for each in reversed(found)}.values())[::-1][:MOST]
    lines = [
        say("which_line", mark=number, name=_name(talk, target), value=_value(talk, target))
        for number, target in enumerate(options, start=1)
    ]
    pending = {
        "kind": KIND,
        "name": command.name,
        "value": command.value,
        "options": [[t.question.id, t.fact, t.code] for t in options],
    }
    numbers = {"target": _said(command.target), "options": "\n".join(lines)}
    words = say(code, number=talk.number(options[0].question), **numbers)
    return Step(talk.state.but(pending=pending), (), (Words(words),))


def resume(talk: Talk, text: str, take: Take) -> Step | None:
    """The step of the one that was picked by its number or name; None where the message is about
    other things."""
    pending = talk.state.pending
    options = [each for plain in pending["options"] if (each := _target(talk, plain))]
    fresh = talk.with_state(talk.state.but(pending={}))
    picked = _picked(talk, text, options)
    if len(picked) == 1:
        name = str(pending["name"])
        return take(fresh, picked[0], Command(name, picked[0].fact, str(pending["value"])))
    if picked:
        return which(talk, Command(str(pending["name"]), text, str(pending["value"])), picked)
    return repeat(fresh, say("which_dropped")) if says_none_of_them(text) else None


def _picked(talk: Talk, text: str, options: Sequence[Target]) -> list[Target]:
    """The options that the words mean."""
    number = ordinal(text)
    if number is not None and 1 <= number <= len(options):
        return [options[number - 1]]
    if number is not None:
        return [each for each in options if talk.number(each.question) == number]
    found = find(talk.case.standard, text)
    facts = {each.fact for each in found if each.fact}
    questions = {each.question.id for each in found if not each.fact}
    return [o for o in options if o.fact in facts or o.question.id in questions] or [
        o for o in options if not o.fact and o.question.id in {t.question.id for t in found}
    ]


def _target(talk: Talk, plain: Sequence[Any]) -> Target | None:
    question = talk.question(str(plain[0]))
    return Target(question, str(plain[1]), str(plain[2])) if question else None


def _name(talk: Talk, target: Target) -> str:
    label = talk.case.standard.facts[target.fact or target.question.facts[0]].label
    return say("question_named", number=talk.number(target.question), label=label)


def _said(target: str) -> str:
    return say("question_number", number=target) if target.isdigit() else shortened(target, _SHOWN)


def _value(talk: Talk, target: Target) -> str:
    """What stands there now, in brackets; "" where nothing does or a question is meant."""
    value = talk.answers.get(target.fact) if target.fact else None
    if value is None:
        return ""
    told = described(value, unit_of(talk.case.standard.facts[target.fact]))
    return say("which_now", value=shortened(told, _SHOWN))

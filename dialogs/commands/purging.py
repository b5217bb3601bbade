"""清除: something that should never have been stored is to be erased, when a second person agrees."""

from __future__ import annotations

from dialogs.bubbles import Words
from dialogs.effects import AskPurge
from dialogs.purging import KIND
from dialogs.replies import repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import find
from dialogs.understand.command import Command
from dialogs.understand.plain_text import clean
from dialogs.wording import join, say


def purge(talk: Talk, command: Command) -> Step:
    """清除 with a question or fact and a reason; what is missing is asked."""
    if not command.target:
        return repeat(talk, say("purge_how", address=talk.case.links.get(KIND, "")))
    found = find(talk.case.standard, command.target)
    if len({target.question.id for target in found}) != 1:
        return repeat(talk, say("purge_unknown", said=command.target))
    facts = (found[0].fact,) if found[0].fact else found[0].question.facts
    if len(facts) > 1:
        facts = tuple(name for name in facts if name in talk.answers) or facts
    if len(facts) > 1:
        labels = join([talk.case.standard.facts[name].label for name in facts])
        number = talk.number(found[0].question)
        return repeat(talk, say("purge_which_fact", number=number, labels=labels))
    return _asked(talk, facts[0], command.value)


def resume(talk: Talk, text: str, command: Command | None) -> Step:
    """The reason, or 取消."""
    fact = str(talk.state.pending["fact"])
    fresh = talk.with_state(talk.state.but(pending={}))
    if command and command.name == "cancel":
        return repeat(fresh, say("purge_dropped"))
    return _asked(fresh, fact, clean(text))


def _asked(talk: Talk, fact: str, reason: str) -> Step:
    place = talk.case.standard.facts[fact].label
    if not reason and talk.case.form.state != "drafting":
        return repeat(talk, say("purge_how", address=talk.case.links.get(KIND, "")))
    if not reason:
        pending = {"kind": KIND, "fact": fact}
        words = Words(say("purge_reason_ask", place=place))
        return Step(talk.state.but(pending=pending), (), (words,))
    effect = AskPurge("fact", fact, reason)
    return Step(talk.state, (effect,), (Words(say("purge_asked", place=place)),))

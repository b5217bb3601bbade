"""租金填的是多少: what was answered to something that is named."""

from __future__ import annotations

from dialogs.describing import noted
from dialogs.replies import repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import find
from dialogs.understand.command import Command
from dialogs.wording import join, say, shortened

_MOST = 4
_SHOWN = 20


def shown(talk: Talk, command: Command) -> Step:
    """The present answers to what was named, and how to change them."""
    found = find(talk.case.standard, command.target)
    lines = []
    for question in dict.fromkeys(target.question.id for target in found[:_MOST]):
        facts = [t.fact for t in found if t.question.id == question and t.fact]
        lines.append(_line(talk, question, facts))
    if not lines:
        return repeat(talk, say("edit_unknown", target=shortened(command.target, _SHOWN)))
    return repeat(talk, "\n".join(lines))


def _line(talk: Talk, question_id: str, facts: list[str]) -> str:
    standard = talk.case.standard
    question = next(q for q in standard.questions if q.id == question_id)
    names = facts or list(question.facts)
    given = {name: talk.answers[name] for name in names if name in talk.answers}
    if given:
        return say("shown_value", number=talk.number(question), what=noted(given, standard))
    labels = join([standard.facts[name].label for name in names])
    return say("shown_none", number=talk.number(question), labels=labels)

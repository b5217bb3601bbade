"""An answer to the question shown last, which has been answered meanwhile in another way.

By a colleague: if both say the same that is said, if not `clash` asks which counts. By the same
person elsewhere: what stands is said, and how to change it.
"""

from __future__ import annotations

from dialogs.agenda import Item, form_of
from dialogs.describing import noted
from dialogs.doubts.clash import asked_first
from dialogs.effects import RecordAnswer
from dialogs.intake import take
from dialogs.replies import ask_next
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import join, say
from scoring.questionnaire import Form
from scoring.sameness import same
from scoring.values import Value


def second(talk: Talk, text: str, command: Command | None) -> Step:
    """What becomes of a message to a question that is open no longer."""
    item = overtaken_item(talk)
    if item is None:
        return _already(talk)
    step = take(talk, item, text, command)
    return compared(talk, step) or _kept(talk, step)


def overtaken_item(talk: Talk) -> Item | None:
    """The question shown last, if a colleague has answered it since; rows that were asked one by
    one are not asked again."""
    key = talk.state.asked
    item = talk.edited(key) if key and "." not in key else None
    if item is None or not any(name in talk.case.authors for name in item.facts):
        return None
    return item


def compared(talk: Talk, step: Step) -> Step | None:
    """The step of a second answer: nothing where it says the same as the first, else which of the
    two counts is asked; None where no answer was understood."""
    wished = next((each for each in step.effects if isinstance(each, RecordAnswer)), None)
    if wished is None:
        return None
    if all(_stands(talk.answers.get(name), value) for name, value in wished.values.items()):
        return ask_next(_free(talk), _told(talk, "already_same"))
    return asked_first(talk, step)


def _stands(present: Value | None, value: Value | None) -> bool:
    if present is None or value is None:
        return present is value
    return same(present, value)


def _kept(talk: Talk, step: Step) -> Step:
    """Nothing could be recorded: the first answer stays. Lines of a table wait for a 修改."""
    item = overtaken_item(talk)
    rows = item is not None and (
        form_of(item.question, talk.case.standard.facts) is Form.ROWS
        and step.state.drafts != talk.state.drafts
    )
    free = _free(talk.with_state(step.state) if rows else talk)
    told = _told(talk, "already_rows" if rows else "already_by")
    return ask_next(free, told)


def _already(talk: Talk) -> Step:
    question = talk.question(talk.state.asked.split(".")[0])
    if question is None or not any(name in talk.answers for name in question.facts):
        return ask_next(_free(talk))
    names = [talk.case.authors[name] for name in question.facts if name in talk.case.authors]
    return ask_next(_free(talk), _told(talk, "already_by" if names else "already"))


def _free(talk: Talk) -> Talk:
    return talk.with_state(talk.state.but(asked=""))


def _told(talk: Talk, code: str) -> str:
    """What stands for the question shown last, and whose answer it is."""
    question = talk.question(talk.state.asked.split(".")[0])
    if question is None:
        return ""
    given = {n: talk.answers[n] for n in question.facts if n in talk.answers}
    names = {talk.case.authors.get(name, "") for name in given} - {"", talk.case.person.name}
    what, number = noted(given, talk.case.standard), talk.number(question)
    return say(code, number=number, name=join(sorted(names)), what=what)

"""Changes while a form is on its way: the cover at any time, all else only after taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.agenda import Item
from dialogs.answers import problem, read_cell
from dialogs.bubbles import Words
from dialogs.commands.correcting import meant
from dialogs.describing import noted
from dialogs.effects import RecordAnswer, RecordCover, Withdraw
from dialogs.intake import take
from dialogs.replies import elsewhere, repeat, start_editing
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import Target
from dialogs.understand.command import Command
from dialogs.understand.plain_text import first_clause
from dialogs.understand.reading import Ask
from dialogs.understand.yesno import says_yes
from dialogs.wording import say
from scoring.questionnaire import Kind
from scoring.values import Value

PENDING = "reopen"
_ON_ITS_WAY = ("in_review", "approved", "delivered")
_NOT_AT_ONCE = {Kind.ROWS, Kind.CHECKLIST}


def change(talk: Talk, command: Command) -> Step | None:
    """修改 and 改成 while the form is not with the contact; None where it is about other things."""
    if command.name not in ("edit", "set") or talk.case.form.state not in _ON_ITS_WAY:
        return None
    found = list({target.question.id: target for target in meant(talk, command.target)}.values())
    if len(found) != 1:
        return None
    target = found[0]
    if _is_cover(talk, target):
        return _cover(talk, target.fact, command)
    if talk.case.form.state != "in_review":
        return None
    pending = {"kind": PENDING, "question": target.question.id, "fact": target.fact}
    pending["value"] = command.value if command.name == "set" else ""
    return Step(talk.state.but(pending=pending), (), (Words(say("reopen_ask")),))


def answer(talk: Talk, text: str) -> Step | None:
    """是 or 否 to taking the form back for a change; None while nothing was asked."""
    pending = talk.state.pending
    if pending.get("kind") != PENDING:
        return None
    yes = says_yes(text)
    fresh = talk.with_state(talk.state.but(pending={}))
    if yes is None:
        return None
    if not yes or talk.case.form.state != "in_review":
        said = say("reopen_dropped") if not yes else elsewhere(talk)
        return repeat(fresh, said)
    return _reopened(fresh, str(pending["question"]), str(pending["fact"]), str(pending["value"]))


def _reopened(talk: Talk, question_id: str, fact: str, value: str) -> Step:
    """Takes the form back and does what was wanted, in one turn."""
    here = replace(talk.case, form=replace(talk.case.form, state="drafting"))
    back = Talk(talk.state, here, talk.now)
    step = _wanted(back, question_id, fact, value)
    first, *rest = step.bubbles
    lead = say("reopened")
    told = (Words(f"{lead}{first.text}"),) if isinstance(first, Words) else (Words(lead), first)
    return Step(step.state, (Withdraw(), *step.effects), (*told, *rest))


def _wanted(talk: Talk, question_id: str, fact: str, value: str) -> Step:
    item = talk.edited(question_id)
    specs = talk.case.standard.facts
    if not value or item is None:
        return start_editing(talk, question_id)
    if fact and specs[fact].type not in _NOT_AT_ONCE:
        item = Item(item.key, item.question, (fact,))
    editing = talk.with_state(talk.state.but(editing=question_id))
    step = take(editing, item, value, None)
    recorded = any(isinstance(effect, RecordAnswer) for effect in step.effects)
    return step if recorded else start_editing(talk, question_id)


def _is_cover(talk: Talk, target: Target) -> bool:
    return bool(target.fact) and talk.case.standard.facts[target.fact].cover


def _cover(talk: Talk, fact: str, command: Command) -> Step:
    spec = talk.case.standard.facts[fact]
    if command.name != "set":
        return repeat(talk, say("cover_how", label=spec.label))
    got = read_cell(spec, command.value, talk.today)
    if isinstance(got, Ask):
        got = read_cell(spec, first_clause(command.value), talk.today)
    if isinstance(got, Ask):
        return repeat(talk, problem(got) + say("answer_kept"))
    values: Mapping[str, Value] = {fact: got.value}
    code = "cover_changed" if talk.case.form.state == "in_review" else "cover_delivered"
    words = say(code, what=noted(values, talk.case.standard))
    return Step(talk.state, (RecordCover(values, command.value),), (Words(words),))

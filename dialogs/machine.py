"""The conversation of a contact: one event in, one step out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from dialogs.agenda import Item, form_of
from dialogs.answers import Answer, column_values, pick_values, read_answer
from dialogs.bubbles import Words
from dialogs.case import Case
from dialogs.commands import COMMANDS
from dialogs.describing import noted
from dialogs.events import Chosen, Event, Opened, Said, Unreadable
from dialogs.offers import offers
from dialogs.replies import ask_next, keep, repeat
from dialogs.states import State
from dialogs.step import Step
from dialogs.tables import add_lines, change_draft, closed
from dialogs.talk import PLACE, Talk
from dialogs.targets import find
from dialogs.understand.command import Command, read_command, split_end
from dialogs.understand.letters import says_none
from dialogs.understand.plain_text import clean
from dialogs.wording import join, phrases, say
from scoring.questionnaire import Form
from scoring.values import Letters, NotApplicable, Offline, Rows, Value, YesNo

# Commands that mean something only where a table, an offer or a correction is open.
_IN_TABLES = {"delete", "list", "clear"}
_LOOKING = {"help", "progress", "score", "preview", "withdraw", "text_only", "cards"}
_FREE_TEXT = {"set", "edit"}


def step(state: State, event: Event, case: Case, now: datetime) -> Step:
    """What follows from an event in the interview of a contact. Pure.

    The same state, event, case and time always give the same step.
    """
    talk = Talk(state, case, now)
    match event:
        case Opened():
            return _greet(talk)
        case Unreadable(kind=kind):
            code = f"unreadable_{kind}"
            return repeat(talk, say(code if code in phrases() else "unreadable_unknown"))
        case Chosen():
            return _chosen(talk, event)
        case Said(text=text):
            return _said(talk, text)
    raise TypeError(event)


def _greet(talk: Talk) -> Step:
    form, progress = talk.case.form, talk.progress
    numbers = {
        "name": talk.case.person.name,
        "department": form.department,
        "year": form.year,
        "done": progress.done,
        "total": progress.total,
        "low": talk.sheet.total.low,
        "deadline": form.deadline.astimezone(PLACE).date().isoformat(),
    }
    if form.state != "drafting":
        return repeat(talk, _elsewhere(talk))
    lead = say("welcome_back" if talk.answers else "welcome", **numbers)
    if form.returned_words:
        lead += "\n" + say("returned_note", words=form.returned_words)
    return ask_next(talk, lead)


def _elsewhere(talk: Talk) -> str:
    names = join(list(talk.case.reviewers)) or say("reviewers_default")
    return say(f"state_{talk.case.form.state}", reviewers=names)


def _said(talk: Talk, text: str) -> Step:
    command = read_command(text)
    if talk.case.form.state != "drafting":
        if command and command.name in _LOOKING:
            return COMMANDS[command.name](talk, command)
        return repeat(talk, _elsewhere(talk))
    if not clean(text):
        return repeat(talk, say("ask_empty"))
    if command and command.name in COMMANDS and _is_meant(talk, command):
        return COMMANDS[command.name](talk, command)
    item = talk.current
    if item is None:
        return ask_next(talk)
    if talk.state.asked and talk.state.asked != item.key and not talk.state.editing:
        return _already(talk)
    return _answer(talk, item, text, command)


def _is_meant(talk: Talk, command: Command) -> bool:
    """Whether a message that looks like a command is one: long texts may begin like commands."""
    if command.name not in _FREE_TEXT or not command.target:
        return True
    return bool(find(talk.case.standard, command.target)) or not _asks_words(talk)


def _asks_words(talk: Talk) -> bool:
    item = talk.current
    if item is None:
        return False
    form = form_of(item.question, talk.case.standard.facts)
    return form in (Form.TEXT, Form.ROWS) or item.row is not None


def _already(talk: Talk) -> Step:
    """The question shown last has been answered meanwhile, by a colleague or in another way."""
    question = talk.question(talk.state.asked.split(".")[0])
    if question is None:
        return ask_next(talk)
    given = {name: talk.answers[name] for name in question.facts if name in talk.answers}
    if not given:
        return ask_next(talk)
    names = {talk.case.authors.get(name, "") for name in given} - {"", talk.case.person.name}
    what = noted(given, talk.case.standard)
    number = talk.number(question)
    if names:
        return ask_next(talk, say("already_by", number=number, name=join(sorted(names)), what=what))
    return ask_next(talk, say("already", number=number, what=what))


def _answer(talk: Talk, item: Item, text: str, command: Command | None) -> Step:
    name = command.name if command else ""
    if command and name == "offline":
        return keep(talk, item, dict.fromkeys(item.facts, Offline()), text)
    if command and name == "na":
        return _not_applicable(talk, item, command, text)
    form = form_of(item.question, talk.case.standard.facts)
    if form is Form.ROWS and not item.columns:
        return _table(talk, item, text, command)
    if form is Form.FIELDS and not item.columns:
        return _fields(talk, item, text, name == "agree")
    if name == "done":
        return repeat(talk, say("nothing_read"))
    return _take(talk, item, text, _read(talk, item, text))


def _read(talk: Talk, item: Item, text: str, known: Collection[str] = ()) -> Answer:
    return read_answer(item, text, talk.case.standard, talk.answers, talk.today, known)


def _not_applicable(talk: Talk, item: Item, command: Command, text: str) -> Step:
    facts = talk.case.standard.facts
    refused = [facts[name].label for name in item.facts if not facts[name].na]
    if refused or item.columns:
        label = refused[0] if refused else facts[item.facts[0]].label
        return repeat(talk, say("na_refused", label=label))
    if not command.value:
        return repeat(talk, say("ask_na_reason"))
    return keep(talk, item, dict.fromkeys(item.facts, NotApplicable(command.value)), text)


def _table(talk: Talk, item: Item, text: str, command: Command | None) -> Step:
    name = command.name if command else ""
    fact = talk.case.standard.facts[item.facts[0]]
    if command and name in _IN_TABLES:
        return change_draft(talk, item, command)
    none_said = says_none(text)
    if none_said and not talk.state.draft and not fact.min_rows:
        return keep(talk, item, {item.facts[0]: Rows(())}, text)
    if name == "done" or (none_said and talk.state.draft):
        return _close(talk, item, text)
    if none_said:
        return repeat(talk, say("rows_too_few", least=fact.min_rows))
    body, ended = split_end(text)
    added = add_lines(talk, item, body)
    if not ended or len(added.state.draft) == len(talk.state.draft):
        return added
    return _close(talk.with_state(added.state), item, text)


def _close(talk: Talk, item: Item, text: str) -> Step:
    rows = closed(talk, item)
    return rows if isinstance(rows, Step) else keep(talk, item, {item.facts[0]: rows}, text)


def _fields(talk: Talk, item: Item, text: str, agreed: bool) -> Step:
    """Figures and short texts; what is offered counts where nothing else was typed."""
    offered = dict(offers(item, talk.case, talk.today))
    present = {n: talk.answers[n] for n in item.facts if n in talk.answers}
    offered |= present
    facts = talk.case.standard.facts
    missing = [n for n in item.facts if n not in offered and not facts[n].optional]
    if agreed and offered:
        if missing:
            labels = join([facts[name].label for name in missing])
            return repeat(talk, say("still_missing", missing=labels))
        return keep(talk, item, offered, text)
    if agreed and len(item.facts) > 1:
        return repeat(talk, say("agree_nothing"))
    answer = _read(talk, _unoffered_first(item, offered), text, offered)
    if answer.values and not answer.asks and not answer.left:
        values = {**offered, **answer.values}
        ordered = {name: values[name] for name in item.facts if name in values}
        return _kept(talk, item, Answer(ordered, answer.notes), text)
    return _take(talk, item, text, answer)


def _unoffered_first(item: Item, offered: dict[str, Value]) -> Item:
    """The item with the facts first for which nothing is known: unlabelled pieces go to them."""
    facts = sorted(item.facts, key=lambda name: name in offered)
    return Item(item.key, item.question, tuple(facts), item.columns, item.row)


def _take(talk: Talk, item: Item, text: str, answer: Answer) -> Step:
    """Keeps what was understood; what was not is asked, and what was there before stays."""
    if answer.values and not answer.left and not answer.asks:
        return _kept(talk, item, answer, text)
    labels = join([talk.case.standard.facts[name].label for name in item.facts])
    problems = [say(ask.code, **ask.numbers) for ask in answer.asks]
    if answer.left:
        left = phrases()["comma"].join(answer.left)
        problems.append(say("ask_too_many", left=left, labels=labels))
    if not problems:
        problems = [say("nothing_read")]
    if answer.values and not answer.left:
        return _kept(talk, item, answer, text, "\n".join(problems))
    if any(name in talk.answers for name in item.facts):
        problems.append(say("answer_kept"))
    state = talk.state.but(asked=item.key)
    return Step(state, (), (Words("\n".join(problems)),))


def _kept(talk: Talk, item: Item, answer: Answer, text: str, tail: str = "") -> Step:
    """Records what was understood; facts of the item that are still open are asked again."""
    return keep(talk, item, answer.values, text, answer.notes, tail)


def _chosen(talk: Talk, event: Chosen) -> Step:
    if talk.case.form.state != "drafting":
        return repeat(talk, _elsewhere(talk))
    key = event.card.removeprefix("ask:")
    editing = talk.state.editing == key
    item = next((i for i in talk.items if i.key == key), None)
    if editing or item is None:
        item = talk.edited(key) if editing else item
    if item is None:
        return _old_card(talk, key)
    values = _chosen_values(talk, item, event.options)
    if values is None:
        return ask_next(talk, say("card_gone"))
    raw = "".join(event.options) or say("have_not")
    return keep(talk, item, values, raw)


def _old_card(talk: Talk, key: str) -> Step:
    """A card whose question is answered already, or asked no longer: the answer stays."""
    question = talk.question(key.split(".")[0])
    given = {
        name: talk.answers[name]
        for name in (question.facts if question else ())
        if name in talk.answers
    }
    if question is None or not given:
        return ask_next(talk, say("card_gone"))
    what = noted(given, talk.case.standard)
    return ask_next(talk, say("card_old", number=talk.number(question), what=what))


def _chosen_values(talk: Talk, item: Item, options: tuple[str, ...]) -> dict[str, Value] | None:
    """What a click or a submission says to its item; None where it does not fit."""
    facts = talk.case.standard.facts
    if item.columns:
        rows = talk.answers[item.facts[0]]
        fits = item.row is None and isinstance(rows, Rows)
        return column_values(item, options, rows) if fits and isinstance(rows, Rows) else None
    match form_of(item.question, facts):
        case Form.YESNO:
            return {item.facts[0]: YesNo(options == ("yes",))} if options else None
        case Form.PICK:
            return pick_values(item, options)
        case Form.CHECKLIST:
            known = tuple(letter for letter in facts[item.facts[0]].options if letter in options)
            return {item.facts[0]: Letters(known)}
    return None

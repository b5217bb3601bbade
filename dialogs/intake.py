"""What becomes of a message that answers the open question."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dialogs.agenda import Item, form_of, line_columns
from dialogs.answers import Answer, problem, read_answer, with_cells
from dialogs.bubbles import Words
from dialogs.describing import rows_count
from dialogs.offers import offers, whole_offer
from dialogs.questions import draft_lines
from dialogs.replies import ask_next, keep, repeat
from dialogs.several.asides import aside, write_and_tell
from dialogs.step import Step
from dialogs.tables.adding import add_lines
from dialogs.tables.changing import clear
from dialogs.tables.kept import closed, odd_of, with_offered
from dialogs.tables.settling import ask_again
from dialogs.talk import Talk
from dialogs.texts.writing import is_text
from dialogs.understand.aside import split_aside, split_spoken, without_rest_right
from dialogs.understand.asking import is_question
from dialogs.understand.bringing import EITHER_WAY
from dialogs.understand.command import Command, split_end
from dialogs.understand.letters import says_none
from dialogs.understand.plain_text import simple
from dialogs.understand.repeated import digest, is_telling
from dialogs.unit_lines import take_by_unit
from dialogs.widening import all_again, which_text, widened
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Form, Kind
from scoring.values import Cell, NotApplicable, Offline, Rows, Value, YesNo

# Commands that mean something only where a table is open, and words that are never an answer.
_IN_TABLES = {"delete", "list", "clear"}
_AGREE = {"agree", "adopt"}
_NO_TEXT = _IN_TABLES | _AGREE | {"done", "approve", "accept", "waiting", "singly"}
_ASIDE_LIMIT = 30


def take(talk: Talk, item: Item, text: str, command: Command | None) -> Step:
    """Takes a message as the answer to an item, asks where it is unclear, or notices that it is
    the one that was taken a moment ago."""
    step = _take(talk, item, text, command)
    took = bool(step.effects) or (step.state.drafts, step.state.texts) != (
        talk.state.drafts,
        talk.state.texts,
    )
    if not took and command is None and is_question(text):
        return repeat(talk, aside(talk, item, text))
    if is_telling(text) and digest(text) == talk.state.taken and not _repeats(talk, item):
        return _twice(talk, text, took or step.state.odd != talk.state.odd)
    if not took or not is_telling(text):
        return step
    return Step(step.state.but(taken=digest(text)), step.effects, step.bubbles)


def _repeats(talk: Talk, item: Item) -> bool:
    """Whether an item asks figures of one row after another, which are often the same."""
    columns = talk.case.standard.facts[item.facts[0]].columns
    return item.row is not None and any(columns[c].type is not Kind.TEXT for c in item.columns)


def _twice(talk: Talk, text: str, would_take: bool) -> Step:
    if not would_take:
        return ask_next(talk, say("again_noted"))
    state = talk.state.but(pending={"kind": "again", "text": text})
    return Step(state, (), (Words(say("again", text=shortened(text, _ASIDE_LIMIT))),))


def _take(talk: Talk, item: Item, text: str, command: Command | None) -> Step:
    name = command.name if command else ""
    if name == "offline":
        return keep(talk, item, _offline(talk, item), text)
    if command and name == "na":
        return _not_applicable(talk, item, command, text)
    form = form_of(item.question, talk.case.standard.facts)
    is_words = item.row is not None or (form is Form.TEXT and not item.columns)
    is_rows = form is Form.ROWS and not item.columns
    asks = is_question(text) and not (is_words and split_spoken(text)[1])
    if command is None and (is_words or is_rows) and asks:
        return repeat(talk, aside(talk, item, text))
    if is_rows:
        return _table(talk, item, text, command)
    which = form in (Form.PICK, Form.CHECKLIST) and not item.columns
    if (is_words and name in _NO_TEXT) or (which and name in _AGREE):
        return _agreed(talk, item, text, name)
    if is_text(talk, item):
        return write_and_tell(talk, item, text)
    if form is Form.FIELDS and not item.columns:
        return _fields(talk, item, text, name in _AGREE)
    if form is Form.YESNO and name in _AGREE and not item.columns:
        adopted = _adopted(talk, item, text, name)
        if adopted:
            return adopted
    answer = _read(talk, item, text)
    return (
        _settle(talk, item, text, answer) if is_words else _settle_aside(talk, item, text, answer)
    )


def _agreed(talk: Talk, item: Item, text: str, name: str) -> Step:
    """Only what stands already can be agreed to: 对 does not say which."""
    offered = whole_offer(item, talk.case, talk.today)
    given = {n: talk.answers[n] for n in item.facts if n in talk.answers} or offered
    if name in _AGREE and given and not item.columns:
        return keep(talk, item, given, text, agreed=set(given) - set(talk.answers))
    return repeat(talk, say("agree_nothing"))


def _adopted(talk: Talk, item: Item, text: str, name: str) -> Step | None:
    """采用 takes the yes or no that was brought. 对 beside a brought 否 may mean either, so it is
    asked about; None where nothing was brought."""
    offered = whole_offer(item, talk.case, talk.today)
    if not offered or item.facts[0] in talk.answers:
        return None
    if name == "adopt":
        return keep(talk, item, offered, text, agreed=offered)
    if offered[item.facts[0]] == YesNo(True) or simple(text) not in EITHER_WAY:
        return None
    return repeat(talk, say("ask_yesno", text=text))


def _offline(talk: Talk, item: Item) -> dict[str, Value]:
    """线下报送 for the facts of an item, or for the cells that it asks."""
    if not item.columns:
        return dict.fromkeys(item.facts, Offline())
    rows = talk.answers[item.facts[0]]
    assert isinstance(rows, Rows)  # noqa: S101 - only tables have columns
    cells: dict[str, Cell] = dict.fromkeys(item.columns, Offline())
    chosen = range(len(rows.value)) if item.row is None else [item.row]
    for at in chosen:
        rows = with_cells(rows, at, cells)
    return {item.facts[0]: rows}


def _not_applicable(talk: Talk, item: Item, command: Command, text: str) -> Step:
    facts = talk.case.standard.facts
    refused = [facts[name].label for name in item.facts if item.columns or not facts[name].na]
    if refused:
        return repeat(talk, say("na_refused", label=refused[0]))
    if not command.value:
        pending = {"kind": "na", "item": item.key}
        return Step(talk.state.but(pending=pending), (), (Words(say("ask_na_reason")),))
    return keep(talk, item, dict.fromkeys(item.facts, NotApplicable(command.value)), text)


def _table(talk: Talk, item: Item, text: str, command: Command | None) -> Step:
    name = command.name if command else ""
    fact, draft = talk.case.standard.facts[item.facts[0]], talk.draft(item)
    offered = {} if draft else whole_offer(item, talk.case, talk.today)
    if name in _AGREE and offered and item.facts[0] not in talk.answers:
        return keep(talk, item, offered, text, agreed=offered)
    if command and name in _IN_TABLES:
        return clear(with_offered(talk, item), item)
    none_said = says_none(text)
    if none_said and not draft and not fact.min_rows and not odd_of(talk, item):
        return keep(talk, item, {item.facts[0]: Rows(())}, text)
    if name == "done" or (none_said and (draft or odd_of(talk, item))):
        return _close(talk, item, text)
    if none_said:
        return repeat(talk, say("rows_too_few", least=rows_count(fact, fact.min_rows)))
    if name in _NO_TEXT:
        return repeat(talk, say("rows_close_first" if draft else "agree_nothing"))
    body, ended = split_end(text)
    added = add_lines(talk, item, body)
    after = talk.with_state(added.state)
    if not ended or after.draft(item) == draft or odd_of(after, item):
        return added
    show = len(line_columns(fact)) > 1
    return _close(after, item, text, draft_lines(after.draft(item), fact) if show else [])


def _close(talk: Talk, item: Item, text: str, details: Collection[str] = ()) -> Step:
    asked = ask_again(talk, item)
    if asked:
        return asked
    rows = closed(talk, item)
    if isinstance(rows, str):
        return repeat(talk, rows)
    return keep(talk, item, {item.facts[0]: rows}, text, details=list(details))


def _fields(talk: Talk, item: Item, text: str, agreed: bool) -> Step:
    """Figures and short texts; what is offered counts where nothing else was typed."""
    of_units = take_by_unit(talk, item, text)
    if of_units:
        return of_units
    if again := all_again(talk, item, text):
        return again
    item = item if agreed else widened(talk, item, text)
    facts = talk.case.standard.facts
    known = {
        **offers(item, talk.case, talk.today),
        **{n: talk.answers[n] for n in item.facts if n in talk.answers},
    }
    if agreed:
        missing = [facts[n].label for n in item.facts if n not in known and not facts[n].optional]
        if not known:
            return repeat(talk, say("agree_nothing"))
        if missing:
            return repeat(talk, say("still_missing", missing=join(missing)))
        return keep(talk, item, known, text, agreed=set(known) - set(talk.answers))
    order = _unknown_first(item, known)
    answer = _read(talk, order, without_rest_right(text) if known else text, known)
    if known and (doubt := which_text(talk, item, answer)):
        return repeat(talk, doubt)
    if answer.values and not answer.asks and not answer.left:
        whole, offered = _filled_up(item, answer, known), _left_as_offered(talk, answer, known)
        return keep(talk, item, whole.values, text, whole.notes, agreed=offered)
    body, question = split_aside(text)
    if question:
        part = _read(talk, order, body, known)
        if part.values and not part.asks and not part.left:
            return _with_aside(talk, item, text, _filled_up(item, part, known), question)
    return _settle(talk, item, text, answer)


def _filled_up(item: Item, answer: Answer, known: Mapping[str, Value]) -> Answer:
    """The answer together with what was known before, in the order of the item."""
    values = {**known, **answer.values}
    return Answer({n: values[n] for n in item.facts if n in values}, answer.notes)


def _left_as_offered(talk: Talk, answer: Answer, known: Collection[str]) -> set[str]:
    """The facts for which nothing else was typed than what was offered."""
    return set(known) - set(answer.values) - set(talk.answers)


def _unknown_first(item: Item, known: Collection[str]) -> Item:
    """The item with the facts first for which nothing is known: unlabelled pieces go to them."""
    facts = sorted(item.facts, key=lambda name: name in known)
    return Item(item.key, item.question, tuple(facts), item.columns, item.row)


def _read(talk: Talk, item: Item, text: str, known: Collection[str] = ()) -> Answer:
    return read_answer(item, text, talk.case.standard, talk.answers, talk.today, known)


def _settle_aside(talk: Talk, item: Item, text: str, answer: Answer) -> Step:
    """Keeps an answer to a choice, also where a question follows it in the same message."""
    body, question = split_aside(text)
    if not answer.values and question:
        part = _read(talk, item, body)
        if part.values:
            return _with_aside(talk, item, text, part, question)
    return _settle(talk, item, text, answer)


def _with_aside(talk: Talk, item: Item, text: str, answer: Answer, question: str) -> Step:
    """Keeps the answer, and says what is known about the question that came with it."""
    tail = aside(talk, item, question)
    return keep(talk, item, answer.values, text, answer.notes, details=[tail])


def _settle(talk: Talk, item: Item, text: str, answer: Answer) -> Step:
    """Keeps what was understood; what was not is asked, and what was there before stays."""
    if answer.values and not answer.left and not answer.asks:
        return keep(talk, item, answer.values, text, answer.notes)
    problems = _problems(talk, item, answer)
    named = set(answer.values) <= set(answer.named)
    if _is_remark(talk, item, answer):
        left = shortened(join(list(answer.left)), _ASIDE_LIMIT)
        return keep(
            talk, item, answer.values, text, answer.notes, details=[say("remark", left=left)]
        )
    if answer.values and (not answer.left or named):
        return keep(talk, item, answer.values, text, answer.notes, "\n".join(problems))
    if any(name in talk.answers for name in item.facts) and not item.columns:
        problems.append(say("answer_kept"))
    return Step(talk.state.but(asked=item.key), (), (Words("\n".join(problems)),))


def _is_remark(talk: Talk, item: Item, answer: Answer) -> bool:
    """Whether all that is wanted was understood, and what is left says no figure."""
    facts = talk.case.standard.facts
    missing = [n for n in item.facts if n not in answer.values and not facts[n].optional]
    words = not any(char.isdigit() for piece in answer.left for char in piece)
    return bool(answer.left) and words and not answer.asks and not missing and not item.columns


def _problems(talk: Talk, item: Item, answer: Answer) -> list[str]:
    labels = join([talk.case.standard.facts[name].label for name in item.facts])
    problems = [problem(ask) for ask in answer.asks]
    if answer.left and (answer.values or not problems):
        left = shortened(join(list(answer.left)), _ASIDE_LIMIT)
        whole = set(answer.values) <= set(answer.named) and answer.values
        code = "left_over" if whole else "ask_too_many"
        problems.append(say(code, left=left, labels=labels))
    return problems or [say("nothing_read")]

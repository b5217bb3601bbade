"""Steps that several parts of the interview share: say something, then ask what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.agenda import Item, form_of, next_item
from dialogs.bubbles import Words
from dialogs.case import Change
from dialogs.describing import noted
from dialogs.echo import echo, finding_line
from dialogs.effects import Effect, RecordAnswer
from dialogs.prompts import prompt
from dialogs.states import State
from dialogs.step import Step
from dialogs.tables import draft_of
from dialogs.talk import Talk
from dialogs.wording import join, say
from scoring.questionnaire import Form
from scoring.values import Value


def ask_next(talk: Talk, lead: str = "", effects: tuple[Effect, ...] = ()) -> Step:
    """Says `lead` and asks the current item; when nothing is left, says how to go on."""
    item = talk.current
    if item is None:
        words = "\n\n".join(part for part in (lead, all_done(talk)) if part)
        return Step(talk.state.but(asked="", editing=""), effects, (Words(words),))
    state = talk.state.but(asked=item.key)
    return Step(state, effects, prompt(talk.with_state(state), item, lead))


def repeat(talk: Talk, lead: str) -> Step:
    """Says something short; the open question stays as it is and isn't shown again."""
    return Step(talk.state, (), (Words(lead),))


def all_done(talk: Talk) -> str:
    """What is said when every question is answered."""
    lines = [say("all_done", score=talk.sheet.total.low)]
    if talk.findings:
        lines.append(say("all_done_findings", count=len(talk.findings)))
        lines += [finding_line(finding) for finding in talk.findings[:6]]
    return "\n".join([*lines, say("all_done_next")])


def keep(
    talk: Talk,
    item: Item,
    values: Mapping[str, Value],
    raw: str,
    notes: Sequence[tuple[str, str]] = (),
    tail: str = "",
) -> Step:
    """Records values for an item, says what they did, and asks what comes next."""
    state = moved_on(talk.state, item)
    after = talk.after(values, state)
    if tail and any(open_item.key == item.key for open_item in after.items):
        after = after.with_state(state.but(asked=item.key))
    lead = echo(talk, after, item, values, notes)
    lead = f"{lead}\n{tail}" if tail else lead
    return ask_next(after, lead, (RecordAnswer(values, raw),))


def moved_on(state: State, item: Item) -> State:
    """The state when an item has been dealt with."""
    skipped = tuple(key for key in state.skipped if key != item.key)
    return state.but(asked="", editing="", draft=(), pending={}, skipped=skipped)


def start_editing(talk: Talk, question_id: str) -> Step:
    """Asks a question again with its present answer shown."""
    item = talk.edited(question_id)
    question = talk.question(question_id)
    if item is None or question is None:
        number = talk.number(question) if question else 0
        return repeat(talk, say("edit_not_applicable", number=number))
    draft: tuple[Mapping[str, Any], ...] = ()
    if form_of(item.question, talk.case.standard.facts) is Form.ROWS:
        draft = draft_of(talk, item.facts[0])
    state = talk.state.but(editing=question_id, asked=item.key, draft=draft, pending={})
    after = talk.with_state(state)
    return Step(state, (), prompt(after, item))


def undo(talk: Talk, change: Change) -> Step:
    """Takes the person's last change back."""
    state = talk.state.but(asked="", editing="", draft=(), pending={})
    after = talk.after(change.before, state)
    restored = {n: v for n, v in change.before.items() if v is not None}
    taken = [talk.case.standard.facts[n].label for n, v in change.before.items() if v is None]
    lines = []
    if restored:
        lines.append(say("undo_back", what=noted(restored, talk.case.standard)))
    if taken:
        lines.append(say("undo_taken", what=join(taken[:4])))
    first = next(iter(change.before))
    state = state.but(asked=_first_key(after, first))
    effects: tuple[Effect, ...] = (RecordAnswer(dict(change.before), change.raw),)
    return ask_next(after.with_state(state), "\n".join(lines), effects)


def _first_key(talk: Talk, fact: str) -> str:
    item = next((i for i in talk.items if fact in i.facts), None)
    return item.key if item else ""


def upcoming(talk: Talk) -> Item | None:
    """What would be asked if nothing were under way."""
    return next_item(talk.items, talk.state.skipped)

"""Commands that move on: 继续 and 跳过."""

from __future__ import annotations

from dialogs.agenda import Item
from dialogs.answers import with_cells
from dialogs.commands.correcting import cancel
from dialogs.effects import RecordAnswer
from dialogs.hands.lines import only_handed
from dialogs.replies import ask_next, moved_on, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import say
from scoring.values import Rows, Text, Value

_REASON = 60


def go_on(talk: Talk, command: Command) -> Step:
    """继续: the open question once more."""
    return ask_next(talk)


def skip(talk: Talk, command: Command) -> Step:
    """跳过: leaves an optional item blank, puts any other off to the end."""
    item = talk.current
    if item is None:
        return repeat(talk, say("skip_nothing"))
    if talk.state.editing:
        return cancel(talk, command)
    blank = _blank(talk, item)
    if blank:
        after = talk.after(blank, moved_on(talk.state, item))
        return ask_next(after, say("skipped_blank"), (RecordAnswer(blank, "skip"),))
    if only_handed(talk):
        return repeat(talk, say("hand_waiting_rest"))
    others = [open_item for open_item in talk.items if open_item.key != item.key]
    if not others:
        return repeat(talk, say("skip_last"))
    skipped = (*(key for key in talk.state.skipped if key != item.key), item.key)
    # Rows typed so far wait for the person to come back.
    state = talk.state.but(asked="", skipped=skipped, reasons=_reasons(talk, item, command))
    told = say("skipped_why", why=command.value) if command.value else say("skipped")
    return ask_next(talk.with_state(state), told)


def _reasons(talk: Talk, item: Item, command: Command) -> dict[str, str]:
    """Why questions are put off, of those that still are."""
    left = {key: why for key, why in talk.state.reasons.items() if key in talk.state.skipped}
    left.pop(item.key, None)
    return {**left, item.key: command.value[:_REASON]} if command.value else left


def _blank(talk: Talk, item: Item) -> dict[str, Value]:
    """The values that leave an optional item blank; none where something is required."""
    facts = talk.case.standard.facts
    if item.row is not None:
        columns = facts[item.facts[0]].columns
        if not all(columns[c].optional for c in item.columns):
            return {}
        rows = talk.answers[item.facts[0]]
        assert isinstance(rows, Rows)  # noqa: S101 - rows are asked of tables only
        blanks = dict.fromkeys(item.columns, Text(""))
        return {item.facts[0]: with_cells(rows, item.row, blanks)}
    if item.columns or not all(facts[name].optional for name in item.facts):
        return {}
    return {name: Text("") for name in item.facts}

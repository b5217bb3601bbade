"""The last changes that somebody made in the chat, so that each can be taken back in turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.case import Change
from dialogs.doubts.seen import mark
from dialogs.effects import RecordAnswer
from dialogs.step import Step
from dialogs.talk import Talk
from scoring.plain import read_value

MOST = 5


def tracked(talk: Talk, step: Step) -> Step:
    """The step with its change at the end of the trail; what was taken back is not on it."""
    made = next((each for each in step.effects if isinstance(each, RecordAnswer)), None)
    is_undo = step.state.undone and step.state.trail != talk.state.trail
    if made is None or is_undo or (step.state.undone and not talk.state.undone):
        return step
    entry = {
        "before": {name: _plain(talk, name) for name in made.values},
        "after": {n: mark(v) if v is not None else "" for n, v in made.values.items()},
        "raw": made.raw,
    }
    trail = (*step.state.trail, entry)[-MOST:]
    state = step.state.but(trail=trail, undone=False, tables=_settled(step.state.tables))
    return Step(state, step.effects, step.bubbles)


def _settled(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Tables without their former rows: what is taken back next is the answer that came since."""
    return {
        key: {name: value for name, value in known.items() if name != "former"}
        for key, known in tables.items()
    }


def _plain(talk: Talk, name: str) -> Any:
    value = talk.answers.get(name)
    return None if value is None else value.plain()


def last_step(talk: Talk) -> Change:
    """The change at the end of the trail."""
    entry, facts = talk.state.trail[-1], talk.case.standard.facts
    before = {
        name: None if plain is None else read_value(facts[name], plain)
        for name, plain in entry["before"].items()
        if name in facts
    }
    return Change(before, str(entry["raw"]))


def overtaken(talk: Talk) -> tuple[str, ...]:
    """The facts of that change that the same person changed again since, on the page; what a
    colleague changed is asked about by itself."""
    entry = talk.state.trail[-1]
    now = {n: mark(talk.answers[n]) if n in talk.answers else "" for n in entry["after"]}
    return tuple(
        name
        for name, then in entry["after"].items()
        if now[name] != then and name not in talk.case.authors
    )

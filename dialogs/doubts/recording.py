"""Values that wait in `State.pending` for a word, and their recording: one question or several."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from dialogs.dependants import told, with_dependants
from dialogs.describing import noted
from dialogs.echo import effects, finding_line, new_findings
from dialogs.effects import RecordAnswer, TakeOver
from dialogs.replies import ask_next, moved_on
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.wording import say
from scoring.plain import read_value
from scoring.values import Value


def plain(effect: RecordAnswer) -> dict[str, Any]:
    """An effect in its stored form: the values, without what they take back of others, the words,
    and where those stood that were taken over."""
    values = {
        name: None if value is None else value.plain()
        for name, value in effect.values.items()
        if name not in effect.earlier
    }
    taken = dict(effect.taken) if isinstance(effect, TakeOver) else {}
    return {"values": values, "raw": effect.raw, "taken": taken}


def read_plain(talk: Talk, stored: Mapping[str, Any]) -> dict[str, Value | None]:
    """Values by fact from their stored form; facts that the standard has no more are left out."""
    facts = talk.case.standard.facts
    return {
        name: None if value is None else read_value(facts[name], value)
        for name, value in stored.items()
        if name in facts
    }


def record(
    talk: Talk,
    values: Mapping[str, Value | None],
    raw: str,
    waited: Mapping[str, Any] | None = None,
) -> Step:
    """Records the values, says what they did, and asks what comes next. Of those that `waited`
    some may have been taken over: they still are where they are as they were."""
    whole, earlier, after = with_dependants(talk, settled(talk, values), values)
    given = {name: value for name, value in values.items() if value is not None}
    again = any(name in talk.answers for name in values)
    code = "noted_again" if again else "noted"
    lines = [say(code, what=noted(given, talk.case.standard))] if given else []
    lines += effects(talk, after)
    lines += told(talk, earlier)
    lines += [finding_line(finding) for finding in new_findings(talk, after)]
    taken = _still_taken(talk, values, waited or {})
    effect = (
        TakeOver(whole, raw, taken, earlier=earlier)
        if taken
        else RecordAnswer(whole, raw, earlier=earlier)
    )
    return ask_next(after, "\n".join(lines), (effect,))


def _still_taken(
    talk: Talk, values: Mapping[str, Value | None], waited: Mapping[str, Any]
) -> dict[str, str]:
    """Where those of the values stood that were taken over and not changed since."""
    taken = waited.get("taken") or {}
    before = read_plain(talk, {n: v for n, v in waited.get("values", {}).items() if n in taken})
    return {name: taken[name] for name in before if values.get(name) == before[name]}


def settled(talk: Talk, names: Collection[str]) -> State:
    """The state when the questions of these facts have been dealt with."""
    state, shown = talk.state, talk.current
    for question in dict.fromkeys(talk.case.standard.question_of[name].id for name in names):
        if shown is not None and shown.question.id == question and shown.columns:
            state = moved_on(state, shown)
            continue
        item = talk.edited(question)
        state = moved_on(state, item) if item else state
    return state.but(pending={})

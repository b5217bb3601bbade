"""Values that wait in `State.pending` for a word, and their recording: one question or several."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from dialogs.dependants import offered, told, with_dependants
from dialogs.describing import noted
from dialogs.echo import effects, finding_line, new_findings
from dialogs.effects import RecordAnswer
from dialogs.replies import ask_next, moved_on
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.wording import say
from scoring.plain import read_value
from scoring.values import Value


def plain(effect: RecordAnswer) -> dict[str, Any]:
    """The values of an effect in their stored form, without what they take back of others."""
    return {
        name: None if value is None else value.plain()
        for name, value in effect.values.items()
        if name not in effect.earlier
    }


def read_plain(talk: Talk, stored: Mapping[str, Any]) -> dict[str, Value | None]:
    """Values by fact from their stored form; facts that the standard has no more are left out."""
    facts = talk.case.standard.facts
    return {
        name: None if value is None else read_value(facts[name], value)
        for name, value in stored.items()
        if name in facts
    }


def record(talk: Talk, values: Mapping[str, Value | None], raw: str) -> Step:
    """Records the values, says what they did, and asks what comes next."""
    whole, earlier = with_dependants(talk, values)
    after = offered(talk.after(whole, settled(talk, values)), earlier)
    given = {name: value for name, value in values.items() if value is not None}
    again = any(name in talk.answers for name in values)
    code = "noted_again" if again else "noted"
    lines = [say(code, what=noted(given, talk.case.standard))] if given else []
    lines += effects(talk, after)
    lines += told(talk, earlier)
    lines += [finding_line(finding) for finding in new_findings(talk, after)]
    return ask_next(after, "\n".join(lines), (RecordAnswer(whole, raw, earlier=earlier),))


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

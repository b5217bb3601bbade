"""The history of a form as the conversation tells it; looked up only where somebody asks."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.phrases import phrase
from dialogs.case import Past
from scoring.plain import BadValue, read_value
from scoring.standard import Standard
from scoring.values import Value
from storage import past
from storage.past import PastAnswer

_MARK = "\x00"


def past_of(tx: Connection, form_id: int, standard: Standard) -> tuple[Past, ...]:
    """All changes of the form's answers, newest first; what was purged says no more than that.

    What this standard can't read any more is left out.
    """
    found = (_past(standard, each) for each in past.of_form(tx, form_id))
    return tuple(each for each in found if each is not None)


def _past(standard: Standard, each: PastAnswer) -> Past | None:
    fact = standard.facts.get(each.fact)
    if fact is None:
        return None
    try:
        value: Value | None = None if each.value is None else read_value(fact, each.value)
    except BadValue:
        return None
    return Past(each.fact, value, each.by, each.at, each.raw, _source(each.raw), each.purged)


def _source(raw: str) -> str:
    """Where a value stood that was taken over: its words are those of the act; "" otherwise."""
    before, behind = phrase("taken_raw", place=_MARK).split(_MARK)
    if before and raw.startswith(before) and raw.endswith(behind):
        return raw[len(before) : len(raw) - len(behind)]
    return ""

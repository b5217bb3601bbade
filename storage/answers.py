"""The answers: each one an event for ever, the present ones beside them.

Hold the form's lock (`forms.get(tx, form_id, lock=True)`) while recording: two writers at once
could leave the older answer as the present one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Text, bindparam, cast, delete, insert, select, update

from storage.conflicts import ConflictInsert
from storage.models import AnswerEvent, PresentAnswer, table
from storage.rows import columns

# A str, bool, int, list or dict of such. Numbers with decimals are strings, never floats.
Json: TypeAlias = Any


class InexactValue(ValueError):
    """A float was given as an answer: write numbers with decimals as strings."""


@dataclass(frozen=True, slots=True)
class Present:
    """A present answer and where it comes from."""

    value: Json
    event_id: int
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One answer as given; value None took it back. A purged one has lost value and raw text."""

    id: int
    form_id: int
    fact: str
    value: Json | None
    raw: str
    actor: str
    at: datetime
    turn_id: int | None
    purged_at: datetime | None
    purged_by: str | None
    purge_agreed_by: str | None


_events = table(AnswerEvent)
_present = table(PresentAnswer)

_ADD = insert(_events).returning(_events.c.id, sort_by_parameter_order=True)
_DROP = delete(_present).where(
    _present.c.form_id == bindparam("form"), _present.c.fact == bindparam("dropped")
)
_IN_FORM = _present.c.form_id == bindparam("form")
# As text: one parse for the whole form is five times cheaper than one for each answer.
_VALUES = select(_present.c.fact, cast(_present.c.value, Text)).where(_IN_FORM)
_ORIGINS = (
    select(_present.c.fact, *columns(_present, Present)).where(_IN_FORM).order_by(_present.c.fact)
)
_HISTORY = (
    select(*columns(_events, Event))
    .where(_events.c.form_id == bindparam("form"))
    .order_by(_events.c.id)
)
_HISTORY_OF_FACT = _HISTORY.where(_events.c.fact == bindparam("fact"))
_PURGE = (
    update(_events)
    .where(_events.c.id == bindparam("event"), _events.c.purged_at.is_(None))
    .values(
        value=None,
        raw="",
        purged_at=bindparam("now"),
        purged_by=bindparam("by"),
        purge_agreed_by=bindparam("agreed_by"),
    )
    .returning(_events.c.id)
)
_DROP_PURGED = delete(_present).where(_present.c.event_id == bindparam("event"))


def _keeping(insert: Any) -> Any:
    new = insert(_present)
    changed = {name: new.excluded[name] for name in ("value", "event_id", "actor", "at")}
    return new.on_conflict_do_update(index_elements=["form_id", "fact"], set_=changed)


_KEEP = ConflictInsert(_keeping)


def record(
    tx: Connection,
    form_id: int,
    values: Mapping[str, Json | None],
    raw: str,
    actor: str,
    now: datetime,
    turn_id: int | None = None,
) -> list[int]:
    """Writes what one message answered, by fact; None takes an answer back. Gives the events' ids.

    `raw` is the text as typed. Raises InexactValue for a float.
    """
    if not values:
        return []
    _refuse_floats(values)
    common = {"form_id": form_id, "raw": raw, "actor": actor, "at": now, "turn_id": turn_id}
    events = [common | {"fact": fact, "value": value} for fact, value in values.items()]
    ids = list(tx.execute(_ADD, events).scalars())
    _write_present(tx, events, ids)
    return ids


def _write_present(tx: Connection, events: list[dict[str, Any]], ids: list[int]) -> None:
    names = ("form_id", "fact", "value", "actor", "at")
    kept = [
        {name: event[name] for name in names} | {"event_id": event_id}
        for event, event_id in zip(events, ids, strict=True)
        if event["value"] is not None
    ]
    dropped = [
        {"form": event["form_id"], "dropped": event["fact"]}
        for event in events
        if event["value"] is None
    ]
    if kept:
        tx.execute(_KEEP.on(tx), kept)
    if dropped:
        tx.execute(_DROP, dropped)


def _refuse_floats(value: Json) -> None:
    if isinstance(value, float):
        raise InexactValue("an answer holds a float; write numbers with decimals as strings")
    if isinstance(value, Mapping):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for part in value:
        _refuse_floats(part)


def present(tx: Connection, form_id: int) -> dict[str, Json]:
    """Gives the present answers by fact."""
    texts = present_texts(tx, form_id)
    values = json.loads(f"[{','.join(texts.values())}]")
    return dict(zip(texts, values, strict=True))


def present_texts(tx: Connection, form_id: int) -> dict[str, str]:
    """Gives the present answers by fact, each as the JSON text that is stored."""
    return {row[0]: row[1] for row in tx.execute(_VALUES, {"form": form_id})}


def present_with_origin(tx: Connection, form_id: int) -> dict[str, Present]:
    """Gives the present answers with who gave each, when, and in which event."""
    return {row[0]: Present(*row[1:]) for row in tx.execute(_ORIGINS, {"form": form_id})}


def rebuild(tx: Connection, form_id: int) -> dict[str, Json]:
    """Gives the present answers as the events alone tell them: always the same as `present`."""
    answers: dict[str, Json] = {}
    for event in history(tx, form_id):
        answers.pop(event.fact, None)
        if event.value is not None:
            answers[event.fact] = event.value
    return answers


def history(tx: Connection, form_id: int, fact: str | None = None) -> list[Event]:
    """Gives a form's answer events, or those of one fact, oldest first."""
    if fact is None:
        found = tx.execute(_HISTORY, {"form": form_id})
    else:
        found = tx.execute(_HISTORY_OF_FACT, {"form": form_id, "fact": fact})
    return [Event(*row) for row in found]


def purge(tx: Connection, event_id: int, by: str, agreed_by: str, now: datetime) -> bool:
    """Removes an event's content for good (secret or personal), leaving a tombstone.

    The database itself demands two different people. If it was the present answer, there is none
    now. False if there is no such event or it was purged before.
    """
    values = {"event": event_id, "by": by, "agreed_by": agreed_by, "now": now}
    if tx.execute(_PURGE, values).first() is None:
        return False
    tx.execute(_DROP_PURGED, {"event": event_id})
    return True

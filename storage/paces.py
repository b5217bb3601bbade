"""When somebody answered what, to tell how fast they are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.models import AnswerEvent, table

MOST = 600
"""Answers that are looked back at."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in the chat; those of one message have the same turn."""

    fact: str
    at: datetime
    turn_id: int


_a = table(AnswerEvent).c
_GIVEN = (
    select(_a.fact, _a.at, _a.turn_id)
    .where(_a.actor == bindparam("person"), _a.turn_id.is_not(None), _a.value.is_not(None))
    .order_by(_a.id.desc())
    .limit(MOST)
)


def given_by(tx: Connection, userid: str) -> list[Given]:
    """Gives somebody's latest answers in the chat on all their forms, oldest first; what came from
    files and pages has no time of its own."""
    rows = tx.execute(_GIVEN, {"person": userid}).all()
    return [Given(*row) for row in reversed(rows)]

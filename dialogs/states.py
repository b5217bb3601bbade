"""What is half said in a conversation, stored as versioned JSON between two turns.

The next question is never kept here: it follows from the answers. A state holds which question
the person was shown last, rows that were typed but not closed, questions put off, a correction
under way and a suggestion that waits for a yes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

VERSION = 3

Draft = tuple[Mapping[str, Any], ...]
"""Rows as plain data, in the order in which they were typed."""


@dataclass(frozen=True)
class State:
    """The conversation of one person about one form (or about the forms on a desk).

    asked: key of the question shown last ("" before the first).
    editing: question that is being corrected, "" if none.
    skipped: keys of the questions put off, in the order in which they were.
    drafts: rows typed before 完, by question.
    pending: a suggestion that waits for a yes or for words: its kind and plain data.
    taken: digest of the message that was taken as an answer last, to notice it sent twice.
    late: whether the person has been told that the deadline is over.
    apart: questions with brought values that the person wants to see one by one.
    texts: the pieces of a long text sent before 完, by question.
    odd: lines of a table that were not understood and wait to be settled, by question.
    tables: what else is known of an open table, by question: see `tables.kept`.
    seen: what stood for the facts of the question when it was shown, by fact, as digests.
    sent: when the newest message that was heard had been sent, in ISO format; "" before the first.
    trail: the last changes made here, each with what stood before, to be undone one by one.
    undone: whether the last change was an undoing.
    reasons: why questions were put off, where somebody said so, by key.
    """

    asked: str = ""
    editing: str = ""
    skipped: tuple[str, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    pending: Mapping[str, Any] = field(default_factory=dict)
    taken: str = ""
    late: bool = False
    apart: tuple[str, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    odd: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    sent: str = ""

    trail: tuple[Mapping[str, Any], ...] = ()
    undone: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)

    def but(self, **changes: Any) -> State:
        """The same state with some parts changed."""
        return replace(self, **changes)

    def with_draft(self, question: str, draft: Draft | None) -> State:
        """The same state with another draft for a question; None drops it, with all that was
        known of the open table."""
        drafts = {key: rows for key, rows in self.drafts.items() if key != question}
        if draft is not None:
            drafts[question] = draft
            return self.but(drafts=drafts)
        odd = {key: lines for key, lines in self.odd.items() if key != question}
        tables = {key: known for key, known in self.tables.items() if key != question}
        return self.but(drafts=drafts, odd=odd, tables=tables)

    def plain(self) -> dict[str, Any]:
        """The state as plain data, to be stored as JSON."""
        return {"version": VERSION, **vars(self)}  # all of it is plain data already

    def dump(self) -> str:
        """The state as JSON text."""
        return json.dumps(self.plain(), ensure_ascii=False)


def load_state(text: str | None) -> State:
    """The state from JSON text of any version ever written; a fresh one from None.

    >>> load_state(State(asked="cover").dump()).asked
    'cover'
    """
    return read_state(json.loads(text) if text else None)


def read_state(plain: Mapping[str, Any] | None) -> State:
    """The state from the plain data of any version ever written; a fresh one from None."""
    if not plain:
        return State()
    return State(
        asked=plain.get("asked", ""),
        editing=plain.get("editing", ""),
        skipped=tuple(plain.get("skipped", ())),
        drafts={key: tuple(rows) for key, rows in _drafts(plain).items()},
        pending=plain.get("pending") or {},
        taken=plain.get("taken", ""),
        late=plain.get("late", False),
        apart=tuple(plain.get("apart", ())),
        texts={key: tuple(parts) for key, parts in (plain.get("texts") or {}).items()},
        odd={key: tuple(lines) for key, lines in (plain.get("odd") or {}).items()},
        tables=plain.get("tables") or {},
        seen=plain.get("seen") or {},
        sent=plain.get("sent", ""),
        trail=tuple(plain.get("trail", ())),
        undone=plain.get("undone", False),
        reasons=plain.get("reasons") or {},
    )


def _drafts(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """The drafts; version 1 had a single one, of the question shown last."""
    if plain.get("draft"):
        return {plain["editing"] or plain["asked"]: plain["draft"]}
    drafts: Mapping[str, Any] = plain.get("drafts") or {}
    return drafts

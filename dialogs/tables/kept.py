"""What is known of a table that is open: its rows, the lines that wait, and how it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.agenda import Item
from dialogs.describing import rows_count
from dialogs.offers import whole_offer
from dialogs.states import Draft, State
from dialogs.talk import Talk
from dialogs.wording import say
from scoring.plain import read_value
from scoring.questionnaire import Fact
from scoring.values import Rows

Row = Mapping[str, Any]
_MOST_FORMER = 5


@dataclass(frozen=True)
class Odd:
    """A line that waits to be settled; `after` is the number of rows that stand before it.

    >>> Odd.of(Odd(2, "甲 若干").kept)
    Odd(after=2, text='甲 若干')
    """

    after: int
    text: str

    @property
    def kept(self) -> str:
        """As it stands in the state."""
        return f"{self.after}\t{self.text}"

    @staticmethod
    def of(kept: str) -> Odd:
        """The line from how it stands in the state."""
        after, _, text = kept.partition("\t")
        return Odd(int(after), text)


def draft_of(talk: Talk, name: str) -> Draft:
    """The rows that are kept for a fact, as a draft to go on with."""
    kept = talk.answers.get(name)
    return tuple(kept.plain()) if isinstance(kept, Rows) else ()


def fact_of(talk: Talk, item: Item) -> Fact:
    """The table that an item asks."""
    return talk.case.standard.facts[item.facts[0]]


def odd_of(talk: Talk, item: Item) -> tuple[Odd, ...]:
    """The lines that wait, in the order in which they are asked about."""
    return tuple(Odd.of(line) for line in talk.state.odd.get(item.question.id, ()))


def known_of(talk: Talk, item: Item) -> Mapping[str, Any]:
    """What else is known: `header` (order, units), `later` (how many of the lines that wait were
    put off, the last ones), `totals`, `former`: draft and odd before each of the last changes."""
    return talk.state.tables.get(item.question.id, {})


def formers(talk: Talk, item: Item) -> list[Mapping[str, Any]]:
    """How the table stood before each of its last changes, the latest at the end."""
    former = known_of(talk, item).get("former") or []
    return [former] if isinstance(former, Mapping) else list(former)


def with_offered(talk: Talk, item: Item) -> Talk:
    """The talk with the rows that were brought as the draft to change, where there is none yet."""
    if item.question.id in talk.state.drafts or item.facts[0] in talk.answers:
        return talk
    rows = whole_offer(item, talk.case, talk.today).get(item.facts[0])
    if not isinstance(rows, Rows):
        return talk
    return talk.with_state(talk.state.with_draft(item.question.id, tuple(rows.plain())))


def changed(
    talk: Talk,
    item: Item,
    draft: Sequence[Row],
    odd: Sequence[Odd] | None = None,
    **known: Any,
) -> State:
    """The state with other rows and lines that wait; the last change can be taken back from it."""
    key = item.question.id
    waiting = odd_of(talk, item) if odd is None else odd
    stood = {"draft": list(talk.draft(item)), "odd": list(talk.state.odd.get(key, ()))}
    former = [*formers(talk, item), stood][-_MOST_FORMER:]
    tables = {**talk.state.tables, key: {**known_of(talk, item), **known, "former": former}}
    lines = {**talk.state.odd, key: tuple(each.kept for each in waiting)}
    return talk.state.with_draft(key, tuple(draft)).but(
        asked=item.key,
        odd={name: each for name, each in lines.items() if each},
        tables=tables,
        pending={},
        taken=talk.state.taken if len(draft) >= len(talk.draft(item)) else "",
    )


def noted(talk: Talk, item: Item, **known: Any) -> State:
    """The state with something else known of the table; nothing to take back."""
    key = item.question.id
    tables = {**talk.state.tables, key: {**known_of(talk, item), **known}}
    return talk.state.but(asked=item.key, tables=tables, pending={})


def closed(talk: Talk, item: Item) -> Rows | str:
    """The rows of the draft, or why it can't be closed yet."""
    fact = fact_of(talk, item)
    if len(talk.draft(item)) < fact.min_rows:
        return say("rows_too_few", least=rows_count(fact, fact.min_rows))
    rows = read_value(fact, [dict(row) for row in talk.draft(item)])
    assert isinstance(rows, Rows)  # noqa: S101 - the fact is a table
    return rows

"""What is said after something happened to an open table: what was done, what waits, what next."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.agenda import Item
from dialogs.bubbles import Words
from dialogs.states import State
from dialogs.step import Step
from dialogs.tables.doubts import ask_lines, asked
from dialogs.tables.kept import fact_of, known_of, noted, odd_of
from dialogs.tables.sums import difference
from dialogs.tables.written import list_lines
from dialogs.talk import Talk
from dialogs.wording import say


def told(
    talk: Talk,
    item: Item,
    state: State,
    lines: Sequence[str],
    *,
    show: bool = True,
    fresh: bool = False,
) -> Step:
    """The step that says these lines, with the rows where `show`, the sum where it is off, what is
    asked about the lines that wait (`fresh`: some came just now), and what comes next."""
    after = talk.with_state(state)
    fact, draft = fact_of(after, item), after.draft(item)
    words = [*lines, *(list_lines(draft, fact) if show else [])]
    after, sums = _checked(after, item)
    asks = ask_lines(after, item)
    words += [*sums, *asks]
    if asked(after, item) is None:
        words.append(say("rows_more") if draft else say("rows_none_yet"))
    elif draft and fresh:
        words.append(say("rows_odd_kept"))
    return Step(after.state.but(asked=item.key, pending={}), (), (Words("\n".join(words)),))


def _checked(talk: Talk, item: Item) -> tuple[Talk, list[str]]:
    """What the total lines say other than the rows; once, when no line waits any more."""
    totals = known_of(talk, item).get("totals") or []
    if not totals or odd_of(talk, item):
        return talk, []
    fact, draft = fact_of(talk, item), talk.draft(item)
    found = [text for total in totals if (text := difference(total, fact, draft))]
    return talk.with_state(noted(talk, item, totals=[])), found


def whispered(talk: Talk, lines: Sequence[str]) -> Step:
    """A short reply that leaves the table as it is."""
    return Step(talk.state.but(pending={}), (), (Words("\n".join(lines)),))

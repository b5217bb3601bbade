"""Several questions whose answers were all brought from files, shown to be confirmed at once."""

from __future__ import annotations

import hashlib
import json

from dialogs.agenda import Item
from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.describing import described, noted
from dialogs.offers import brought, is_doubtful, places, whole_offer, words_for
from dialogs.states import State
from dialogs.talk import Talk
from dialogs.wording import say
from scoring.values import Rows, Text

KEY = "together:"
MOST = 8
_FEWEST = 2
_NOTE_LIMIT = 150
_ROWS_SHOWN = 2


def together(talk: Talk) -> tuple[Item, ...]:
    """The questions of the current section that can be confirmed at once, at most `MOST`; none
    where there is a single one. What was read with a doubt is asked by itself."""
    current = talk.current
    if current is None or talk.state.editing or not talk.case.offers:
        return ()
    if current.key in talk.state.skipped:
        return ()
    section = current.question.section
    found = [i for i in talk.items if i.question.section == section and _fits(talk, i)]
    return tuple(found[:MOST]) if len(found) >= _FEWEST else ()


def _fits(talk: Talk, item: Item) -> bool:
    if item.question.id in talk.handed:
        return False
    if item.key in talk.state.skipped or item.question.id in talk.state.apart:
        return False
    if talk.draft(item) or any(name in talk.answers for name in item.facts):
        return False
    return bool(whole_offer(item, talk.case, talk.today)) and not is_doubtful(item, talk.case)


def key_of(talk: Talk, items: tuple[Item, ...]) -> str:
    """What a shown group is known by: other questions or other values have another key."""
    shown = {
        item.key: {n: v.plain() for n, v in whole_offer(item, talk.case, talk.today).items()}
        for item in items
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return KEY + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def is_together(state: State) -> bool:
    """Whether the person was shown a group last."""
    return state.asked.startswith(KEY)


def show_together(talk: Talk, items: tuple[Item, ...], lead: str) -> tuple[Bubble, ...]:
    """One bubble with all of them: a card where it is short enough, else a text."""
    section = talk.case.standard.sections[items[0].question.section].name
    lines = [_line(talk, item) for item in items]
    title = say(worded(talk, items, "together_title"), section=section, count=len(items))
    note = "\n".join(part for part in (lead, *lines) if part)
    if len(note) <= _NOTE_LIMIT and not talk.case.person.text_only:
        choices = (Choice("take", say("take_all")), Choice("singly", say("take_singly")))
        return (Buttons(key_of(talk, items), title, note, choices),)
    hint = say("together_hint", example=talk.number(items[0].question))
    body = "\n".join([title, *lines, hint])
    return (Words("\n\n".join(part for part in (lead, body) if part)),)


def worded(talk: Talk, items: tuple[Item, ...], code: str) -> str:
    """The sentence for what is shown together: brought values, or old answers of this form."""
    return words_for(code, [o for item in items for o in brought(item, talk.case).values()])


def _line(talk: Talk, item: Item) -> str:
    shown = [noted(whole_offer(item, talk.case, talk.today), talk.case.standard)]
    for offer in brought(item, talk.case).values():
        if isinstance(offer.value, Rows) and offer.value.value:
            shown.append(_start(offer.value))
    what = "".join(shown)
    where = places(item, talk.case)
    return say("together_line", number=talk.number(item.question), what=what, where=where)


def _start(rows: Rows) -> str:
    """The first cells of a table, so that people know it again."""
    cells = [next((c for c in row.values() if c != Text("")), None) for row in rows.value]
    names = [described(cell) for cell in cells[:_ROWS_SHOWN] if cell is not None]
    more = say("together_more") if len(cells) > _ROWS_SHOWN else ""
    return say("together_start", names=say("comma_plain").join(names), more=more)

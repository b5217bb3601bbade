"""Questions that are put as a card: yes or no, and options to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs.agenda import Item, form_of
from dialogs.bubbles import Bubble, Buttons, Choice, Tick, Words
from dialogs.describing import name_of
from dialogs.offers import offers
from dialogs.questions import feeds, place, present, question_text, table_of
from dialogs.talk import Talk
from dialogs.understand.letters import LETTERS
from dialogs.wording import say, shortened
from scoring.questionnaire import Form
from scoring.values import Letters, Text, YesNo

TITLE_LIMIT = 36
NOTE_LIMIT = 150
LABEL_LIMIT = 16
TICK_LIMIT = 20


def card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    """The bubbles that ask an item by card, `lead` first; none where it needs words."""
    if item.row is not None:
        return ()
    if item.columns:
        return _column_card(talk, item, lead)
    match form_of(item.question, talk.case.standard.facts):
        case Form.YESNO:
            return _yesno_card(talk, item, lead)
        case Form.PICK | Form.CHECKLIST:
            return _tick_card(talk, item, lead)
    return ()


def _yesno_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    """Two buttons. What was just understood stands inside if it fits, before all else."""
    title = say("card_ask", number=talk.number(item.question), ask=item.question.ask)
    parts = [*present(talk, item), item.question.help, *feeds(talk, item), place(talk, item)]
    if len(title) > TITLE_LIMIT:
        title = say("card_title", number=talk.number(item.question))
        parts.insert(0, item.question.ask)
    before: tuple[Bubble, ...] = ()
    if len(lead) <= NOTE_LIMIT:
        parts.insert(0, lead)
    else:
        before = (Words(lead),)
    choices = (Choice("yes", say("answer_yes")), Choice("no", say("answer_no")))
    return (*before, Buttons(f"ask:{item.key}", title, _fitting(parts), choices))


def _fitting(parts: Sequence[str]) -> str:
    """The lines of a note, those at the end left out where they don't fit any more."""
    note = ""
    for part in filter(None, parts):
        longer = f"{note}\n{part}" if note else part
        if note and len(longer) > NOTE_LIMIT:
            break
        note = longer
    return note


def _tick_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    labels, ticked = _options(talk, item)
    choices = tuple(
        Choice(letter, f"{letter} {shortened(label, LABEL_LIMIT)}", letter in ticked)
        for letter, label in labels.items()
    )
    return _ticks(talk, item, lead, item.question.ask, choices)


def _options(talk: Talk, item: Item) -> tuple[Mapping[str, str], Sequence[str]]:
    """The labels by letter, and the letters that are ticked already."""
    facts = talk.case.standard.facts
    answers = {**offers(item, talk.case, talk.today), **talk.answers}
    fact = facts[item.facts[0]]
    if fact.options:
        given = answers.get(item.facts[0])
        ticked = given.value if isinstance(given, Letters) else ()
        return {letter: option.label for letter, option in fact.options.items()}, ticked
    marks = list(zip(LETTERS, item.facts, strict=False))
    yes = [letter for letter, name in marks if answers.get(name) == YesNo(True)]
    return {letter: name_of(facts[name]) for letter, name in marks}, yes


def _column_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    rows = table_of(talk, item).value
    if not 0 < len(rows) <= TICK_LIMIT:
        return ()
    names = [next((c.value for c in row.values() if isinstance(c, Text)), "") for row in rows]
    choices = tuple(
        Choice(str(n), f"{n} {shortened(name, LABEL_LIMIT - 3)}", ticked=True)
        for n, name in enumerate(names, start=1)
    )
    ask = talk.case.standard.facts[item.facts[0]].columns[item.columns[0]].ask
    return _ticks(talk, item, lead, ask, choices)


def _ticks(
    talk: Talk, item: Item, lead: str, ask: str, choices: tuple[Choice, ...]
) -> tuple[Bubble, ...]:
    """The whole criteria as text, then the card: its labels are short, and not all see it."""
    words = Words("\n\n".join(part for part in (lead, question_text(talk, item)) if part))
    title = say("tick_title", number=talk.number(item.question))
    return (words, Tick(f"ask:{item.key}", title, ask, choices))

"""A question that was answered by a file already, as one card to confirm."""

from __future__ import annotations

from dialogs.agenda import Item, form_of
from dialogs.bubbles import Bubble, Buttons, Choice
from dialogs.describing import noted
from dialogs.offers import brought, is_doubtful, places, whole_offer, words_for
from dialogs.questions import place
from dialogs.talk import Talk
from dialogs.wording import say
from scoring.questionnaire import Form
from scoring.values import Rows

_NOTE_LIMIT = 150
_BY_WORDS = (Form.FIELDS, Form.TEXT, Form.ROWS)


def confirm_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    """A card with 采用 for an item that people would have to type, and whose whole answer was
    brought; none where it would not show everything."""
    if form_of(item.question, talk.case.standard.facts) not in _BY_WORDS:
        return ()
    offered = whole_offer(item, talk.case, talk.today)
    answered = talk.draft(item) or any(name in talk.answers for name in item.facts)
    if not offered or answered or any(isinstance(v, Rows) for v in offered.values()):
        return ()
    doubt = say("offer_doubt") if is_doubtful(item, talk.case) else ""
    what, where = noted(offered, talk.case.standard), places(item, talk.case)
    code = words_for("offered_value", brought(item, talk.case).values())
    parts = [lead, say(code, value=what, place=where), doubt, place(talk, item)]
    note = "\n".join(part for part in parts if part)
    shows_all = all(len(str(value.plain())) < 20 for value in offered.values())
    if len(note) > _NOTE_LIMIT or not shows_all:
        return ()
    title = say("confirm_title", number=talk.number(item.question))
    choices = (Choice("take", say("take_it")), Choice("other", say("take_not")))
    return (Buttons(f"ask:{item.key}", title, note, choices),)

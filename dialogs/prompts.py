"""How the next question is put: as text, or as a card where it offers choices."""

from __future__ import annotations

from dialogs.agenda import Item
from dialogs.bubbles import Bubble, Words
from dialogs.cards import card
from dialogs.confirming import confirm_card
from dialogs.questions import question_text
from dialogs.talk import Talk
from dialogs.texts.writing import left_card


def prompt(talk: Talk, item: Item, lead: str = "") -> tuple[Bubble, ...]:
    """The bubbles that ask an item, with `lead` (the echo of the last answer) in front.

    One text, or one card that holds the lead; a card whose options need their whole words is
    preceded by a text that also holds the lead. Who wants text only gets text.
    """
    if talk.case.person.text_only:
        shown: tuple[Bubble, ...] = ()
    else:
        shown = card(talk, item, lead) or left_card(talk, item, lead)
        shown = shown or confirm_card(talk, item, lead)
    return shown or (
        Words("\n\n".join(part for part in (lead, question_text(talk, item)) if part)),
    )

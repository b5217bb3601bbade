"""Questions to us in the middle of an answer: what is known about them, and an answer beside one."""

from __future__ import annotations

from dataclasses import replace

from dialogs.agenda import Item
from dialogs.commands.looking import rule_lines
from dialogs.several.weaving import before_question
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.composing import length_answer, write
from dialogs.texts.writing import is_text
from dialogs.understand.aside import split_spoken
from dialogs.wording import join, say, shortened

_QUOTED = 30


def aside(talk: Talk, item: Item, question: str) -> str:
    """What is known in answer to a question that somebody asks back."""
    if is_text(talk, item) and (length := length_answer(talk, item, question)):
        return length
    names = join(list(talk.case.coordinators)) or say("coordinators_default")
    asked = say("aside", question=shortened(question, _QUOTED), coordinators=names)
    return "\n".join([asked, *rule_lines(talk, item)])


def write_and_tell(talk: Talk, item: Item, text: str) -> Step:
    """Takes a text; a question to us behind it is answered and no word of the report."""
    body, question = split_spoken(text)
    step = write(talk, item, body)
    if not question:
        return step
    return replace(step, bubbles=before_question(step.bubbles, aside(talk, item, question)))

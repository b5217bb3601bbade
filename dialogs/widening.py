"""A message to what is still open of a question that speaks of the rest of it, too."""

from __future__ import annotations

from collections.abc import Collection

from dialogs.agenda import Item
from dialogs.answers import Answer, read_answer
from dialogs.replies import keep
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.wording import join, say
from scoring.questionnaire import Kind


def all_again(talk: Talk, item: Item, text: str) -> Step | None:
    """All figures of a question, of which only some are still asked; at least one must have a
    name: which of several bare figures is meant would be a guess."""
    whole = talk.edited(item.question.id)
    if whole is None or set(whole.facts) == set(item.facts):
        return None
    found = _read(talk, whole, text)
    if found.left or found.asks or not found.named or set(found.values) != set(whole.facts):
        return None
    return keep(talk, whole, found.values, text, found.notes)


def widened(talk: Talk, item: Item, text: str) -> Item:
    """The whole question where a message names what was answered of it before, too."""
    whole = talk.edited(item.question.id)
    if whole is None or set(whole.facts) == set(item.facts):
        return item
    found = _read(talk, whole, text, [n for n in whole.facts if n not in item.facts])
    is_clear = not found.left and not found.asks and set(found.values) == set(found.named)
    return whole if is_clear and set(found.named) - set(item.facts) else item


def _read(talk: Talk, item: Item, text: str, known: Collection[str] = ()) -> Answer:
    return read_answer(item, text, talk.case.standard, talk.answers, talk.today, known)


def which_text(talk: Talk, item: Item, answer: Answer) -> str:
    """What is asked where words without a name may be for one of several texts; "" where they are
    clear. A text takes anything, so that a stray remark would be kept as somebody's name."""
    facts = talk.case.standard.facts
    texts = [n for n in item.facts if facts[n].type is Kind.TEXT and not facts[n].digits]
    loose = [n for n in answer.values if n in texts and n not in answer.named]
    if not loose or len(loose) < len(answer.values) or len(loose) >= len(texts):
        return ""
    labels = join([facts[name].label for name in item.facts])
    return say("ask_how_many", wanted=len(item.facts), given=len(loose), labels=labels)

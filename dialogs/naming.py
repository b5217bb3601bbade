"""How what can come back is called, and what people call it: indicators and questions."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.wording import join, say
from scoring.losses import SECTION
from scoring.reopening import QUESTION, question_of, questions_of
from scoring.standard import Standard

_MOST_QUESTIONS = 6


def known_targets(standard: Standard) -> Mapping[str, str]:
    """What indicators and questions are called, with what it means: codes, official names and
    aliases, and the numbers of questions."""
    known = {code: code for code, node in standard.nodes.items() if node.level > 1}
    for node in standard.indicators:
        known |= dict.fromkeys((node.name, *node.aliases), node.code)
    known |= {str(number): f"{QUESTION}{id_}" for id_, number in standard.number_of.items()}
    return known


def target_name(standard: Standard, target: str) -> str:
    """The code and name of an indicator, or number and label of a question."""
    if target.startswith(QUESTION):
        question = question_of(standard, target)
        label = standard.facts[question.facts[0]].label
        return say("question_named", number=standard.number_of[question.id], label=label)
    node = standard.nodes.get(target)
    return say("indicator_named", code=target, name=node.name if node else "")


def questions_named(standard: Standard, target: str) -> str:
    """The numbers of the questions that a target opens, without those about lost points."""
    numbers = [
        say("question_number", number=standard.number_of[question.id])
        for question in questions_of(standard, target)
        if question.section != SECTION
    ]
    more = say("and_more") if len(numbers) > _MOST_QUESTIONS else ""
    return join(numbers[:_MOST_QUESTIONS]) + more

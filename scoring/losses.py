"""The questions that ask a cause and an improvement for every indicator that lost points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.questionnaire import Condition, Fact, Kind, Question, Questionnaire
from scoring.tree import Indicator
from scoring.wording import say

SECTION = "losses"


def cause_of(code: str) -> str:
    """The fact that holds why an indicator lost points.

    >>> cause_of("A1-3")
    'lost_a1_3_cause'
    """
    return f"lost_{_slug(code)}_cause"


def improvement_of(code: str) -> str:
    """The fact that holds what will be done about it."""
    return f"lost_{_slug(code)}_improvement"


def loss_question(code: str) -> str:
    """The id of the question that asks both."""
    return f"lost_{_slug(code)}"


def _slug(code: str) -> str:
    return code.lower().replace("-", "_")


def with_loss_questions(questionnaire: Questionnaire, roots: Sequence[Indicator]) -> Questionnaire:
    """The questionnaire with two facts and a question more for each third-level indicator.

    They stand where the section `losses` stands, before the first question of a later section;
    a questionnaire without that section stays as it is.
    """
    order = [section.id for section in questionnaire.sections]
    if SECTION not in order:
        return questionnaire
    leaves = list(_leaves(roots))
    facts = {**questionnaire.facts}
    for leaf in leaves:
        facts |= _facts(leaf)
    questions = [_question(leaf) for leaf in leaves]
    later = order[order.index(SECTION) + 1 :]
    at = next(
        (n for n, q in enumerate(questionnaire.questions) if q.section in later),
        len(questionnaire.questions),
    )
    given = questionnaire.questions
    return questionnaire.model_copy(
        update={"facts": facts, "questions": (*given[:at], *questions, *given[at:])}
    )


def _leaves(nodes: Sequence[Indicator]) -> Iterator[Indicator]:
    for node in nodes:
        if node.rule is not None:
            yield node
        yield from _leaves(node.children)


def _facts(leaf: Indicator) -> dict[str, Fact]:
    when = (Condition(lost=leaf.code),)
    draft = leaf.draft
    cause = Fact(
        label=say("loss_cause_label", {"name": leaf.name}),
        type=Kind.TEXT,
        example=draft.cause if draft else None,
        when=when,
        na=False,
        max_chars=600,
    )
    label = say("loss_improvement_label", {"name": leaf.name})
    example = draft.improvement if draft else None
    improvement = cause.model_copy(update={"label": label, "example": example})
    return {cause_of(leaf.code): cause, improvement_of(leaf.code): improvement}


def _question(leaf: Indicator) -> Question:
    return Question(
        id=loss_question(leaf.code),
        section=SECTION,
        facts=(cause_of(leaf.code), improvement_of(leaf.code)),
        ask=say("loss_ask", {"name": leaf.name, "code": leaf.code}),
        help=say("loss_help"),
        form="fields",
    )

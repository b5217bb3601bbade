"""Which questions somebody means who speaks of 资产, B3-1, 第12题 or 信息公开和采购."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.agenda import unanswered
from dialogs.hands.held import INDICATOR, QUESTION, SECTION, questions_of
from dialogs.talk import Talk
from dialogs.targets import find
from dialogs.understand.handing import is_here, is_here_all, is_rest
from dialogs.understand.parts import code_meant, numbers_meant, pieces_of, plain_name
from scoring.losses import SECTION as LOSSES
from scoring.questionnaire import Question
from scoring.standard import Standard

_MOST_NAMED = 4
Scopes = tuple[str, ...]


def scopes_meant(talk: Talk, said: str) -> Scopes | None:
    """What a name says: one scope or several; None where a part of it is unknown.

    "" and 这题 mean the open question, 这块 its section, 剩下的 all that is open and nobody has.
    """
    current = talk.current
    if is_here(said):
        return (f"{QUESTION}:{current.question.id}",) if current else None
    if is_here_all(said):
        return (f"{SECTION}:{current.question.section}",) if current else None
    if is_rest(said):
        return _rest(talk)
    standard = talk.case.standard
    typed = plain_name(said)
    return _called_so(standard, typed) or _several(standard, said) or _labelled(standard, typed)


def _several(standard: Standard, said: str) -> Scopes | None:
    """What an enumeration names; None where a part of it is unknown, or it is none."""
    found = [_one(standard, piece) for piece in pieces_of(said)]
    if len(found) < 2 or not all(found):
        return None
    return tuple(dict.fromkeys(scope for each in found for scope in each or ()))


def _rest(talk: Talk) -> Scopes | None:
    free = [item.question for item in talk.items if item.question.id not in talk.handed]
    sections = dict.fromkeys(q.section for q in free if q.section != LOSSES)
    return tuple(f"{SECTION}:{name}" for name in sections) or None


def _one(standard: Standard, said: str) -> Scopes | None:
    """A single name: numbers, a code, a section, an indicator, a fact, an office that keeps."""
    typed = plain_name(said)
    return _called_so(standard, typed) or _labelled(standard, typed)


def _called_so(standard: Standard, typed: str) -> Scopes | None:
    """What has this name, or this as a part of it, and nothing else has."""
    return (
        _numbered(standard, typed)
        or _exact(standard, typed)
        or _section(standard, typed)
        or _indicator(standard, typed)
        or _kept_by(standard, typed)
    )


def _numbered(standard: Standard, typed: str) -> Scopes | None:
    numbers = numbers_meant(typed)
    if numbers is None:
        return None
    first, last = numbers
    found = [q for q in standard.questions if first <= standard.number_of[q.id] <= last]
    whole = bool(found) and standard.number_of[found[-1].id] == last
    return _named(found) if whole else None


def _named(questions: Sequence[Question]) -> tuple[str, ...]:
    return tuple(f"{QUESTION}:{question.id}" for question in questions)


def _exact(standard: Standard, typed: str) -> Scopes | None:
    """The whole name of a section, an indicator or a fact, or an indicator's code."""
    for section in standard.questionnaire.sections:
        if plain_name(section.name) == typed:
            return (f"{SECTION}:{section.id}",)
    code = code_meant(typed)
    for node in reversed(list(standard.walk())):
        scope = f"{INDICATOR}:{node.code}"
        named = code == node.code or typed in (node.name, *node.aliases)
        if named and questions_of(standard, scope):
            return (scope,)
    exact = [
        n for n, fact in standard.facts.items() if typed in (plain_name(fact.label), fact.short)
    ]
    found = {standard.question_of[name].id for name in exact} & _asking(standard)
    return (f"{QUESTION}:{found.pop()}",) if len(found) == 1 else None


def _section(standard: Standard, typed: str) -> Scopes | None:
    """A part of the name of one section, even if questions elsewhere are called so too."""
    found = [s for s in standard.questionnaire.sections if typed in plain_name(s.name)]
    if len(typed) < 2 or len(found) != 1:
        return None
    return (f"{SECTION}:{found[0].id}",)


def _indicator(standard: Standard, typed: str) -> Scopes | None:
    """A part of the name of one indicator, if nothing else is called so."""
    found = [n for n in standard.indicators if any(typed in each for each in (n.name, *n.aliases))]
    if len(typed) < 2 or len(found) != 1:
        return None
    scope = f"{INDICATOR}:{found[0].code}"
    questions = set(questions_of(standard, scope))
    return (scope,) if questions and _called(standard, typed) <= questions else None


def _called(standard: Standard, typed: str) -> set[str]:
    """The questions of which a fact is called so, in part."""
    facts = standard.facts.items()
    found = {standard.question_of[n].id for n, f in facts if typed in plain_name(f.label + f.short)}
    return found & _asking(standard)


def _asking(standard: Standard) -> set[str]:
    """The questions that do more than decide what else is asked, without those about losses."""
    gates = {c.fact for fact in standard.facts.values() for c in fact.when if c.fact}
    return {
        q.id
        for q in standard.questions
        if q.section != LOSSES and (not set(q.facts) <= gates or len(q.facts) == 1)
    }


def _kept_by(standard: Standard, typed: str) -> Scopes | None:
    """财务的题: the questions that an office keeps, whole sections where it keeps them whole."""
    found = [q for q in standard.questions if _keepers(standard, q) == {typed}]
    if not found:
        return None
    scopes: list[str] = []
    for question in found:
        siblings = [q for q in standard.questions if q.section == question.section]
        whole = all(q in found for q in siblings)
        scopes.append(f"{SECTION}:{question.section}" if whole else f"{QUESTION}:{question.id}")
    return tuple(dict.fromkeys(scopes))


def _keepers(standard: Standard, question: Question) -> set[str]:
    return {standard.facts[name].keeper for name in question.facts}


def _labelled(standard: Standard, typed: str) -> Scopes | None:
    """Questions whose figures are called so; too many are none."""
    named = _called(standard, typed) or {target.question.id for target in find(standard, typed)}
    found = [q for q in standard.questions if q.id in named]
    if len(typed) < 2 or not 0 < len(found) <= _MOST_NAMED:
        return None
    return _named(found)


def open_in(talk: Talk, questions: Sequence[str]) -> list[Question]:
    """Those of the questions that may be asked and are not answered whole."""
    return [q for q in unanswered(talk.case.standard, talk.answers) if q.id in questions]

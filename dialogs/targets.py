"""Which question or fact somebody means by a number, a code, a name or an old value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from dialogs.answers import read_cell
from dialogs.names import Named, named, resembling
from dialogs.talk import Talk
from dialogs.understand.mention import (
    bare,
    code,
    target_number,
    without_around,
    without_old_figure,
)
from dialogs.understand.reading import Ask
from scoring.questionnaire import Kind, Question
from scoring.standard import Standard
from scoring.values import Count, Money, Number, Percent, Value

_FIGURES = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT}

_SINGLE = _FIGURES | {Kind.DATE, Kind.YESNO}


@dataclass(frozen=True)
class Target:
    """A question, one of its facts where a fact was named, its indicator where that was."""

    question: Question
    fact: str = ""
    code: str = ""


def find(standard: Standard, said: str) -> tuple[Target, ...]:
    """The questions that may be meant, best first; one if it is clear, none if unknown.

    Understands 12, 第12题, 第十二题, an indicator's code or name, and names of facts, nicknames
    too, whole or in part, also with the old figure behind.
    """
    number = target_number(said)
    if number is not None:
        return tuple(Target(q) for q in standard.questions if standard.number_of[q.id] == number)
    coded = code(said)
    if coded:
        return _below(standard, coded)
    typed = bare(said)
    for name in dict.fromkeys(
        (typed, without_around(typed), without_old_figure(without_around(typed)))
    ):
        found = _targets(standard, named(standard, name))
        if found:
            return found
    return ()


def guess(standard: Standard, said: str) -> tuple[Target, ...]:
    """What has a name that only resembles what was said; to be asked, never taken."""
    return _targets(standard, resembling(standard, without_old_figure(said)))


def _targets(standard: Standard, found: Sequence[Named]) -> tuple[Target, ...]:
    targets: dict[Target, None] = {}
    for each in found:
        if each.fact:
            targets[Target(standard.question_of[each.fact], each.fact)] = None
        else:
            targets |= dict.fromkeys(_below(standard, each.code))
    return tuple(targets)


def _below(standard: Standard, code: str) -> tuple[Target, ...]:
    """The questions of an indicator, or of all indicators of a group."""
    found: dict[str, Target] = {}
    for node in standard.indicators:
        if node.code != code and not node.code.startswith(code if "-" not in code else f"{code}-"):
            continue
        for fact in node.rule.facts() if node.rule else ():
            question = standard.question_of[fact]
            found.setdefault(question.id, Target(question, code=node.code))
    return tuple(found.values()) or _carried(standard, code)


def _carried(standard: Standard, code: str) -> tuple[Target, ...]:
    """The questions of an indicator that has none of its own: those of the one it follows."""
    node = standard.nodes.get(code)
    origins = node.rule.carries() if node and node.rule else ()
    return tuple(Target(each.question, code=code) for o in origins for each in _below(standard, o))


def holding(talk: Talk, said: str) -> tuple[Target, ...]:
    """The facts whose answer now is the figure that was said."""
    standard = talk.case.standard
    found = []
    for name, value in talk.answers.items():
        if standard.facts[name].type not in _FIGURES:
            continue
        got = read_cell(standard.facts[name], said, talk.today)
        if not isinstance(got, Ask) and _figure(got.value) == _figure(value) is not None:
            found.append(Target(standard.question_of[name], name))
    return tuple(found)


def fitting(
    standard: Standard, found: Sequence[Target], value: str, today: date
) -> tuple[Target, ...]:
    """Those of the targets that have room for a value: figures before texts, for a text takes
    anything; all where none has."""
    facts = standard.facts
    typed = [t for t in found if t.fact and facts[t.fact].type in _SINGLE]
    return tuple(
        target
        for target in typed
        if not isinstance(read_cell(facts[target.fact], value, today), Ask)
    ) or tuple(found)


def nearest_code(standard: Standard, target: Target, said: str) -> str:
    """The indicator that a target counts for, by code; its question's number where it counts
    for none. Of several, those that read the fact themselves come before those that carry from
    another; of these, the one whose name shares most with the fact's and with what was said."""
    if target.code:
        return target.code
    names = (target.fact,) if target.fact else target.question.facts
    codes = list(dict.fromkeys(code for name in names for code in standard.feeds[name]))
    codes = codes or _codes_of_kin(standard, names)
    if not codes:
        return str(standard.number_of[target.question.id])
    label = standard.facts[names[0]].label
    return max(codes, key=lambda code: _nearness(standard, code, names, label, said))


def _codes_of_kin(standard: Standard, names: Sequence[str]) -> list[str]:
    """The indicators of what is judged by these facts, which count for none themselves: the day
    on which a rent was paid in, and its amount, by whether that was in time."""
    facts = standard.facts
    gates = [facts[name].when for name in names if facts[name].when]
    kin = [name for name, fact in facts.items() if set(fact.rests_on) & set(names)]
    kin += [n for n, fact in facts.items() if fact.type is Kind.YESNO and fact.when in gates]
    kin += [each.fact for when in gates for each in when if each.fact]
    return list(dict.fromkeys(code for name in kin for code in standard.feeds[name]))


def _nearness(
    standard: Standard, code: str, names: Sequence[str], label: str, said: str
) -> tuple[bool, int, int]:
    node = standard.nodes[code]
    direct = node.rule is not None and bool(set(names) & set(node.rule.facts()))
    return direct, _shared(node.name, said), _shared(node.name, label)


def _shared(one: str, other: str) -> int:
    """The length of the longest run of characters that two names share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _figure(value: Value) -> object:
    match value:
        case Money(yuan=figure) | Percent(value=figure) | Number(value=figure):
            return figure
        case Count(value=count):
            return count
    return None

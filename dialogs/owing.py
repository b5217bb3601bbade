"""What somebody still owes of a form: what is missing by name, how long it takes, what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dialogs.agenda import asked_facts
from dialogs.hands.held import ACTIVE, questions_in
from dialogs.hands.scopes import open_in
from dialogs.materials import stock_of
from dialogs.pace import minutes
from dialogs.talk import Talk
from dialogs.understand.plain_text import before_bracket
from dialogs.wording import join, say, shortened
from scoring.progress import gaps
from scoring.questionnaire import Question
from scoring.values import decimal_text

_MOST_NAMES = 4
_LONGEST_NAME = 12
_MOST_PEOPLE = 2


@dataclass(frozen=True)
class Owed:
    """`missing` are the person's own open questions by name, `hands` what others have of it, by
    their names; `points` is what can still be earned, `papers` materials that are not there.
    `own_pace` says that the minutes are at the person's own pace."""

    done: int
    total: int
    missing: tuple[str, ...] = ()
    minutes: int = 0
    points: Decimal = Decimal(0)
    hands: tuple[tuple[str, int], ...] = ()
    papers: int = 0
    own_pace: bool = False

    @property
    def is_full(self) -> bool:
        """Whether there is nothing left to answer, for nobody."""
        return not self.missing and not self.hands


def owed(talk: Talk, own_pace: Fraction | None = None) -> Owed:
    """What the person who talks still owes."""
    mine = [question for question in _open(talk) if question.id not in talk.handed]
    facts, progress, sheet = talk.case.standard.facts, talk.progress, talk.sheet
    helps = talk.limit is not None
    return Owed(
        done=progress.done,
        total=progress.total,
        missing=tuple(_name(talk, question) for question in mine),
        minutes=minutes(mine, facts, own_pace) if mine else 0,
        points=sheet.total.high - sheet.total.so_far,
        hands=() if helps else _hands(talk),
        papers=0 if helps else len(stock_of(talk).missing),
        own_pace=own_pace is not None,
    )


def lines(found: Owed) -> list[str]:
    """The same in words, the most important first."""
    told = []
    if found.missing:
        told.append(_missing(found))
        told.append(
            say("owed_time" if found.own_pace else "owed_time_usual", minutes=found.minutes)
        )
    if found.missing and found.points > 0:
        told[-1] += say("owed_points", points=decimal_text(found.points))
    if found.hands:
        told.append(_waits(found))
    if found.is_full:
        told.append(say("owed_full"))
    if found.papers and (found.is_full or len(found.missing) <= _MOST_NAMES):
        told.append(say("owed_papers", count=found.papers))
    return told


def _missing(found: Owed) -> str:
    names = join(list(found.missing[:_MOST_NAMES]))
    code = "owed_missing" if len(found.missing) <= _MOST_NAMES else "owed_missing_more"
    return say(code, count=len(found.missing), names=names, done=found.done, total=found.total)


def _waits(found: Owed) -> str:
    named = [say("owed_hand", name=name, count=count) for name, count in found.hands[:_MOST_PEOPLE]]
    more = len(found.hands) - _MOST_PEOPLE
    return say("owed_hands", named=join(named)) + (
        say("owed_hands_more", count=more) if more > 0 else ""
    )


def _open(talk: Talk) -> list[Question]:
    """The questions that the report needs, or may need once others are answered; what may be left
    blank holds nobody up."""
    standard = talk.case.standard
    needed = {gap.fact for gap in gaps(standard, talk.answers)}
    wanted = [q.id for q in standard.questions if talk.concerns(q.id)]
    return [
        question
        for question in open_in(talk, wanted)
        if needed & set(question.facts) or not asked_facts(question, standard, talk.answers)
    ]


def _name(talk: Talk, question: Question) -> str:
    """What a question asks for, by the label of its first fact, shortened from behind."""
    label = before_bracket(talk.case.standard.facts[question.facts[0]].label)
    return shortened(label, _LONGEST_NAME)


def _hands(talk: Talk) -> tuple[tuple[str, int], ...]:
    """Who else has how many open questions, the most first."""
    found: dict[str, set[str]] = {}
    for hand in talk.case.hands:
        if hand.state not in ACTIVE or hand.receiver.userid == talk.case.person.userid:
            continue
        asked = [q for q in questions_in(talk.case.standard, hand) if q in talk.handed]
        left = {question.id for question in open_in(talk, asked)}
        found.setdefault(hand.receiver.name, set()).update(left)
    counts = {name: len(left) for name, left in found.items() if left}
    return tuple(sorted(counts.items(), key=lambda each: -each[1]))

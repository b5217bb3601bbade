"""What depends on a changed answer: it is asked again, and its old answer is offered.

An answer depends on another one where the questionnaire says so (`rests_on`, `explains`), where
it says why an indicator lost points, and where it was hidden by a condition that holds anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dialogs.case import Offer
from dialogs.effects import RecordAnswer
from dialogs.offers import EARLIER as SOURCE
from dialogs.offers import recorded
from dialogs.states import State
from dialogs.talk import Talk
from dialogs.wording import join, say
from scoring.checks.base import figure
from scoring.losses import cause_of, improvement_of
from scoring.questionnaire import Difference, Fact
from scoring.reopening import open_facts
from scoring.rules.base import Points
from scoring.sameness import same
from scoring.sheet import NodeScore
from scoring.values import Offline, Text, Value

_NOTICEABLE = Decimal("0.1")
"""A difference, or the points lost of a maximum, that moved by less is still the same story."""
_NAMES = ("label", "names", "name", "kinds")
_MOST_NAMED = 3


def shaken(talk: Talk, values: Mapping[str, Value | None]) -> dict[str, Value]:
    """The answers that are to be asked again once these values are kept, by fact, as they are
    now. Nothing depends on a first answer, nor on one that says the same."""
    return _shaken(talk, talk.after(values, talk.state), values)


def _shaken(talk: Talk, bare: Talk, values: Mapping[str, Value | None]) -> dict[str, Value]:
    """The same, where the talk is known as it will be with these values alone."""
    before, after = talk.values, bare.values
    changed = {
        name
        for name in bare.answers.moved
        if name in before and name in after and not same(before[name], after[name])
    }
    if not changed:
        return {}
    standard = talk.case.standard
    lost = _lost_otherwise(talk, bare)
    found = {
        name: value
        for name, value in talk.answers.items()
        if name not in values
        and name in standard.facts
        and (
            _rests(standard.facts[name], changed, talk, bare)
            or name in lost
            or _is_back(name, standard.facts[name], talk, bare)
        )
        and bare.answers.applying[name] is not False
    }
    return _closed_left_out(talk, found)


def with_dependants(
    talk: Talk, state: State, values: Mapping[str, Value | None]
) -> tuple[dict[str, Value | None], dict[str, Value], Talk]:
    """The values together with what they take back, the old answers of that, and the talk, in
    another state, as it will be after it."""
    bare = talk.after(values, state)
    earlier = _shaken(talk, bare, values)
    if not earlier:
        return dict(values), {}, bare
    whole = {**values, **dict.fromkeys(earlier)}
    return whole, earlier, _offered(talk.after(whole, state), earlier)


@dataclass(frozen=True)
class Kept:
    """Values that are kept with all that follows: the talk after it, the effect, and a line for
    each thing that is asked again."""

    after: Talk
    effect: RecordAnswer
    lines: list[str]


def kept(
    talk: Talk,
    state: State,
    values: Mapping[str, Value],
    raw: str,
    agreed: Collection[str] = (),
) -> Kept:
    """Keeps values; what depends on them is taken back and offered. The facts in `agreed` keep
    what was offered for them."""
    whole, earlier, after = with_dependants(talk, state, values)
    effect = replace(recorded(talk.case, values, raw, agreed), values=whole, earlier=earlier)
    return Kept(after, effect, told(talk, earlier))


def _offered(talk: Talk, earlier: Mapping[str, Value]) -> Talk:
    """The talk with the old answers as offers, as the house will keep them."""
    more = {name: Offer(value, SOURCE, "") for name, value in earlier.items()}
    case = replace(talk.case, offers={**talk.case.offers, **more})
    return Talk(talk.state, case, talk.now)


def told(talk: Talk, earlier: Mapping[str, Value]) -> list[str]:
    """A line that says which questions will be asked again; none where there are none."""
    if not earlier:
        return []
    standard = talk.case.standard
    first = {standard.question_of[name].id: name for name in reversed(list(earlier))}
    order = sorted(first, key=lambda question: standard.number_of[question])
    named = [
        say(
            "dependants_question",
            number=standard.number_of[q],
            label=standard.facts[first[q]].label,
        )
        for q in order
    ]
    if len(named) > _MOST_NAMED:
        numbers = join([str(standard.number_of[question]) for question in order])
        named = [say("dependants_more", numbers=numbers)]
    return [say("dependants_again", questions=join(named))]


def _rests(fact: Fact, changed: set[str], talk: Talk, bare: Talk) -> bool:
    """Whether what a fact was judged by is no longer what it was."""
    if not changed.isdisjoint(fact.rests_on):
        return True
    return fact.explains is not None and _is_another_story(fact.explains, changed, talk, bare)


def _is_another_story(about: Difference, changed: set[str], talk: Talk, bare: Talk) -> bool:
    """Whether a difference turned round, has another base, or is noticeably bigger or smaller."""
    if not changed & {about.figure, about.base}:
        return False
    if about.base in changed:
        return True
    before, after = _difference(about, talk.values), _difference(about, bare.values)
    if before is None or after is None:
        return True
    turned = (before > 0) - (before < 0) != (after > 0) - (after < 0)
    return turned or abs(after - before) > abs(before) * _NOTICEABLE


def _difference(about: Difference, values: Mapping[str, Value]) -> Decimal | None:
    changed, base = figure(values.get(about.figure)), figure(values.get(about.base))
    return None if changed is None or base is None else changed - base


def _lost_otherwise(talk: Talk, bare: Talk) -> set[str]:
    """The facts about lost points of indicators that now lose for another reason or noticeably
    more or less. Words that were only agreed to fit any loss, and stay."""
    found: set[str] = set()
    before, after = talk.sheet, bare.sheet
    for node in talk.case.standard.indicators:
        old, new = before[node.code], after[node.code]
        if old is new or not (old.losses and new.losses) or not _loses_otherwise(old, new):
            continue
        drafts = (node.draft.cause, node.draft.improvement) if node.draft else ("", "")
        for name, draft in zip(
            (cause_of(node.code), improvement_of(node.code)), drafts, strict=True
        ):
            words = talk.answers.get(name)
            if words is not None and not same(words, Text(draft)):
                found.add(name)
    return found


def _loses_otherwise(old: NodeScore, new: NodeScore) -> bool:
    if _reasons(old) != _reasons(new):
        return True
    return abs(old.lost - new.lost) >= old.maximum * _NOTICEABLE


def _reasons(node: NodeScore) -> set[tuple[str, ...]]:
    """Why points were lost: kinds of loss with what they name."""
    return {(loss.code, *(str(loss.numbers.get(n, "")) for n in _NAMES)) for loss in node.losses}


def _is_back(name: str, fact: Fact, talk: Talk, bare: Talk) -> bool:
    """Whether a fact that surely did not apply does now: what was answered before it was hidden
    is not counted unseen."""
    if talk.answers.applying[name] is not False:
        return False
    # An indicator that is open for lack of answers has not stopped losing points.
    waits = any(c.lost and talk.sheet[c.lost].state is Points.OPEN for c in fact.when)
    return not waits and bare.answers.applying[name] is True


def _closed_left_out(talk: Talk, found: Mapping[str, Value]) -> dict[str, Value]:
    """Without what is handed in on paper, and what is closed because only single points of the
    form came back."""
    online: dict[str, Value] = {
        name: value for name, value in found.items() if not isinstance(value, Offline)
    }
    if not online or not talk.came_back_in_part:
        return online
    targets = [each.indicator for each in talk.case.returned]
    open_ = open_facts(talk.case.standard, targets, talk.answers, talk.case.changed)
    return {name: value for name, value in online.items() if name in open_}

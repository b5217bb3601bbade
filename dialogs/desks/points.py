"""Reviewed points (核定分) as finance gives them in words: read, completed by asking, said back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal

from dialogs import reviewed
from dialogs.bubbles import Words
from dialogs.case import Waiting
from dialogs.desks.base import reply
from dialogs.desks.entries import OWN, Entry, entry_of, is_whole, like_own, marked, problem_of
from dialogs.desks.review_list import (
    KIND,
    changed_lines,
    in_session,
    known_indicators,
    listed,
    reckoned,
    review_of,
)
from dialogs.echo import why
from dialogs.naming import target_name
from dialogs.review_effects import GivePoints
from dialogs.reviewed import Given
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.plain_text import clean
from dialogs.understand.returning import read_points
from dialogs.understand.reviewing import read_mark, reason_of
from dialogs.wording import join, say
from scoring.reviewing import own_points
from scoring.standard import Standard


def give(state: State, found: Waiting, words: str, now: datetime) -> Step:
    """核定 with what stands behind it: the list of the form, or points for indicators."""
    if not words.strip():
        return listed(state, found, now)
    read = read_points(words, known_indicators(found.standard))
    if not read.mentions:
        return reply(in_session(state, found), say("review_unknown", said=clean(words)))
    return _settle(state, found, [entry_of(found, each) for each in read.mentions])


def back(state: State, found: Waiting) -> Step:
    """全部按自评: no indicator has points of finance any more."""
    values = review_of(found).values
    department = found.form.department
    if not values:
        return reply(in_session(state, found), say("review_back_nothing", department=department))
    wishes = tuple((code, None, "") for code in values)
    effect = GivePoints(found.form.id, found.form.version, wishes)
    words = say("review_back", department=department)
    return Step(in_session(state, found), (effect,), (Words(words),))


def answered(state: State, found: Waiting, text: str, now: datetime) -> Step | None:
    """The points or the reason that were asked for."""
    entries = [Entry(**each) for each in state.pending.get("given", ())]
    read = read_points(text, known_indicators(found.standard))
    if read.mentions and not read.preface:
        return give(state, found, text, now)
    for at, entry in enumerate(entries):
        if not entry.points:
            mark = read_mark(text)
            if not mark.said:
                return reply(state, say("review_ask_points"))
            entries[at] = marked(entry, mark, found)
            return _settle(state, found, entries)
        if not is_whole(entry):
            entries[at] = replace(entry, reason=reason_of(clean(text)))
            return _settle(state, found, entries)
    return None


def _settle(state: State, found: Waiting, entries: Sequence[Entry]) -> Step:
    """Asks for what is missing; all of them are given at once, or none."""
    known = {entry.code: entry for entry in entries}
    entries = [like_own(found, entry) for entry in known.values()]
    for entry in entries:
        if problem := problem_of(found, entry):
            return reply(in_session(state, found), problem)
    asked = next((entry for entry in entries if not is_whole(entry)), None)
    if asked:
        pending = {"kind": KIND, "form": found.form.id, "given": [asdict(e) for e in entries]}
        return reply(state.but(pending=pending), _question(found, asked))
    return _given(state, found, entries)


def _question(found: Waiting, entry: Entry) -> str:
    node = found.standard.nodes[entry.code]
    score = reckoned(found).own[entry.code]
    own = own_points(score)
    name = target_name(found.standard, entry.code)
    if entry.points:
        code = "review_ask_reason_paper" if own is None else "review_ask_reason"
        return say(code, name=name, points=Decimal(entry.points), own=own or 0)
    numbers = {"code": entry.code, "name": node.name, "maximum": node.max}
    if own is None:
        head = say("review_indicator_paper", **numbers)
    else:
        head = say("review_indicator", **numbers, own=own, why=why(score))
    return f"{head}\n{say('review_ask_points')}"


def _given(state: State, found: Waiting, entries: Sequence[Entry]) -> Step:
    """Gives the points and says what that comes to."""
    review = review_of(found)
    wishes = tuple(
        (e.code, None if e.points == OWN else Decimal(e.points), e.reason) for e in entries
    )
    points = dict(review.points)
    for code, value, reason in wishes:
        points.pop(code, None)
        if value is not None:
            points[code] = Given(value, reason, "")
    after = reviewed.reckon(found.standard, found.answers, replace(review, points=points))
    told = changed_lines(after, {c: points[c] for c in points})
    codes = {code for code, value, _ in wishes if value is not None}
    mine = [line for line, each in zip(told, after.changes, strict=True) if each.code in codes]
    lines = [say("review_noted", lines="\n".join(mine))] if mine else []
    lines += [_as_own(found, code) for code, value, _ in wishes if value is None]
    lines += _carried(found.standard, codes)
    lines.append(say("review_now", total=after.total, grade=after.grade))
    effect = GivePoints(found.form.id, found.form.version, wishes)
    return Step(in_session(state, found), (effect,), (Words("\n".join(lines)),))


def _as_own(found: Waiting, code: str) -> str:
    own = own_points(reckoned(found).own[code]) or Decimal(0)
    said = "review_same_given" if code in review_of(found).points else "review_same"
    return say(said, name=target_name(found.standard, code), own=own)


def _carried(standard: Standard, codes: set[str]) -> list[str]:
    """Indicators that go by the rate of one that was changed keep their own points."""
    found: dict[str, list[str]] = {}
    for node in standard.indicators:
        origins = set(node.rule.carries() if node.rule else ()) & codes
        for origin in origins:
            found.setdefault(origin, []).append(node.code)
    return [
        say("review_carried", codes=join([c for c in carried if c not in codes]), origin=origin)
        for origin, carried in sorted(found.items())
        if any(code not in codes for code in carried)
    ]

"""申辩: what a contact says about finance's opinion on their form, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs import reviewed
from dialogs.bubbles import Words
from dialogs.desks.review_list import known_indicators
from dialogs.events import Chosen, Event, Said
from dialogs.naming import target_name
from dialogs.review_effects import AgreeOpinion, ObjectTo
from dialogs.review_notices import AGREE, CARD, change_line, day
from dialogs.reviewed import REVIEWABLE, OpinionView, Reckoned
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import read_fixed
from dialogs.understand.plain_text import clean
from dialogs.understand.returning import Mention, Points, read_points
from dialogs.understand.reviewing import NONE, OBJECT, SHOW, read_appeal
from dialogs.wording import join, say

KIND = "appeal"


def is_meant(event: Event, talk: Mapping[str, Any] | None, form_state: str) -> bool:
    """Whether an opinion is spoken of, which is looked up only then."""
    if form_state not in REVIEWABLE:
        # Words about what isn't there yet are no answers to a question; 没有异议 can be one.
        wish = read_appeal(event.text) if isinstance(event, Said) else None
        return wish is not None and wish.kind != NONE
    if isinstance(event, Chosen):
        return event.card.startswith(CARD)
    if ((talk or {}).get("pending") or {}).get("kind") == KIND:
        return True
    return isinstance(event, Said) and read_appeal(event.text) is not None


def answer(talk: Talk, event: Event) -> Step | None:
    """What follows from what is said about an opinion; None for everything else."""
    if talk.case.review is None:
        return None
    if isinstance(event, Chosen):
        return _tapped(talk, event) if event.card.startswith(CARD) else None
    if not isinstance(event, Said):
        return None
    wish = read_appeal(event.text)
    if wish is None:
        return _words(talk, event.text) if talk.state.pending.get("kind") == KIND else None
    opinion = talk.case.review.opinion
    talk = talk.with_state(talk.state.but(pending={}))
    if opinion is None:
        return _said(talk, say("appeal_none"))
    if wish.kind == SHOW or (wish.kind == NONE and not opinion.open_at(talk.now)):
        return _said(talk, _shown(talk, opinion))
    if wish.kind == NONE:
        return _agreed(talk, opinion)
    return _objected(talk, opinion, wish.rest) if wish.kind == OBJECT else None


def _said(talk: Talk, text: str) -> Step:
    return Step(talk.state, (), (Words(text),))


def _reckoned(talk: Talk) -> Reckoned:
    review = talk.case.review or reviewed.Review()
    return reviewed.reckon(talk.case.standard, talk.case.answers, review)


def _tapped(talk: Talk, event: Chosen) -> Step:
    """The buttons below an opinion; one of an earlier opinion shows where things are."""
    opinion = talk.case.review.opinion if talk.case.review else None
    if opinion is None:
        return _said(talk, say("appeal_none"))
    mine = event.card == f"{CARD}{opinion.number}"
    if mine and event.options == (AGREE,) and opinion.open_at(talk.now):
        return _agreed(talk, opinion)
    return _said(talk, _shown(talk, opinion))


def _agreed(talk: Talk, opinion: OpinionView) -> Step:
    if opinion.objections:
        return _said(talk, say("agree_appealed"))
    words = say("agree_noted", total=opinion.total, grade=opinion.grade)
    return Step(talk.state, (AgreeOpinion(),), (Words(words),))


def _shown(talk: Talk, opinion: OpinionView) -> str:
    """Where the opinion stands: points, what was changed, what was said and answered."""
    numbers = {"number": opinion.number, "total": opinion.total, "grade": opinion.grade}
    until = day(opinion.until) if opinion.until else ""
    is_open = opinion.open_at(talk.now)
    code = "appeal_final" if opinion.final or not until else "appeal_over"
    lines = [say("appeal_head" if is_open else code, **numbers, day=until)]
    review = talk.case.review or reviewed.Review()
    for each in _reckoned(talk).changes:
        reason = review.points[each.code].reason
        lines.append(say("review_line_reason", line=change_line(each), reason=reason))
    if opinion.waiting:
        lines.append(say("appeal_said", codes=join([each.indicator for each in opinion.waiting])))
    for said in opinion.objections:
        if said.upheld is not None:
            outcome = say("appeal_upheld" if said.upheld else "appeal_rejected")
            told = {"code": said.indicator, "outcome": outcome, "reply": said.reply}
            lines.append(say("appeal_replied", **told))
    if is_open:
        changes = _reckoned(talk).changes
        example = changes[0].code if changes else ""
        lines.append(say("appeal_how", code=example) if example else say("appeal_nothing"))
        if link := talk.case.links.get("appeal", ""):
            lines.append(say("appeal_page", link=link))
    return "\n".join(lines)


def _objected(talk: Talk, opinion: OpinionView, words: str) -> Step:
    if not opinion.open_at(talk.now):
        return _said(talk, _shown(talk, opinion))
    changes = _reckoned(talk).changes
    if not changes:
        return _said(talk, say("appeal_nothing"))
    read = read_points(words, known_indicators(talk.case.standard))
    if not read.mentions:
        if len(changes) > 1 or not words:
            lines = "\n".join(change_line(each) for each in changes)
            return _said(talk, say("appeal_which", lines=lines, code=changes[0].code))
        read = Points((Mention(changes[0].code, changes[0].code, clean(words)),))
    return _checked(talk, opinion, read)


def _checked(talk: Talk, opinion: OpinionView, read: Points) -> Step:
    """All of it or nothing: what can't be objected to is said, words that miss are asked for."""
    codes = [each.code for each in _reckoned(talk).changes]
    settled = {each.indicator for each in opinion.objections if each.upheld is not None}
    for each in read.mentions:
        known = join(codes)
        if not each.target:
            return _said(talk, say("appeal_unknown", said=each.said, codes=known))
        if each.target in settled:
            return _said(talk, say("appeal_settled", code=each.target))
        if each.target not in codes:
            return _said(talk, say("appeal_unchanged", said=each.target, codes=known))
    silent = [each.target for each in read.mentions if not each.words]
    if silent:
        given = [[each.target, each.words] for each in read.mentions]
        names = join([target_name(talk.case.standard, code) for code in silent])
        state = talk.state.but(pending={"kind": KIND, "given": given})
        return Step(state, (), (Words(say("appeal_ask_words", names=names)),))
    return _noted(talk, opinion, tuple((each.target, each.words) for each in read.mentions))


def _words(talk: Talk, text: str) -> Step | None:
    """The words that were asked for."""
    opinion = talk.case.review.opinion if talk.case.review else None
    fresh = talk.with_state(talk.state.but(pending={}))
    command = read_fixed(text)
    if command and command.name == "cancel":
        return _said(fresh, say("appeal_dropped"))
    if command or not clean(text):
        return None
    if opinion is None or not opinion.open_at(talk.now):
        return _said(fresh, _shown(fresh, opinion) if opinion else say("appeal_none"))
    given = [(str(code), str(words)) for code, words in talk.state.pending.get("given", ())]
    filled = tuple(Mention(code, code, words or clean(text)) for code, words in given)
    return _checked(fresh, opinion, Points(filled))


def _noted(talk: Talk, opinion: OpinionView, points: tuple[tuple[str, str], ...]) -> Step:
    names = join([target_name(talk.case.standard, code) for code, _ in points])
    until = day(opinion.until) if opinion.until else ""
    words = say("appeal_noted", names=names, day=until)
    return Step(talk.state, (ObjectTo(points),), (Words(words),))

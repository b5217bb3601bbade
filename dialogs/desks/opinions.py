"""The opinion (复核意见) at finance's desk: shown before it is sent, and what the department says
against it is settled."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import Role, Waiting
from dialogs.desk_cards import key_about
from dialogs.desks.base import reply
from dialogs.desks.review_list import (
    KIND,
    changed_lines,
    in_session,
    known_indicators,
    listed,
    reckoned,
    review_of,
)
from dialogs.review_effects import IssueOpinion, SettleAppeal
from dialogs.review_notices import REVIEW, UPHOLD, change_line, day
from dialogs.reviewed import Objection, OpinionView, mark_of
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.plain_text import bare_words, clean
from dialogs.understand.returning import read_points
from dialogs.understand.reviewing import Mark, read_mark, says_hold, says_send
from dialogs.understand.yesno import says_yes
from dialogs.wording import join, say, shortened
from scoring.reviewing import FINE, OVER, fault_of, own_points

_ISSUE, _FINAL = "issue", "final"
_YES, _NO = "yes", "no"
_SHORT = 12


def agree(state: State, found: Waiting, now: datetime) -> Step:
    """同意自评分: the opinion with the department's own points."""
    changed = reckoned(found).changes
    if changed:
        numbers = {"department": found.form.department, "count": len(changed)}
        return reply(in_session(state, found), say("review_has_changes", **numbers))
    return ask(state, found, False, now)


def ask(state: State, found: Waiting, final: bool, now: datetime) -> Step:
    """What would be sent to whom, and two buttons."""
    problem = _not_yet(found, final, now)
    if problem:
        return reply(in_session(state, found), problem)
    kind, mark = _FINAL if final else _ISSUE, mark_of(review_of(found), found.form.version, final)
    pending = {"kind": KIND, "form": found.form.id, "confirm": kind, "mark": mark}
    return Step(state.but(pending=pending), (), _shown(found, final, kind, mark))


def confirmed(state: State, found: Waiting, text: str, now: datetime) -> Step | None:
    """Yes or no in words to what was shown; anything else is not about it."""
    yes, said = says_yes(text), bare_words(text)
    if yes or said == "1" or says_send(text):
        option = _YES
    elif yes is False or said in ("2", say("cancel_button")) or says_hold(text):
        option = _NO
    else:
        return None
    pending = state.pending
    return tapped(state, found, str(pending["confirm"]), str(pending["mark"]), option, now)


def tapped(state: State, found: Waiting, kind: str, mark: str, option: str, now: datetime) -> Step:
    """The buttons below what was shown; they send nothing that was not shown."""
    final, fresh = kind == _FINAL, in_session(state, found)
    review = review_of(found)
    if mark != mark_of(review, found.form.version, final):
        return reply(fresh, say("review_gone"))
    if option != _YES:
        return reply(fresh, say("opinion_not_sent"))
    if problem := _not_yet(found, final, now):
        return reply(fresh, problem)
    numbers = {"department": found.form.department, "names": join(list(review.receivers))}
    effect = IssueOpinion(found.form.id, final, mark)
    return Step(fresh, (effect,), (Words(say("opinion_sent", **numbers)),))


def _not_yet(found: Waiting, final: bool, now: datetime) -> str:
    """Why it can't be sent; "" where it can."""
    review, reckon = review_of(found), reckoned(found)
    opinion, department = review.opinion, found.form.department
    if not review.receivers:
        return say("review_nobody", department=department)
    if reckon.undecided:
        return say("review_undecided", codes=join(list(reckon.undecided)))
    if opinion and opinion.waiting:
        codes = join([each.indicator for each in opinion.waiting])
        return say("opinion_appeals_first", codes=codes)
    if not final:
        return ""
    if opinion is None:
        return say("opinion_first", department=department)
    if opinion.final:
        return say("opinion_ended", department=department, **_numbers(opinion))
    objected = {each.indicator for each in opinion.objections}
    left = any(each.code not in objected for each in reckon.changes)
    if opinion.open_at(now) and opinion.until and left:
        return say("opinion_early", department=department, day=day(opinion.until))
    return ""


def _numbers(opinion: OpinionView) -> dict[str, object]:
    return {"number": opinion.number, "total": opinion.total, "grade": opinion.grade}


def _shown(found: Waiting, final: bool, kind: str, mark: str) -> tuple[Bubble, ...]:
    review, reckon = review_of(found), reckoned(found)
    code = "opinion_ask_final" if final else "opinion_ask"
    numbers = {
        "year": found.form.year,
        "total": reckon.total,
        "grade": reckon.grade,
        "own": reckon.own.total.low,
        "count": len(reckon.changes),
        "names": join(list(review.receivers)),
        "people": len(review.receivers),
        "day": day(review.until) if review.until else "",
    }
    lines = [say(code if reckon.changes or final else "opinion_ask_same", **numbers)]
    if review.opinion:
        lines.append(say("opinion_replaces", number=review.opinion.number))
    changed = changed_lines(reckon, review.points)
    title_code = "opinion_ask_title_final" if final else "opinion_ask_title"
    name = shortened(found.form.department, TITLE_LIMIT - _SHORT)
    key = key_about(Role.FINANCE, found.form, REVIEW, kind, mark)
    choices = (Choice(_YES, say("opinion_send_button")), Choice(_NO, say("cancel_button")))
    title, note = say(title_code, department=name), "\n".join([*lines, *changed])
    if len(note) <= NOTE_LIMIT:
        return (Buttons(key, title, note, choices),)
    return (Words(note), Buttons(key, title, say("opinion_ask_note"), choices))


def appeals(state: State, found: Waiting, now: datetime) -> Step:
    """申辩: what waits for an answer."""
    waiting = _waiting(found)
    if not waiting:
        return listed(state, found, now)
    changed = {each.code: each for each in reckoned(found).changes}
    lines = [say("appeals_head", department=found.form.department)]
    for each in waiting:
        line = change_line(changed[each.indicator]) if each.indicator in changed else each.indicator
        lines.append(say("appeals_line", line=line, words=each.words, name=each.by))
    lines.append(say("appeals_how", code=waiting[0].indicator))
    return reply(in_session(state, found), "\n".join(lines))


def settle(state: State, found: Waiting, upheld: bool, words: str) -> Step:
    """采纳 or 不采纳 with indicators and words."""
    waiting = {each.indicator for each in _waiting(found)}
    if not waiting:
        none = say("appeals_none", department=found.form.department)
        return reply(in_session(state, found), none)
    read = read_points(words, known_indicators(found.standard))
    named = [(each.target, each.words) for each in read.mentions]
    if not named:
        if len(waiting) > 1:
            asks = say("appeals_which", codes=join(sorted(waiting)))
            return reply(in_session(state, found), asks)
        named = [(next(iter(waiting)), clean(words))]
    for each, (code, _) in zip(read.mentions, named, strict=False):
        if code not in waiting:
            asks = say("appeals_which", codes=join(sorted(waiting)))
            return reply(in_session(state, found), say("review_unknown", said=each.said) + asks)
    if len(named) > 1 and all(said for _, said in named):
        return _settled_all(state, found, upheld, named)
    (code, said), *_ = named
    return _settled(state, found, code, upheld, said)


def settle_tapped(state: State, found: Waiting, code: str, option: str) -> Step:
    """采纳 or 不采纳 on the card: words are asked for."""
    if all(each.indicator != code for each in _waiting(found)):
        return reply(in_session(state, found), say("review_gone"))
    return _settled(state, found, code, option == UPHOLD, "")


def settle_words(state: State, found: Waiting, text: str) -> Step:
    """The words for a decision that was begun."""
    code, upheld = str(state.pending["settle"]), bool(state.pending.get("upheld"))
    if all(each.indicator != code for each in _waiting(found)):
        return reply(in_session(state, found), say("review_gone"))
    return _settled(state, found, code, upheld, text)


def _waiting(found: Waiting) -> tuple[Objection, ...]:
    opinion = review_of(found).opinion
    return opinion.waiting if opinion else ()


def _settled(state: State, found: Waiting, code: str, upheld: bool, words: str) -> Step:
    step = _decision(found, code, upheld, words)
    if isinstance(step, SettleAppeal):
        return _done(state, found, (step,))
    if step:
        return reply(in_session(state, found), step)
    pending = {"kind": KIND, "form": found.form.id, "settle": code, "upheld": upheld}
    return reply(state.but(pending=pending), _asks(found, code, upheld))


def _settled_all(state: State, found: Waiting, upheld: bool, named: list[tuple[str, str]]) -> Step:
    effects = []
    for code, words in named:
        step = _decision(found, code, upheld, words)
        if not isinstance(step, SettleAppeal):
            return reply(in_session(state, found), step or _asks(found, code, upheld))
        effects.append(step)
    return _done(state, found, tuple(effects))


def _decision(found: Waiting, code: str, upheld: bool, words: str) -> SettleAppeal | str:
    """The decision; "" where words are missing, a sentence where the points can't be."""
    mark = read_mark(words) if upheld else Mark(reason=clean(words))
    node, own = found.standard.nodes[code], own_points(reckoned(found).own[code])
    points: Decimal | None = mark.points
    if mark.full:
        points = node.max
    if mark.unclear or mark.off is not None:
        return say("review_unclear", name=node.name, said=clean(words), code=code)
    if points is not None and (fault := fault_of(found.standard, code, points)):
        over = say("review_over", name=node.name, maximum=node.max)
        return {OVER: over, FINE: say("review_fine", name=node.name)}[fault]
    if not mark.reason or (upheld and points is None and own is None):
        return ""
    return SettleAppeal(found.form.id, code, upheld, points, mark.reason)


def _asks(found: Waiting, code: str, upheld: bool) -> str:
    own = own_points(reckoned(found).own[code])
    numbers = {"department": found.form.department, "code": code}
    if not upheld:
        given = review_of(found).points.get(code)
        return say("settle_ask_reject", **numbers, points=given.points if given else own)
    if own is None:
        return say("settle_ask_uphold_paper", **numbers)
    return say("settle_ask_uphold", **numbers, own=own)


def _done(state: State, found: Waiting, effects: tuple[SettleAppeal, ...]) -> Step:
    code = "settle_done_upheld" if effects[0].upheld else "settle_done_rejected"
    lines = [say(code, code=join([each.indicator for each in effects]))]
    if len(_waiting(found)) == len(effects):
        lines.append(say("settle_all_done"))
    return Step(in_session(state, found), effects, (Words("\n".join(lines)),))

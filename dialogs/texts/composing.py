"""What becomes of a message while a text is written: a piece of it, a change to it, its end."""

from __future__ import annotations

from dialogs.agenda import Item
from dialogs.answers import problem, read_cell, with_cells
from dialogs.bubbles import Words
from dialogs.doubts.seen import seen_now
from dialogs.replies import ask_next, keep, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.misplaced import are_figures
from dialogs.texts.pieces import Parts, begun, changed, last_of, rebased, text_of, without_last
from dialogs.texts.trimming import trim
from dialogs.texts.writing import Writing, asked, excerpt, now, whole
from dialogs.understand.reading import Ask
from dialogs.understand.text_edit import AFTER, INSTEAD, MORE, WHOLE, Edit
from dialogs.understand.text_piece import (
    FIGURE,
    NOTHING,
    asks_length,
    looks_cut,
    oddity,
    split_text_end,
)
from dialogs.wording import say, shortened
from scoring.sensitive import secrecy_mark
from scoring.values import Rows, Text, Value

PENDING = "text"
ODD, CLASH, DISCARD, CHANGE, ADD = "odd", "clash", "discard", "change", "add"
OFFERED: dict[str, tuple[str, ...]] = {
    ODD: ("take", "drop"),
    CLASH: ("mine", "after", "theirs"),
    DISCARD: ("drop", "keep"),
    CHANGE: ("all", "take", "drop"),
    ADD: ("after", "take", "drop"),
}
_MOST = 5
_QUOTED = 30


def write(talk: Talk, item: Item, text: str) -> Step:
    """Takes a message that is no command as words of a text: a long one waits for more, others
    are kept at once. What can hardly be meant is asked about."""
    writing = Writing(talk, item)
    body, ended = split_text_end(text)
    odd = oddity(body, is_long=writing.is_long)
    if not odd and not writing.parts and are_figures(talk.case.standard, body):
        odd = FIGURE
    if odd == NOTHING and _may_be_blank(writing):
        return keep(talk, item, _values(writing, ""), text)
    if odd:
        return _ask_odd(writing, body, odd, ended=ended)
    return taken(writing, body, ended=ended)


def _may_be_blank(writing: Writing) -> bool:
    return writing.spec.optional and not writing.parts


def _ask_odd(writing: Writing, body: str, odd: str, *, ended: bool) -> Step:
    lines = [say(f"text_odd_{odd}", text=shortened(body, _QUOTED), label=writing.label)]
    if writing.text:
        lines.append(say("text_left_short", length=len(writing.text)))
    return pend(writing, ODD, lines, text=body, ended=ended)


def pend(writing: Writing, ask: str, lines: list[str], **data: object) -> Step:
    """Asks something about a text; the answer comes as a tap or in words."""
    pending = {"kind": PENDING, "ask": ask, "item": writing.item.key, **data}
    seen = seen_now(writing.talk, writing.item) if ask == CLASH else writing.talk.state.seen
    bubbles = asked(writing, lines, OFFERED[ask], say(f"text_how_{ask}"))
    return Step(writing.talk.state.but(pending=pending, seen=seen), (), bubbles)


def taken(writing: Writing, body: str, *, ended: bool) -> Step:
    """Puts words behind those that wait; closes the text where it is said or where it is short."""
    parts = writing.parts or begun(writing.base)
    if len(text_of(parts)) + len(body) > _MOST * writing.limit:
        return repeat(writing.talk, say("text_far_too_long", limit=writing.limit))
    after = writing.holding((*parts, body))
    if _bears_mark(after, writing.parts, body):
        return _turned_away(writing)
    if writing.clashes:
        return ask_clash(after)
    cut = looks_cut(body)
    if ended or not (writing.is_long or writing.parts or cut):
        return close(after)
    return now(after, cut=cut)


def _bears_mark(after: Writing, before: Parts, body: str) -> bool:
    """Whether the words together bear a secrecy marking, as one cut over two messages does."""
    return bool(secrecy_mark(after.text) or secrecy_mark(last_of(before) + body))


def _turned_away(writing: Writing) -> Step:
    """Nothing stays of a text that bears a marking, not even what came before it."""
    return Step(writing.state_with(None), (), (Words(say("text_secret")),))


def close(writing: Writing, lead: str = "") -> Step:
    """Keeps what waits as the answer, and asks what comes next."""
    text = writing.text
    if not text.strip():
        return repeat(writing.talk, say("text_none_yet"))
    if len(text) > writing.limit:
        return now(writing)
    if writing.clashes:
        return ask_clash(writing)
    if secrecy_mark(text):
        return _turned_away(writing)
    got = read_cell(writing.spec, text, writing.talk.today)
    if isinstance(got, Ask):
        return repeat(writing.talk, problem(got))
    free = writing.holding(None)
    return keep(free.talk, free.item, _values(free, text), text, details=[lead] if lead else [])


def _values(writing: Writing, text: str) -> dict[str, Value]:
    name, item = writing.item.facts[0], writing.item
    rows = writing.talk.answers.get(name)
    if item.row is None or not isinstance(rows, Rows):
        return {name: Text(text)}
    return {name: with_cells(rows, item.row, {item.columns[0]: Text(text)})}


def ask_clash(writing: Writing) -> Step:
    """The answer has changed since the first piece came: which of the two counts is asked."""
    name = writing.talk.case.authors.get(writing.item.facts[0], "")
    told = {
        "name": name or say("text_on_page"),
        "standing": len(writing.standing),
        "words": excerpt(writing.standing),
        "length": len(writing.text),
        "own": excerpt(writing.text),
    }
    code = "text_clash" if writing.standing else "text_clash_gone"
    return pend(writing, CLASH, [say(code, **told)])


def edited(writing: Writing, edit: Edit, *, ended: bool, text: str) -> Step | None:
    """Does to the text what a message asks for; None where the message is none of that."""
    if edit.kind == WHOLE:
        return whole(writing)
    if edit.kind == INSTEAD:
        return _again(writing, edit.text, ended=ended)
    if edit.kind in (MORE, AFTER):
        return _more(writing, edit, ended=ended)
    result = trim(writing, edit)
    if result is None:
        return None
    if result.ask:
        data = {"text": text, "after": result.text, "ended": ended}
        return pend(writing, CHANGE, [result.ask], **data)
    if result.told:
        return repeat(writing.talk, result.told)
    return settled(writing, result.text, result.done, ended=ended)


def settled(writing: Writing, text: str, lead: str, *, ended: bool) -> Step:
    """The text after a change, kept at once where it is short."""
    parts = writing.parts or begun(writing.base, writing.standing, after=True)
    after = writing.holding(changed(parts, text))
    if after.clashes:
        return ask_clash(after)
    if text and (ended or not (writing.is_long or writing.parts)):
        return close(after, lead)
    return now(after, lead) if text else _emptied(after)


def _emptied(writing: Writing) -> Step:
    state = writing.talk.state.but(asked=writing.item.key)
    return Step(state, (), (Words(say("text_emptied")),))


def _again(writing: Writing, words: str, *, ended: bool) -> Step:
    """重写: what waits, or the answer, gives way to new words."""
    if not words:
        if not writing.parts:
            return _asked_anew(writing)
        return _emptied(writing.holding(changed(writing.parts, "")))
    if writing.parts:
        return settled(writing, words, "", ended=ended)
    return taken(writing, words, ended=ended)


def _asked_anew(writing: Writing) -> Step:
    state = writing.talk.state.but(asked=writing.item.key)
    code = "text_anew_over" if writing.value is not None else "text_anew"
    return Step(state, (), (Words(say(code)),))


def _more(writing: Writing, edit: Edit, *, ended: bool) -> Step:
    """接着写: behind what waits, or behind the answer that stands."""
    base, standing = writing.base, writing.standing
    if edit.kind == AFTER and writing.replaces and standing:
        return now(writing.holding(rebased(writing.parts, base, standing, after=True)))
    if not writing.parts and standing:
        writing = writing.holding(begun(base, standing, after=True))
    if not edit.text:
        return _go_on(writing)
    return taken(writing, edit.text, ended=ended)


def _go_on(writing: Writing) -> Step:
    state = writing.talk.state.but(asked=writing.item.key)
    words = say("text_go_on", end=writing.text[-12:]) if writing.text else say("text_go_on_fresh")
    return Step(state, (), (Words(words),))


def undone(writing: Writing) -> Step:
    """撤销: the last piece or change is taken back."""
    last = last_of(writing.parts)
    after = writing.holding(without_last(writing.parts))
    code = "text_undone" if last else "text_undone_change"
    lead = say(code, words=excerpt(last))
    if not after.text:
        kept = say("text_undone_kept") if writing.value is not None else say("text_undone_empty")
        return Step(after.talk.state, (), (Words(f"{lead}{kept}"),))
    return now(after, lead)


def put_off(writing: Writing) -> Step:
    """跳过 while a text is open: the words stay, the question comes again at the end."""
    state, key = writing.talk.state, writing.item.key
    lead = say("text_put_off", length=len(writing.text), number=_number(writing))
    others = [item for item in writing.talk.items if item.key != key]
    if not others and not state.editing:
        return repeat(writing.talk, say("text_put_off_last", length=len(writing.text)))
    skipped = state.skipped
    if not state.editing:
        skipped = (*(each for each in skipped if each != key), key)
    left = state.but(asked="", editing="", skipped=skipped)
    return ask_next(writing.talk.with_state(left), lead)


def _number(writing: Writing) -> int:
    return writing.talk.number(writing.item.question)


def ask_discard(writing: Writing) -> Step:
    """取消 while words wait: whether they are to go is asked."""
    told = say("text_discard", length=len(writing.text), words=excerpt(writing.text))
    return pend(writing, DISCARD, [told])


def length_answer(talk: Talk, item: Item, question: str) -> str:
    """How long a text may be, in answer to a question about it; "" for other questions."""
    if not asks_length(question):
        return ""
    writing = Writing(talk, item)
    now_long = say("text_length_now", length=len(writing.text)) if writing.text else ""
    told = {"question": shortened(question, _QUOTED), "limit": writing.limit, "now": now_long}
    return say("text_length", **told)

"""Hand-overs in words: who is on what, how far they are, what is still owed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dialogs.agenda import Item, Progress, progress
from dialogs.case import Hand, Known
from dialogs.hands.held import (
    ACCEPTED,
    ACTIVE,
    DECLINED,
    OFFERED,
    holders,
    mine,
    my_questions,
    questions_in,
    questions_of,
    scope_title,
)
from dialogs.hands.opening import is_shut
from dialogs.hands.scopes import open_in
from dialogs.talk import Talk
from dialogs.wording import join, say, shortened

_MOST_NUMBERS = 12
_MOST_SCOPES = 5
_MOST_TITLES = 3
_WORDS = 30


def person_named(person: Known) -> str:
    """A name with the post that tells it apart."""
    if not person.post:
        return person.name
    return say("hand_person", name=person.name, post=person.post)


def scope_named(talk: Talk, scope: str) -> str:
    """What a scope is called, with the numbers of its open questions where it has several."""
    title = scope_title(talk.case.standard, scope)
    found = open_in(talk, questions_of(talk.case.standard, scope))
    if scope.startswith("question:") or not found:
        return title
    return say("hand_scope", title=title, what=numbered(talk, [q.id for q in found]))


def scopes_named(talk: Talk, scopes: Sequence[str]) -> str:
    """The same for several scopes; of many only the first, and how many questions it all is."""
    if len(scopes) <= _MOST_SCOPES:
        return join([scope_named(talk, scope) for scope in scopes])
    standard = talk.case.standard
    every = {q for scope in scopes for q in questions_of(standard, scope)}
    titles = join([scope_title(standard, scope) for scope in scopes[:_MOST_TITLES]])
    numbers = {"count": len(scopes), "questions": len(open_in(talk, list(every)))}
    return say("hand_scopes", titles=titles, **numbers)


def numbered(talk: Talk, questions: Collection[str]) -> str:
    """How many questions, with their numbers."""
    numbers = [str(talk.number(q)) for q in talk.case.standard.questions if q.id in questions]
    shown = join(numbers[:_MOST_NUMBERS])
    if len(numbers) > _MOST_NUMBERS:
        shown = say("hand_and_more", numbers=shown)
    return say("hand_questions", count=len(numbers), numbers=shown)


def in_brackets(words: str) -> str:
    """Somebody's words put behind a sentence; nothing where there are none."""
    return say("hand_words", words=shortened(words, _WORDS)) if words else ""


def progress_of(talk: Talk, hand: Hand) -> Progress:
    """How far a hand-over is, in questions."""
    standard = talk.case.standard
    return progress(standard, talk.answers, questions_in(standard, hand))


def state_of(talk: Talk, hand: Hand) -> str:
    """How a hand-over stands, in a word."""
    far = progress_of(talk, hand)
    if hand.state == OFFERED:
        return say("hand_state_offered")
    if not hand.done and is_shut(talk, hand):
        return say("hand_state_waits", gates=gates(talk, questions_in(talk.case.standard, hand)))
    return say("hand_state_done" if hand.done or far.done == far.total else "hand_state_accepted")


def hand_line(talk: Talk, hand: Hand) -> str:
    """Who is on what and how far."""
    title = scope_title(talk.case.standard, hand.scope)
    if hand.state == DECLINED:
        words = in_brackets(hand.reply)
        return say("hand_line_declined", name=hand.receiver.name, title=title, words=words)
    far, state = progress_of(talk, hand), state_of(talk, hand)
    numbers = {"done": far.done, "total": far.total}
    return say("hand_line", name=hand.receiver.name, title=title, state=state, **numbers)


def hand_lines(talk: Talk) -> list[str]:
    """The lines that 进度 has for hand-overs; none where nothing was handed over."""
    if not talk.case.hands or talk.limit is not None:
        return []
    return [say("hand_list"), *(hand_line(talk, hand) for hand in talk.case.hands)]


def waiting_lines(talk: Talk) -> list[str]:
    """Whose answers the form still waits for, a line a hand-over."""
    lines = []
    for hand in talk.case.hands:
        left = open_in(
            talk, [q for q in questions_in(talk.case.standard, hand) if q in talk.handed]
        )
        if hand.state not in ACTIVE or not left:
            continue
        title, state = scope_title(talk.case.standard, hand.scope), state_of(talk, hand)
        name = hand.receiver.name
        line = say("hand_waiting_line", name=name, title=title, left=len(left), state=state)
        lines.append(line)
    return lines


def owing_lines(talk: Talk) -> list[str]:
    """What of the missing answers colleagues owe, for 送审; nothing where it is nothing, or is
    said with the next question anyhow."""
    lines = [] if only_handed(talk) and not talk.state.editing else waiting_lines(talk)
    return [say("hand_owing"), *lines] if lines else []


def only_handed(talk: Talk) -> bool:
    """Whether all that is still open was handed to colleagues."""
    return bool(talk.items) and all(item.question.id in talk.handed for item in talk.items)


def waiting_lead(talk: Talk, item: Item, lead: str) -> str:
    """What is said before a question that a colleague has, once the contact has no other: for
    whose answers the form waits."""
    if talk.state.editing or item.question.id not in talk.handed or not only_handed(talk):
        return lead
    lines = [say("hand_waiting"), *waiting_lines(talk), say("hand_waiting_next")]
    return "\n\n".join(part for part in (lead, "\n".join(lines)) if part)


def shared(talk: Talk, place: str, question_id: str) -> str:
    """The place of a question, with those who also have it or were asked to."""
    having, asked = (holders(talk.case, question_id, state) for state in (ACCEPTED, OFFERED))
    if having:
        return say("place_shared", place=place, names=join(having))
    return say("place_asked", place=place, names=join(asked)) if asked else place


def giver_of(talk: Talk) -> str:
    """Whom a colleague helps."""
    names = [hand.giver.name for hand in mine(talk.case, *ACTIVE)]
    return join(list(dict.fromkeys(names))) or say("giver_default")


def all_helped(talk: Talk) -> str:
    """What a colleague is told when nothing of theirs is open."""
    questions = my_questions(talk.case)
    if not questions:
        return say("help_none")
    if open_in(talk, list(questions)):
        return say("help_waits", giver=giver_of(talk), gates=gates(talk, questions))
    return say("help_done", giver=giver_of(talk))


def gates(talk: Talk, questions: Collection[str]) -> str:
    """The questions of others that decide whether these are asked, and have no answer yet."""
    standard = talk.case.standard
    asking = [q.id for q in open_in(talk, list(questions))]
    when = [
        c for n, f in standard.facts.items() if standard.question_of[n].id in asking for c in f.when
    ]
    waits = {standard.question_of[c.fact].id for c in when if c.fact and c.fact not in talk.answers}
    return join(
        [say("question_number", number=talk.number(q)) for q in standard.questions if q.id in waits]
    )

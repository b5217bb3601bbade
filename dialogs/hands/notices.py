"""What people are told about hand-overs by messages of their own: the card, yes, no, done, back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dialogs.agenda import unanswered
from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import FormView, Hand
from dialogs.hands.held import QUESTION, card_of, questions_in, scope_title
from dialogs.hands.lines import in_brackets
from dialogs.talk import PLACE
from dialogs.wording import say, shortened
from scoring.questionnaire import Question
from scoring.standard import Standard
from scoring.values import Value

YES, NO = "yes", "no"
_MOST_SHOWN = 10
_MOST_CARDS = 3


def offered(
    form: FormView, standard: Standard, hand: Hand, answers: Mapping[str, Value] | None = None
) -> tuple[Bubble, ...]:
    """A colleague is asked: who asks, which questions, until when; with a card to accept."""
    questions = _open(standard, hand, answers or {})
    title = scope_title(standard, hand.scope)
    if not questions:
        return (Words(say("hand_offered_nothing", giver=hand.giver.name, title=title)),)
    told = _told(form, hand, title, len(questions))
    lines = [say("hand_offered_text", **told)]
    lines += [
        say("hand_offered_question", question=_named(standard, q)) for q in questions[:_MOST_SHOWN]
    ]
    if len(questions) > _MOST_SHOWN:
        lines.append(say("hand_offered_more", count=len(questions) - _MOST_SHOWN))
    lines += _how(hand)
    card = Buttons(
        card_of(hand.id),
        shortened(say("hand_offered_title", **told), TITLE_LIMIT),
        shortened(say("hand_offered_card_note", **told), NOTE_LIMIT),
        (Choice(YES, say("hand_offered_yes")), Choice(NO, say("hand_offered_no"))),
    )
    return (Words("\n".join(lines)), card)


def offered_all(
    form: FormView, standard: Standard, hands: Sequence[Hand], answers: Mapping[str, Value]
) -> tuple[Bubble, ...]:
    """The same for several at once; of many all that is asked stands in one message, without
    cards."""
    if not is_in_words(hands):
        shown = [offered(form, standard, hand, answers) for hand in hands]
        return tuple(bubble for each in shown for bubble in each)
    counts = {hand.scope: len(_open(standard, hand, answers)) for hand in hands}
    title = say("hand_offered_scopes", count=len(hands))
    lines = [say("hand_offered_text", **_told(form, hands[0], title, sum(counts.values())))]
    lines += [
        say("hand_offered_scope", title=scope_title(standard, scope), count=count)
        for scope, count in counts.items()
    ]
    return (Words("\n".join([*lines, *_how(hands[0])])),)


def is_in_words(hands: Collection[object]) -> bool:
    """Whether so much is offered at once that it comes without cards."""
    return len(hands) > _MOST_CARDS


def _told(form: FormView, hand: Hand, title: str, count: int) -> dict[str, object]:
    day = (form.due or form.deadline).astimezone(PLACE)
    return {
        "name": hand.receiver.name,
        "giver": hand.giver.name,
        "department": form.department,
        "year": form.year,
        "title": title,
        "count": count,
        "deadline": say("month_day", month=day.month, day=day.day),
    }


def _how(hand: Hand) -> list[str]:
    """What the giver says with it, and how to answer."""
    note = [say("hand_offered_note", giver=hand.giver.name, note=hand.note)] if hand.note else []
    return [*note, say("hand_offered_how")]


def _open(standard: Standard, hand: Hand, answers: Mapping[str, Value]) -> list[Question]:
    """The questions that the colleague is to answer, as far as is known."""
    wanted = questions_in(standard, hand)
    return [q for q in unanswered(standard, answers) if q.id in wanted]


def _named(standard: Standard, question: Question) -> str:
    return scope_title(standard, f"{QUESTION}:{question.id}")


def _title(standard: Standard, hand: Hand, question: str = "") -> str:
    return scope_title(standard, f"{QUESTION}:{question}" if question else hand.scope)


def accepted(form: FormView, standard: Standard, hand: Hand) -> tuple[Bubble, ...]:
    """The contact is told that a colleague will answer."""
    told = say("notice_accepted", name=hand.receiver.name, title=_title(standard, hand))
    return (Words(told),)


def declined(form: FormView, standard: Standard, hand: Hand) -> tuple[Bubble, ...]:
    """The contact is told that a colleague can't, and why."""
    title, words = _title(standard, hand), in_brackets(hand.reply)
    told = say("notice_declined", name=hand.receiver.name, title=title, words=words, said=title)
    return (Words(told),)


def opened(
    form: FormView, standard: Standard, hand: Hand, answers: Mapping[str, Value]
) -> tuple[Bubble, ...]:
    """A colleague who waited is told that their questions can be answered now, or that none is
    left for them."""
    told = {"giver": hand.giver.name, "title": _title(standard, hand)}
    count = len(_open(standard, hand, answers))
    code = "notice_opened" if count else "hand_offered_nothing"
    return (Words(say(code, count=count, **told)),)


def done(form: FormView, standard: Standard, hand: Hand) -> tuple[Bubble, ...]:
    """The contact is told that a colleague has answered everything."""
    told = say("notice_done", name=hand.receiver.name, title=_title(standard, hand))
    return (Words(told),)


def taken_back(
    form: FormView, standard: Standard, hand: Hand, words: str = "", question: str = ""
) -> tuple[Bubble, ...]:
    """A colleague is told that they need not answer (one question of) it any more."""
    title = _title(standard, hand, question)
    told = say("notice_taken_back", giver=hand.giver.name, title=title, words=in_brackets(words))
    return (Words(told),)


def given_back(
    form: FormView, standard: Standard, hand: Hand, words: str = "", question: str = ""
) -> tuple[Bubble, ...]:
    """The contact is told that a colleague gave (one question of) it back."""
    title, why = _title(standard, hand, question), in_brackets(words)
    code = "notice_given_back_done" if hand.done else "notice_given_back"
    return (Words(say(code, name=hand.receiver.name, title=title, words=why)),)


def unreachable(form: FormView, standard: Standard, hand: Hand) -> tuple[Bubble, ...]:
    """The contact is told that no message reaches the colleague."""
    title = _title(standard, hand)
    return (Words(say("notice_unreachable", name=hand.receiver.name, title=title)),)


def passed_on(form: FormView, standard: Standard, hand: Hand, old: str) -> tuple[Bubble, ...]:
    """A colleague is told that somebody else fills in the form now."""
    title = _title(standard, hand)
    return (Words(say("notice_passed_on", giver=hand.giver.name, title=title, old=old)),)

"""What becomes of an answer to a group of brought values: all taken, or looked at one by one."""

from __future__ import annotations

from dialogs.agenda import Item
from dialogs.dependants import kept
from dialogs.echo import effects, finding_line, new_findings
from dialogs.offers import whole_offer
from dialogs.replies import ask_next, moved_on, repeat, start_editing
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.together import KEY, key_of, together, worded
from dialogs.understand.bringing import says_partly_wrong, says_rest_right
from dialogs.understand.command import Command
from dialogs.understand.mention import numbers_in, question_number
from dialogs.understand.plain_text import before_bracket
from dialogs.wording import say
from scoring.values import Value

YES = ("agree", "adopt")


def answer_together(talk: Talk, text: str, command: Command | None) -> Step:
    """都对 takes all that was shown, 逐项看 asks one by one, a number asks that question alone."""
    items = together(talk)
    name = command.name if command else ""
    if not items or key_of(talk, items) != talk.state.asked:
        return ask_next(talk.with_state(talk.state.but(asked="")), say("together_changed"))
    if name in YES:
        return _take_all(talk, items, text)
    if name == "singly":
        return _singly(talk, items)
    number = question_number(text)
    wanted = next((i for i in items if talk.number(i.question) == number), None)
    if wanted is not None:
        return start_editing(talk, wanted.question.id)
    wrong = _wrong_of(talk, items, text)
    if wrong:
        return _take_but(talk, items, wrong, text)
    return repeat(talk, say("together_hint", example=talk.number(items[0].question)))


def _wrong_of(talk: Talk, items: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """Those of the shown questions that the words say are wrong, by number or by name."""
    if not says_partly_wrong(text):
        return ()
    numbers, facts = numbers_in(text), talk.case.standard.facts
    return tuple(
        item
        for item in items
        if talk.number(item.question) in numbers
        or any(before_bracket(facts[name].label) in text for name in item.facts)
    )


def _take_but(talk: Talk, items: tuple[Item, ...], wrong: tuple[Item, ...], text: str) -> Step:
    """Asks what is wrong by itself; the others are taken where the same words say they are right."""
    right = tuple(item for item in items if item not in wrong)
    if not right or not says_rest_right(text):
        return start_editing(talk, wrong[0].question.id)
    apart = (*talk.state.apart, *(item.question.id for item in wrong))
    state = talk.state.but(apart=tuple(dict.fromkeys(apart)))
    return _take_all(talk.with_state(state), right, text)


def click_together(talk: Talk, key: str, options: tuple[str, ...]) -> Step:
    """The same by card; a card that shows other values than wait now changes nothing."""
    items = together(talk)
    if not items or key_of(talk, items) != key:
        asked = "" if talk.state.asked.startswith(KEY) else talk.state.asked
        return ask_next(talk.with_state(talk.state.but(asked=asked)), say("card_gone"))
    if options == ("take",):
        return _take_all(talk, items, say("take_all"))
    return _singly(talk, items)


def _singly(talk: Talk, items: tuple[Item, ...]) -> Step:
    apart = (*talk.state.apart, *(item.question.id for item in items))
    state = talk.state.but(asked="", apart=tuple(dict.fromkeys(apart)))
    return ask_next(talk.with_state(state))


def _take_all(talk: Talk, items: tuple[Item, ...], raw: str) -> Step:
    values: dict[str, Value] = {}
    state: State = talk.state.but(asked="")
    for item in items:
        values |= whole_offer(item, talk.case, talk.today)
        state = moved_on(state, item)
    done = kept(talk, state, values, raw, values)
    after = done.after
    lines = [
        say(worded(talk, items, "together_taken"), count=len(items)),
        *effects(talk, after),
        *done.lines,
    ]
    lines += [finding_line(finding) for finding in new_findings(talk, after)]
    return ask_next(after, "\n".join(lines), (done.effect,))

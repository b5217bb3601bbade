"""What a running start saves: the reference case by hand, and with last year's report and the
accounts brought in. Turns, bubbles and typed characters are counted for the contact.

What is long and new in the year (tasks, goals, funds, the year's work) is pasted on the page of
long texts, as people do who have it in a file; the chat then asks what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dialogs.bubbles import Words
from dialogs.case import Offer
from dialogs.effects import TakeOver
from dialogs.events import Event, Said
from dialogs.offers import offers
from dialogs.rehearsal import answer
from dialogs.understand.command import SPELLINGS
from reports.reading.accounts import read_accounts
from reports.reading.report import as_last_year, read_report
from scoring.engine import score
from scoring.filing import read_answers_file
from scoring.progress import gaps
from scoring.standard import Standard
from scoring.values import Rows, Text, Value

EXAMPLES = Path(__file__).parents[2] / "examples"
PASTED = ("yearly_work", "key_tasks", "goals", "special_funds", "problems", "improvements")
MOST_BUBBLES, MOST_CHARACTERS = 60, 500
ONE_MESSAGE = 1900  # bytes
Conversation = Any  # of conftest.py, which can't be imported


@dataclass(frozen=True)
class Cost:
    turns: int
    bubbles: int
    characters: int


def cost_of(talk: Conversation) -> Cost:
    bubbles = sum(len(step.bubbles) for step in talk.steps)
    return Cost(len(talk.steps), bubbles, sum(map(len, talk.typed)))


@pytest.fixture(scope="module")
def facts(standard: Standard) -> Mapping[str, Value]:
    """The reference case of a contact who lets the drafted words about lost points stand."""
    found = dict(read_answers_file(standard, EXAMPLES / "reference-case.yaml"))
    for indicator in standard.indicators:
        if indicator.draft:
            code = indicator.code.lower().replace("-", "_")
            found[f"lost_{code}_cause"] = Text(indicator.draft.cause)
            found[f"lost_{code}_improvement"] = Text(indicator.draft.improvement)
    return found


@pytest.fixture(scope="module")
def brought(standard: Standard) -> dict[str, Offer]:
    """What last year's report and the tables of the accounts offer."""
    report = as_last_year(
        read_report(standard, (EXAMPLES / "last-year-report.docx").read_bytes()), standard
    )
    accounts = read_accounts(standard, (EXAMPLES / "final-accounts.xlsx").read_bytes())
    found: dict[str, Offer] = {}
    for source, document in (("report", report), ("accounts", accounts)):
        for claim in document.claims:
            found[claim.fact] = Offer(claim.value, source, claim.place, claim.certain)
    return found


def played(talk: Conversation, facts: Mapping[str, Value]) -> Iterator[Event]:
    for _ in range(200):
        if talk.item is None:
            return
        yield answer(talk.talk, facts)
    raise AssertionError(f"still asking {talk.item}")


def fill_in(talk: Conversation, facts: Mapping[str, Value]) -> None:
    talk.open()
    for event in played(talk, facts):
        talk.typed += [event.text] if isinstance(event, Said) else []
        talk.take(event)
    talk.say(SPELLINGS["submit"][0])


def paste(talk: Conversation, facts: Mapping[str, Value]) -> None:
    """The page of long texts: whole tables, with what may be left out left blank."""
    for name in PASTED:
        value = facts[name]
        if isinstance(value, Rows):
            columns = talk.standard.facts[name].columns
            blanks = {c: Text("") for c, spec in columns.items() if spec.optional}
            value = Rows(tuple({**blanks, **row} for row in value.value))
        talk.answers[name] = value
        talk.offers.pop(name, None)


def check_whole(talk: Conversation) -> None:
    sheet = score(talk.standard, talk.answers)
    assert (sheet.total.low, sheet.settled) == (Decimal("95.45"), True)
    assert gaps(talk.standard, talk.answers) == ()
    assert talk.effects == ["SendIn"], talk.reply


@pytest.mark.parametrize("text_only", [False, True], ids=["cards", "text"])
def test_confirmed_in_the_chat(
    converse: Any,
    standard: Standard,
    facts: Mapping[str, Value],
    brought: dict[str, Offer],
    text_only: bool,
) -> None:
    talk = converse(offers=dict(brought), doubting=False)
    talk.person = replace(talk.person, text_only=text_only)
    paste(talk, facts)
    fill_in(talk, facts)
    check_whole(talk)
    cost = cost_of(talk)
    print(cost)
    assert cost.bubbles <= MOST_BUBBLES
    assert cost.characters <= MOST_CHARACTERS
    words = [b.text for step in talk.steps for b in step.bubbles if isinstance(b, Words)]
    assert max(len(text.encode()) for text in words) <= ONE_MESSAGE


def test_taken_over_on_the_page(
    converse: Any, standard: Standard, facts: Mapping[str, Value], brought: dict[str, Offer]
) -> None:
    """All that was read for sure is ticked there and taken over with one button."""
    talk = converse(doubting=False)
    for name, offer in brought.items():
        if offer.certain:
            talk.answers[name] = offer.value
    paste(talk, facts)
    fill_in(talk, facts)
    check_whole(talk)
    cost = cost_of(talk)
    print(cost)
    assert cost.bubbles + 1 <= MOST_BUBBLES  # and what is said after 采用所选
    assert cost.characters <= MOST_CHARACTERS


def test_by_hand_it_takes_more_than_twice_as_much(
    converse: Any, standard: Standard, facts: Mapping[str, Value]
) -> None:
    talk = converse(doubting=False)
    fill_in(talk, facts)
    check_whole(talk)
    cost = cost_of(talk)
    print(cost)
    assert cost.bubbles > 90
    assert cost.characters > 4 * MOST_CHARACTERS


def test_what_was_taken_names_its_place(
    converse: Any, standard: Standard, facts: Mapping[str, Value], brought: dict[str, Offer]
) -> None:
    talk = converse(offers=dict(brought), doubting=False)
    paste(talk, facts)
    fill_in(talk, facts)
    taken: dict[str, str] = {}
    for step in talk.steps:
        for effect in step.effects:
            if isinstance(effect, TakeOver):
                taken |= effect.taken
                assert set(effect.taken) <= set(effect.values)
    assert "C11" in taken["income_total"]
    assert taken["duties"].startswith("报告")
    assert "yearly_work" not in taken


def test_nothing_is_an_answer_before_it_is_confirmed(
    converse: Any, brought: dict[str, Offer]
) -> None:
    talk = converse(offers=dict(brought))
    talk.open()
    assert talk.answers == {}
    item = talk.item
    assert offers(item, talk.case, talk.talk.today)

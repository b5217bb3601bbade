"""What is said where a report still waits for its sealed paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs import desk, notices, paper
from dialogs.bubbles import Bubble, Words
from dialogs.case import Desk, FormView, Person, Role, Waiting
from dialogs.commands.sealing import waiting_for_photos
from dialogs.effects import Accept, KeepPhoto
from dialogs.events import Photo, Said
from dialogs.states import State
from dialogs.wording import phrases
from reports.codes import read_code
from scoring.standard import Standard

NOW = datetime(2022, 5, 27, 2, 0, tzinfo=UTC)
FORM = FormView(
    id=7,
    state="delivered",
    department="梅州市梅江区科工商务局",
    year=2021,
    deadline=datetime(2022, 6, 15, 10, 0, tzinfo=UTC),
    version=2,
    needs_seal=True,
)


def text(bubbles: tuple[Bubble, ...]) -> str:
    return "\n".join(bubble.text for bubble in bubbles if isinstance(bubble, Words))


@pytest.fixture
def waiting(standard: Standard, converse: Callable[..., Any]) -> Waiting:
    talk = converse(example="reference-case.yaml")
    return Waiting(form=FORM, standard=standard, answers=talk.answers)


@pytest.mark.parametrize(
    ("state", "owed", "said"),
    [
        ("delivered", True, "已报送，待盖章"),
        ("accepted", True, "已接收，待盖章"),
        ("delivered", False, "已报送"),
        ("drafting", False, "填报中"),
    ],
)
def test_the_coordinator_sees_who_still_owes_paper(
    waiting: Waiting, glance: Callable[..., Any], state: str, owed: bool, said: str
) -> None:
    form = replace(FORM, state=state, needs_seal=owed)
    person = Person("zhouning", "周宁", frozenset({Role.COORDINATOR}))
    here = replace(waiting, form=form)
    view = Desk(person, Role.COORDINATOR, (here,), overview=glance(here, now=NOW))
    step = desk.step(State(), Said("进度"), view, NOW)
    assert f"{said}1个" in text(step.bubbles)
    step = desk.step(State(), Said("进度 科工商务局"), view, NOW)
    assert f"{FORM.department}：{said}，" in text(step.bubbles)


def test_finance_is_told_that_paper_follows(waiting: Waiting) -> None:
    assert "H4T2-8K" in text(notices.delivered_to_finance(waiting, "H4T2-8K"))
    sealed = replace(waiting, form=replace(FORM, needs_seal=False))
    assert "H4T2-8K" not in text(notices.delivered_to_finance(sealed, "H4T2-8K"))


def test_finance_may_accept_before_the_paper_is_there(waiting: Waiting) -> None:
    person = Person("wuheng", "吴衡", frozenset({Role.FINANCE}))
    step = desk.step(State(), Said("接收"), Desk(person, Role.FINANCE, (waiting,)), NOW)
    assert step.effects == (Accept(7),)
    assert "盖章件还没有收到" in text(step.bubbles)


def test_the_contact_is_told_what_to_print_and_where_to_send_it() -> None:
    said = text(paper.delivered_unsealed(FORM, "H4T2-8K", "https://x.example/pages/seal/7"))
    for words in ("第2版", "H4T2-8K", "待盖章", "https://x.example/pages/seal/7"):
        assert words in said
    assert "http" not in text(paper.delivered_unsealed(FORM, "H4T2-8K", ""))


def test_where_paper_decides_the_contact_hears_the_date() -> None:
    assert "6月15日" not in text(paper.delivered_unsealed(FORM, "H4T2-8K", ""))
    decides = replace(FORM, seal_decides=True)
    assert "6月15日" in text(paper.delivered_unsealed(decides, "H4T2-8K", ""))


@pytest.mark.parametrize(
    ("state", "owed", "decides", "late"),
    [
        ("drafting", False, False, True),
        ("in_review", False, True, False),
        ("delivered", True, False, False),
        ("delivered", True, True, True),
        ("delivered", False, True, False),
    ],
)
def test_what_meets_the_deadline(state: str, owed: bool, decides: bool, late: bool) -> None:
    form = replace(FORM, state=state, needs_seal=owed, seal_decides=decides)
    assert form.is_owed is late


def test_photos_after_a_code_are_pages_of_that_paper(converse: Callable[..., Any]) -> None:
    talk = converse(example="reference-case.yaml", form=FORM)
    talk.stored = waiting_for_photos(State(), "h4t2 8k").dump()
    talk.take(Photo("m1"))
    assert talk.steps[-1].effects == (KeepPhoto("m1", "seal", "h4t2 8k"),)


@pytest.mark.parametrize(("state", "purpose"), [("in_review", "signature"), ("delivered", "seal")])
def test_a_photo_after_the_signed_page_has_settled_it_is_the_sealed_paper(
    converse: Callable[..., Any], state: str, purpose: str
) -> None:
    talk = converse(example="reference-case.yaml", form=replace(FORM, state=state))
    waits = {"kind": "photo", "purpose": "signature", "target": "W62J-NQ:方泽"}
    talk.stored = State().but(pending=waits).dump()
    talk.take(Photo("m1"))
    (effect,) = talk.steps[-1].effects
    assert effect.purpose == purpose


def test_the_example_in_the_hint_is_no_code_of_any_paper() -> None:
    """Who copies it instead of reading the paper is asked again."""
    assert read_code(phrases()["seal_example"]) is None

"""Somebody who only helps with a form: no stranger, their own interview, and nothing beyond it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.acts.answer_hand import answer_hand
from bot.acts.end_hand import end_hand
from bot.acts.hand_over import hand_over
from bot.hats import Hat, hat_for, hats_of
from bot.services import Services
from bot.web.home import forms_of
from bot.web.pages import Visit
from dialogs.bubbles import Words
from dialogs.case import Case, Role
from dialogs.effects import RecordAnswer, SendIn
from dialogs.events import Chosen, Event, Said
from dialogs.hands.held import card_of
from dialogs.states import State
from dialogs.step import Step
from scoring.values import Text
from storage import answers, cards, forms, people
from storage.interviews import Standing

SCOPE = "section:work"
HELPS, FILLS = Hat(Role.COLLEAGUE, 1, 11), Hat(Role.CONTACT, 2, 12)


def standing(form_id: int) -> Standing:
    day = datetime.fromisoformat("2022-06-15T00:00:00+08:00")
    return Standing(form_id, "drafting", 0, form_id + 10, "x", 1, 2021, day, "h", "")


def test_the_hats_of_who_helps() -> None:
    helper = frozenset({Role.COLLEAGUE})
    assert hats_of(helper, [], [standing(1)]) == (HELPS,)
    assert hats_of(helper, []) == (Hat(Role.COLLEAGUE),)
    both = frozenset({Role.CONTACT, Role.COLLEAGUE})
    assert hats_of(both, [standing(2)], [standing(1)]) == (HELPS, FILLS)
    assert hats_of(both, []) == (Hat(Role.CONTACT),)


def test_a_card_says_which_form_it_is_about() -> None:
    hats = (HELPS, FILLS)
    accept = Chosen(card_of(3), ("yes",))
    assert hat_for(hats, accept, 1, {"wears": FILLS.key}) == HELPS
    assert hat_for(hats, Chosen("ask:q", ("yes",)), 2, {"wears": HELPS.key}) == FILLS
    assert hat_for((FILLS,), accept, 1, None) is None
    assert hat_for(hats, Said("1"), None, {"wears": HELPS.key}) == HELPS


@pytest.fixture
def cases(services: Services) -> tuple[Services, list[Case]]:
    """The services, with an interview that keeps what it was shown and does as it is told."""
    seen: list[Case] = []

    def machine(state: State, event: Event, case: Case, now: datetime) -> Step:
        # What is looked up when needed can only be looked up within the turn.
        seen.append(replace(case, reviewers=tuple(case.reviewers)))
        said = event.text if isinstance(event, Said) else str(event)
        effects: dict[str, Any] = {
            "写": (RecordAnswer({"yearly_work": Text("平稳")}, "平稳"),),
            "写别的": (RecordAnswer({"duties": Text("管商务")}, "管商务"),),
            "送审": (SendIn(),),
        }
        return Step(state, effects.get(said, ()), (Words(f"说了{said}"),))

    return replace(services, machine=machine), seen


def hand(services: Services, form_id: int, to: str = "wenqing", accepted: bool = True) -> int:
    now = services.clock()
    with services.database.begin() as tx:
        (made,) = hand_over(services, tx, "chenyu", form_id, [SCOPE], to, "", "", now)
        if accepted:
            answer_hand(services, tx, to, form_id, made, True, "", now)
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent'")
    return made


def test_a_colleague_is_talked_to_and_does_only_what_was_handed_over(
    cases: Any, make_line: Any, reply: Any, form_id: int
) -> None:
    services, seen = cases
    line = make_line(services)
    assert "还不在本次绩效自评的名单里" in reply(line.say("wenqing", "你好"))
    assert seen == []
    made = hand(services, form_id)
    assert reply(line.say("wenqing", "写")) == "说了写"
    assert "不在转给您的题里" in reply(line.say("wenqing", "写别的"))
    assert "不在转给您的题里" in reply(line.say("wenqing", "送审"))
    with services.database.begin() as tx:
        assert set(answers.present(tx, form_id)) == {"yearly_work"}
        form = forms.get(tx, form_id)
        assert form is not None
        assert form.state == "drafting"
        end_hand(services, tx, "chenyu", form_id, made, "", "", services.clock())
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent'")
    assert "现在没有要填的题" in reply(line.say("wenqing", "写别的"))


def test_what_a_colleague_is_shown(cases: Any, make_line: Any, form_id: int) -> None:
    services, seen = cases
    line = make_line(services)
    hand(services, form_id)
    line.say("wenqing", "你好")
    line.say("chenyu", "你好")
    theirs, own = seen
    assert theirs.person.roles == {Role.COLLEAGUE}
    assert (theirs.links, theirs.offers, theirs.chain, theirs.reviewers) == ({}, {}, (), ())
    assert (theirs.people, own.people) == ((), ())
    assert [(h.receiver.name, h.giver.name, h.state) for h in theirs.hands] == [
        ("温晴", "陈宇", "accepted")
    ]
    assert own.person.roles == {Role.CONTACT}
    assert own.hands == theirs.hands
    assert own.reviewers


def test_a_contact_who_helps_elsewhere_wears_one_hat_at_a_time(
    cases: Any, make_line: Any, reply: Any, form_id: int
) -> None:
    services, seen = cases
    line = make_line(services)
    made = hand(services, form_id, "hesui", accepted=False)
    with services.database.begin() as tx:
        card = next(c for c in cards.open_of(tx, "hesui") if c.question == card_of(made))
    assert reply(line.click("hesui", card.task_id, "yes")) != ""
    (clicked,) = seen
    assert (clicked.form.id, clicked.person.roles) == (form_id, {Role.COLLEAGUE})
    with services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent'")
    assert reply(line.say("hesui", "写")).startswith("〔协办·科工商务局〕")
    line.say("hesui", "换身份")
    with services.database.begin() as tx:
        (asked,) = [c for c in cards.open_of(tx, "hesui") if c.question == "hat"]
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent'")
    line.click("hesui", asked.task_id, "contact:2")
    assert seen[-1].form.id != form_id
    assert seen[-1].person.roles == {Role.CONTACT}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_card_that_is_over_decides_nothing(
    cases: Any, make_line: Any, reply: Any, form_id: int, elsewhere: bool
) -> None:
    services, seen = cases
    line = make_line(services)
    to = "hesui" if elsewhere else "wenqing"
    made = hand(services, form_id, to, accepted=False)
    with services.database.begin() as tx:
        card = next(c for c in cards.open_of(tx, to) if c.question == card_of(made))
        end_hand(services, tx, "chenyu", form_id, made, "", "", services.clock())
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent'")
    assert reply(line.click(to, card.task_id, "yes")) == "已失效"
    query = "SELECT payload FROM outbox WHERE userid = ? AND state = 'pending'"
    with services.database.begin() as tx:
        (said,) = [json.loads(row[0]) for row in tx.exec_driver_sql(query, (to,))]
    told = said["text"]["content"]
    assert ("这张卡片已经失效" if elsewhere else "现在没有要填的题") in told
    assert seen == []


def test_the_first_page_shows_no_form_to_who_only_helps(services: Services, form_id: int) -> None:
    hand(services, form_id)
    with services.database.read() as tx:
        visit = Visit("wenqing", "温晴", tuple(people.roles(tx, "wenqing")), services.clock())
        assert forms_of(tx, visit) == []


def test_forms_without_colleagues_cost_no_statement(
    cases: Any, make_line: Callable[[Services], Any], form_id: int
) -> None:
    services, _ = cases
    line = make_line(services)
    line.say("chenyu", "一")
    run: list[str] = []

    def note(*given: Any) -> None:
        run.append(given[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        line.say("chenyu", "二")
        ordinary = len(run)
        hand(services, form_id)
        run.clear()
        line.say("chenyu", "三")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(run) == ordinary + 1
    assert sum("AS receiver" in statement for statement in run) == 1

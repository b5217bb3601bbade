"""放行: a list of contradictions, one with a reason, confirmed; a card asks for the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs import desk, notices, waiving
from dialogs.bubbles import Bubble, Buttons, Words
from dialogs.case import Desk, FormView, Person, Role, Waiting, Waived
from dialogs.effects import Approve, RefuseWaiver, Waive
from dialogs.events import Chosen, Event, Said
from dialogs.states import load_state
from scoring.standard import Standard
from scoring.values import Money
from scoring.waiving import figures_of

NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
NAMES = {1: "梅州市梅江区科工商务局", 2: "梅州市梅江区民政局"}
REASON = "决算口径不同"


@dataclass
class Sitting:
    """Somebody at a desk, with what was shown last."""

    view: Desk
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)
    bubbles: tuple[Bubble, ...] = ()

    def say(self, text: str) -> str:
        return self.take(Said(text))

    def press(self, button: str) -> str:
        card = next(b for b in self.bubbles if isinstance(b, Buttons))
        return self.take(Chosen(card.key, (button,)))

    def take(self, event: Event) -> str:
        step = desk.step(load_state(self.stored), event, self.view, NOW)
        self.stored = step.state.dump()
        self.effects, self.bubbles = list(step.effects), step.bubbles
        return "\n".join(
            b.text if isinstance(b, Words) else f"{b.title}\n{b.note}" for b in step.bubbles
        )


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(standard: Standard, converse: Callable[..., Any]) -> Sit:
    """People at a desk; the first form has two contradictions, the second none."""
    wrong = {"income_total": "3000万元", "carryover_closing": "9000万元"}
    answers = {
        1: converse(wrong, example="reference-case.yaml").answers,
        2: converse(example="reference-case.yaml").answers,
    }

    def make(role: Role, *ids: int) -> Sitting:
        forms = tuple(
            Waiting(FormView(n, "drafting", NAMES[n], 2021, NOW), standard, answers[n], "陈宇")
            for n in ids
        )
        return Sitting(Desk(Person("p", "林帆", frozenset({role})), role, forms))

    return make


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR])
def test_the_contradictions_are_listed_and_one_is_let_pass_with_a_reason(
    sit: Sit, role: Role
) -> None:
    one = sit(role, 1, 2)
    found = waiving.open_blockers(one.view.forms[0])
    assert len(found) == 2
    listed = one.say("放行 科工商务局")
    assert "1. " in listed
    assert "2. " in listed
    assert "相差" in listed
    shown = one.say(f"放行 科工商务局 2 {REASON}")
    assert one.effects == []
    assert REASON in shown
    one.press("waive_yes")
    assert one.effects == [Waive(1, found[1].key, figures_of(found[1]), REASON)]


def test_the_only_blocked_form_need_not_be_named(sit: Sit) -> None:
    one = sit(Role.COORDINATOR, 1, 2)
    assert "2. " in one.say("放行")
    assert "请发一句放行的原因" in one.say("放行 1")
    one.say(REASON)
    (effect,) = one.effects
    assert effect.reason == REASON


def test_a_reason_may_be_confirmed_or_dropped_in_words(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.say(f"放行 1 {REASON}")
    assert "没有放行" in one.say("取消")
    assert one.effects == []
    one.say(f"放行 1 {REASON}")
    one.say("是")
    assert [type(effect) for effect in one.effects] == [Waive]


def test_nothing_contradictory_means_nothing_to_let_pass(sit: Sit) -> None:
    assert "不用放行" in sit(Role.COORDINATOR, 2).say("放行 民政局")
    assert "没有单位" in sit(Role.COORDINATOR).say("放行")


def test_finance_lets_nothing_pass(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1)
    one.say(f"放行 1 {REASON}")
    assert one.effects == []


def test_the_card_that_asks_names_both_figures_and_wants_a_reason(sit: Sit) -> None:
    one = sit(Role.COORDINATOR, 1)
    finding = waiving.open_blockers(one.view.forms[0])[0]
    one.bubbles = waiving.waiver_request(one.view.forms[0], finding, Role.COORDINATOR, "陈宇")
    told = "\n".join(b.text if isinstance(b, Words) else b.note for b in one.bubbles)
    assert "陈宇" in told
    assert "3000万元" in told
    card = one.bubbles
    assert "请发一句放行的原因" in one.press("waive_yes")
    one.say(REASON)
    assert one.effects == [Waive(1, finding.key, figures_of(finding), REASON)]
    one.bubbles = card
    one.press("waive_no")
    assert one.effects == [RefuseWaiver(1, finding.key)]


def test_a_card_about_figures_that_changed_lets_nothing_pass(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    form = one.view.forms[0]
    finding = waiving.open_blockers(form)[0]
    one.bubbles = waiving.waiver_request(form, finding, Role.REVIEWER, "陈宇")
    total = form.answers["income_total"]
    assert isinstance(total, Money)
    other = {**form.answers, "income_total": replace(total, yuan=total.yuan + 1000000)}
    one.view = replace(one.view, forms=(replace(form, answers=other),))
    assert "已经改过" in one.press("waive_yes")
    assert one.effects == []


def test_a_waiver_lapses_when_its_figures_change(sit: Sit, converse: Callable[..., Any]) -> None:
    form = sit(Role.REVIEWER, 1).view.forms[0]
    first, second = waiving.open_blockers(form)
    waived = {first.key: Waived(REASON, "林帆", figures_of(first))}
    form = replace(form, waived=waived)
    assert waiving.open_blockers(form) == (second,)
    assert any(REASON in line for line in waiving.waived_lines(form))
    wrong = {"income_total": "3100万元", "carryover_closing": "9000万元"}
    changed = replace(form, answers=converse(wrong, example="reference-case.yaml").answers)
    assert len(waiving.open_blockers(changed)) == 2
    assert not any(REASON in line for line in waiving.waived_lines(changed))


def test_finance_is_told_the_reason_and_by_whom(sit: Sit) -> None:
    form = sit(Role.REVIEWER, 1).view.forms[0]
    first = waiving.open_blockers(form)[0]
    form = replace(form, waived={first.key: Waived(REASON, "林帆", figures_of(first))})
    words = [b.text for b in notices.delivered_to_finance(form) if isinstance(b, Words)]
    assert f"（林帆放行：{REASON}）" in words[0]


def test_other_decisions_go_on_while_a_reason_is_waited_for(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.view = replace(
        one.view,
        forms=(
            *one.view.forms,
            replace(one.view.forms[0], form=FormView(2, "in_review", NAMES[2], 2021, NOW)),
        ),
    )
    one.say("放行 科工商务局 1")
    one.say("通过")
    assert one.effects == [Approve(2)]

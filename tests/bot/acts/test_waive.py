"""放行: who may, for which figures, who is told, when it lapses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.acts.base import ActRefused, standing_of
from bot.acts.send_in import send_in
from bot.acts.waive import ask_waiver, refuse_waiver, waive
from bot.lifecycle import By
from bot.services import Services
from bot.views import waiting_of
from dialogs.waiving import open_blockers
from scoring.checks import Finding
from scoring.waiving import figures_of
from storage import answers, forms, people

REASON = "决算口径不同"


def told(services: Services, userid: str) -> list[str]:
    with services.database.read() as tx:
        rows = tx.exec_driver_sql(
            "SELECT payload FROM outbox WHERE userid = ? ORDER BY id", (userid,)
        )
        return [json.dumps(json.loads(row[0]), ensure_ascii=False) for row in rows]


def refusal(services: Services, act: Callable[[Any], object]) -> ActRefused:
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        act(tx)
    assert caught.value.words
    return caught.value


def change_total(services: Services, form_id: int, total: str, clock: Any) -> None:
    with services.database.begin() as tx:
        answers.record(tx, form_id, {"income_general": total}, "x", "chenyu", clock())


@pytest.fixture
def blocked(services: Services, filled: int, clock: Any) -> int:
    change_total(services, filled, "3000万元", clock)
    return filled


def blocker(services: Services, form_id: int) -> Finding:
    with services.database.read() as tx:
        waiting = waiting_of(services, tx, standing_of(tx, form_id))
    (finding,) = open_blockers(waiting)
    return finding


def let_pass(
    services: Services, form_id: int, clock: Any, who: str, by: By, **other: str
) -> Finding:
    finding = blocker(services, form_id)
    key, figures = other.get("key", finding.key), other.get("figures", figures_of(finding))
    reason = other.get("reason", REASON)
    with services.database.begin() as tx:
        waive(services, tx, who, by, form_id, key, figures, reason, clock())
    return finding


@pytest.mark.parametrize(("who", "by"), [("linfan", By.REVIEWER), ("zhouning", By.COORDINATOR)])
def test_a_form_goes_in_once_its_contradiction_was_let_pass(
    services: Services, blocked: int, clock: Any, who: str, by: By
) -> None:
    found = refusal(services, lambda tx: send_in(services, tx, "chenyu", blocked, clock()))
    assert found.code == "blockers"
    assert "相差" in found.words
    finding = let_pass(services, blocked, clock, who, by)
    assert REASON in told(services, "chenyu")[-1]
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", blocked, clock())
        event = next(e for e in forms.events(tx, blocked) if e.act == "waive")
    assert (event.actor, event.words, event.data["finding"]) == (who, REASON, finding.key)
    assert any(REASON in text for text in told(services, "linfan"))


def test_it_lapses_when_the_figures_change_and_holds_again_when_they_are_back(
    services: Services, blocked: int, clock: Any
) -> None:
    let_pass(services, blocked, clock, "linfan", By.REVIEWER)
    change_total(services, blocked, "3100万元", clock)
    found = refusal(services, lambda tx: send_in(services, tx, "chenyu", blocked, clock()))
    assert found.code == "blockers"
    let_pass(services, blocked, clock, "zhouning", By.COORDINATOR, reason="另一个原因")
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", blocked, clock())


@pytest.mark.parametrize(
    ("who", "by", "other", "code"),
    [
        ("chenyu", By.CONTACT, {}, "not_yours"),
        ("chenyu", By.REVIEWER, {}, "not_yours"),
        ("wuheng", By.FINANCE, {}, "not_yours"),
        ("linfan", By.REVIEWER, {"reason": " "}, "no_reason"),
        ("linfan", By.REVIEWER, {"figures": "x=1"}, "other_figures"),
        ("linfan", By.REVIEWER, {"key": "nothing"}, "other_figures"),
    ],
)
def test_what_is_refused(
    services: Services, blocked: int, clock: Any, who: str, by: By, other: dict[str, str], code: str
) -> None:
    with pytest.raises(ActRefused) as caught:
        let_pass(services, blocked, clock, who, by, **other)
    assert caught.value.code == code
    assert caught.value.words
    assert blocker(services, blocked)


def test_nothing_is_let_pass_once_finance_has_the_form(
    services: Services, blocked: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        forms.set_state(tx, blocked, "drafting", "delivered", clock())
    with pytest.raises(ActRefused) as caught:
        let_pass(services, blocked, clock, "linfan", By.REVIEWER)
    assert caught.value.code == "not_waivable"


def test_asking_brings_a_card_with_both_figures_to_each_who_may(
    services: Services, blocked: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        ask_waiver(services, tx, "chenyu", blocked, clock())
    for userid in ("linfan", "zhouning"):
        whole = "".join(told(services, userid))
        assert "3000万元" in whole
        assert "button_interaction" in whole


def test_asking_where_nobody_may_is_refused(services: Services, blocked: int, clock: Any) -> None:
    with services.database.begin() as tx:
        for userid in ("linfan", "luping", "zhouning", "gaolan"):
            for role in people.roles(tx, userid):
                people.revoke(tx, userid, role.role, role.department_id)
    found = refusal(services, lambda tx: ask_waiver(services, tx, "chenyu", blocked, clock()))
    assert found.code == "nobody_waives"


def test_a_refusal_is_told_to_the_contact(services: Services, blocked: int, clock: Any) -> None:
    finding = blocker(services, blocked)
    with services.database.begin() as tx:
        refuse_waiver(services, tx, "linfan", By.REVIEWER, blocked, finding.key, clock())
    assert "没有放行" in told(services, "chenyu")[-1]
    assert blocker(services, blocked) == finding

"""Each act: who may, from where, what it writes, whom it tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.base import ActRefused
from bot.acts.deliver import deliver
from bot.acts.preview import preview
from bot.acts.record_answer import record_answer
from bot.acts.return_form import return_form, send_back
from bot.acts.send_in import send_in
from bot.acts.withdraw import withdraw
from bot.phrases import knows
from bot.services import Services
from bot.stored import StoredDocument
from scoring.values import Money, Value
from storage import answers, deliveries, forms, people, tasks

DOCUMENT = StoredDocument("a" * 64 + "-00000000.docx", "report.docx", 10, "x/y")


def told(services: Services, userid: str) -> list[str]:
    """The kinds of what waits for somebody."""
    with services.database.begin() as tx:
        rows = tx.exec_driver_sql(
            "SELECT payload FROM outbox WHERE userid = ? ORDER BY id", (userid,)
        )
        return [json.loads(row[0])["msgtype"] for row in rows]


def put(services: Services, form_id: int, state: str, clock: Any) -> None:
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", state, clock())


def state_of(services: Services, form_id: int) -> str:
    with services.database.read() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        return form.state


def refusal(services: Services, act: Callable[[Any], object]) -> ActRefused:
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        act(tx)
    assert caught.value.words
    return caught.value


# ---- record_answer ----


def test_answers_are_kept_with_raw_text_and_actor(
    services: Services, form_id: int, clock: Any, whole_answers: dict[str, Value]
) -> None:
    fact = next(name for name, value in whole_answers.items() if isinstance(value, Money))
    value = whole_answers[fact]
    with services.database.begin() as tx:
        record_answer(services, tx, "chenyu", form_id, {fact: value}, "2587万", clock())
    with services.database.read() as tx:
        assert answers.present(tx, form_id) == {fact: value.plain()}
        (event,) = answers.history(tx, form_id)
        assert (event.raw, event.actor) == ("2587万", "chenyu")


@pytest.mark.parametrize("state", ["in_review", "approved", "delivered", "accepted"])
def test_answers_change_only_while_drafting(
    services: Services, form_id: int, clock: Any, state: str
) -> None:
    put(services, form_id, state, clock)
    found = refusal(
        services, lambda tx: record_answer(services, tx, "chenyu", form_id, {}, "", clock())
    )
    assert found.code == "not_drafting"


def test_nobody_answers_on_somebody_elses_form(
    services: Services, form_id: int, clock: Any
) -> None:
    for stranger in ("hesui", "linfan", "zhouning", "nobody"):
        found = refusal(
            services,
            lambda tx, who=stranger: record_answer(services, tx, who, form_id, {}, "", clock()),
        )
        assert (found.code, found.numbers["names"]) == ("not_yours", "周宁")


def test_there_is_no_such_form(services: Services, clock: Any) -> None:
    found = refusal(
        services, lambda tx: record_answer(services, tx, "chenyu", 999, {}, "", clock())
    )
    assert found.code == "no_such_form"


# ---- send_in, withdraw ----


def test_a_whole_form_goes_to_every_reviewer(services: Services, filled: int, clock: Any) -> None:
    with services.database.begin() as tx:
        people.grant(tx, "luping", "reviewer", 1)
        send_in(services, tx, "chenyu", filled, clock())
    assert state_of(services, filled) == "in_review"
    for reviewer in ("linfan", "luping"):
        kinds = told(services, reviewer)
        assert kinds[-1] == "template_card"
        assert set(kinds[:-1]) == {"text"}
    with services.database.read() as tx:
        (event,) = forms.events(tx, filled)
        assert (event.act, event.actor, event.to_state) == ("send_in", "chenyu", "in_review")


def test_an_empty_form_is_not_sent_in(services: Services, form_id: int, clock: Any) -> None:
    found = refusal(services, lambda tx: send_in(services, tx, "chenyu", form_id, clock()))
    assert found.code == "gaps"
    assert state_of(services, form_id) == "drafting"
    assert told(services, "linfan") == []


def test_figures_that_contradict_stop_a_form(
    services: Services,
    filled: int,
    clock: Any,
    whole_answers: dict[str, Value],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from scoring.checks import Finding, Severity
    from storage import waivers

    blocker = Finding(
        "k1", Severity.BLOCKER, (), "folded", {"gate_place": "x", "held": 1, "count": 1}
    )
    monkeypatch.setattr("bot.readiness.findings", lambda *_: (blocker,))
    found = refusal(services, lambda tx: send_in(services, tx, "chenyu", filled, clock()))
    assert (found.code, found.numbers["count"]) == ("blockers", 1)
    with services.database.begin() as tx:
        waivers.add(tx, filled, "k1", "linfan", "another basis", clock())
        send_in(services, tx, "chenyu", filled, clock())
    assert state_of(services, filled) == "in_review"


def test_without_a_reviewer_nothing_is_sent_in(services: Services, filled: int, clock: Any) -> None:
    with services.database.begin() as tx:
        people.revoke(tx, "linfan", "reviewer", 1)
    found = refusal(services, lambda tx: send_in(services, tx, "chenyu", filled, clock()))
    assert found.code == "no_reviewer"


def test_a_form_is_sent_in_once(services: Services, filled: int, clock: Any) -> None:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    found = refusal(services, lambda tx: send_in(services, tx, "chenyu", filled, clock()))
    assert found.code == "wrong_state"
    assert "送审中" in found.words


def test_a_waiting_form_is_taken_back(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "in_review", clock)
    with services.database.begin() as tx:
        withdraw(services, tx, "chenyu", filled, clock())
    assert state_of(services, filled) == "drafting"


# ---- approve, send_back ----


def test_approval_orders_the_delivery_and_tells_the_contact(
    services: Services, filled: int, clock: Any
) -> None:
    put(services, filled, "in_review", clock)
    with services.database.begin() as tx:
        approve(services, tx, "linfan", filled, clock())
    assert state_of(services, filled) == "approved"
    assert told(services, "chenyu") == ["text"]
    from datetime import timedelta

    with services.database.begin() as tx:
        (task,) = tasks.claim(tx, clock(), 5, timedelta(minutes=1))
    assert (task.kind, task.payload) == ("delivery", {"form_id": filled, "version": 1})


def test_without_anybody_at_finance_nothing_is_approved(
    services: Services, filled: int, clock: Any
) -> None:
    put(services, filled, "in_review", clock)
    with services.database.begin() as tx:
        for userid in ("wuheng",):
            people.revoke(tx, userid, "finance")
    found = refusal(services, lambda tx: approve(services, tx, "linfan", filled, clock()))
    assert (found.code, found.numbers["names"]) == ("no_finance", "周宁")
    assert state_of(services, filled) == "in_review"


def test_two_reviewers_cannot_both_decide(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "in_review", clock)
    with services.database.begin() as tx:
        send_back(services, tx, "linfan", filled, "第3题", clock())
    found = refusal(services, lambda tx: approve(services, tx, "linfan", filled, clock()))
    assert found.code == "wrong_state"


def test_a_form_sent_back_says_why(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "in_review", clock)
    with services.database.begin() as tx:
        send_back(services, tx, "linfan", filled, " 第3题数字不对 ", clock())
    assert state_of(services, filled) == "drafting"
    with services.database.read() as tx:
        assert forms.events(tx, filled)[-1].words == "第3题数字不对"
    assert told(services, "chenyu") == ["text"]


def test_sending_back_needs_words(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "in_review", clock)
    found = refusal(services, lambda tx: send_back(services, tx, "linfan", filled, " ", clock()))
    assert found.code == "no_words"


def test_who_fills_in_does_not_approve(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "in_review", clock)
    found = refusal(services, lambda tx: approve(services, tx, "chenyu", filled, clock()))
    assert found.code == "not_yours"


# ---- deliver, accept, return ----


def test_a_delivery_is_ledger_state_and_messages_at_once(
    services: Services, filled: int, clock: Any
) -> None:
    put(services, filled, "approved", clock)
    with services.database.begin() as tx:
        assert deliver(services, tx, filled, 1, [DOCUMENT], clock())
    assert state_of(services, filled) == "delivered"
    kinds = told(services, "wuheng")
    assert kinds[-2:] == ["file", "template_card"]
    assert set(kinds[:-2]) == {"text"}
    assert told(services, "chenyu") == ["text"]
    with services.database.read() as tx:
        (delivery,) = deliveries.of_form(tx, filled)
        assert (delivery.version, delivery.files) == (1, (DOCUMENT.key,))


def test_a_delivery_happens_once(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "approved", clock)
    with services.database.begin() as tx:
        deliver(services, tx, filled, 1, [DOCUMENT], clock())
        before = len(told_in(tx, "wuheng"))
        assert not deliver(services, tx, filled, 1, [DOCUMENT], clock())
        assert len(told_in(tx, "wuheng")) == before


def test_a_form_that_went_another_way_is_not_delivered(
    services: Services, filled: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        assert not deliver(services, tx, filled, 1, [DOCUMENT], clock())
        assert deliveries.of_form(tx, filled) == []


def test_finance_accepts(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "delivered", clock)
    with services.database.begin() as tx:
        accept(services, tx, "wuheng", filled, clock())
    assert state_of(services, filled) == "accepted"
    assert told(services, "chenyu") == ["text"]


def test_finance_returns_with_words_and_the_next_is_a_new_version(
    services: Services, filled: int, clock: Any
) -> None:
    put(services, filled, "approved", clock)
    with services.database.begin() as tx:
        deliver(services, tx, filled, 1, [DOCUMENT], clock())
        return_form(services, tx, "wuheng", filled, "缺一张表", clock())
        forms.set_state(tx, filled, "drafting", "in_review", clock())
        approve(services, tx, "linfan", filled, clock())
        assert deliver(services, tx, filled, 2, [DOCUMENT], clock())
        assert [d.version for d in deliveries.of_form(tx, filled)] == [1, 2]


def test_a_reviewer_does_not_accept(services: Services, filled: int, clock: Any) -> None:
    put(services, filled, "delivered", clock)
    found = refusal(services, lambda tx: accept(services, tx, "linfan", filled, clock()))
    assert found.code == "not_yours"


# ---- preview ----


def test_a_draft_is_ordered_once_a_turn(services: Services, form_id: int, clock: Any) -> None:
    from datetime import timedelta

    with services.database.begin() as tx:
        preview(tx, "chenyu", form_id, clock(), turn_id=7)
        preview(tx, "chenyu", form_id, clock(), turn_id=7)
        (task,) = tasks.claim(tx, clock(), 5, timedelta(minutes=1))
    assert task.payload == {"form_id": form_id, "userid": "chenyu"}


@pytest.mark.parametrize(
    "code",
    [
        "not_yours",
        "no_such_form",
        "not_drafting",
        "wrong_state",
        "gaps",
        "unsettled",
        "blockers",
        "no_reviewer",
        "no_words",
    ],
)
def test_every_refusal_has_words(code: str) -> None:
    assert knows(f"refused_{code}")


def told_in(tx: Any, userid: str) -> list[Any]:
    return list(tx.exec_driver_sql("SELECT id FROM outbox WHERE userid = ?", (userid,)))

"""Cards that ask for a decision which somebody has taken already."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.return_form import return_form, send_back
from bot.acts.send_in import send_in
from bot.acts.withdraw import withdraw
from bot.jobs.outbox import OutboxWorker
from bot.services import Services
from dialogs import desk, notices
from dialogs.case import Desk
from storage import cards, forms, people


@pytest.fixture
def services(services: Services) -> Services:
    """With the real desks, and a second reviewer and a second finance officer."""
    with services.database.begin() as tx:
        people.grant(tx, "luping", "reviewer", 1)
        people.upsert(tx, "second", "郑岚")
        people.grant(tx, "second", "finance")
    return replace(services, desk=desk.step)


@pytest.fixture
def sent_in(services: Services, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    return filled


@pytest.fixture
def delivered(services: Services, filled: int, clock: Any) -> int:
    """Delivered to both at finance, each with a card."""
    from bot.views import waiting_of
    from storage import interviews

    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "delivered", clock())
        standing = interviews.one(tx, filled)
        assert standing is not None
        bubbles = notices.delivered_to_finance(waiting_of(services, tx, standing))
        for userid in ("wuheng", "second"):
            services.postbox.post(tx, userid, bubbles, clock(), filled)
    return filled


def state_of(services: Services, form_id: int) -> str:
    with services.database.read() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        return form.state


def card_of(services: Services, userid: str) -> str:
    with services.database.read() as tx:
        return cards.open_of(tx, userid)[-1].task_id


def greyed(services: Services, userid: str) -> list[str]:
    query = "SELECT payload FROM outbox WHERE userid = ? AND kind = 'update_card'"
    with services.database.begin() as tx:
        return [json.loads(row[0])["label"] for row in tx.exec_driver_sql(query, (userid,))]


@pytest.mark.parametrize(
    ("act", "label"),
    [
        (lambda s, tx, f, now: approve(s, tx, "linfan", f, now), "林帆已通过"),
        (lambda s, tx, f, now: send_back(s, tx, "linfan", f, "改", now), "林帆已退回"),
        (lambda s, tx, f, now: withdraw(s, tx, "chenyu", f, now), "陈宇已撤回"),
    ],
)
def test_the_other_reviewers_cards_are_greyed(
    services: Services, sent_in: int, clock: Any, act: Any, label: str
) -> None:
    with services.database.begin() as tx:
        act(services, tx, sent_in, clock())
    assert greyed(services, "luping") == [label]
    with services.database.read() as tx:
        assert cards.open_of(tx, "luping") == []


@pytest.mark.parametrize(
    ("act", "label"),
    [
        (lambda s, tx, f, now: accept(s, tx, "wuheng", f, now), "吴衡已接收"),
        (lambda s, tx, f, now: return_form(s, tx, "wuheng", f, "改", now), "吴衡已退回"),
    ],
)
def test_the_others_cards_at_finance_are_greyed(
    services: Services, delivered: int, clock: Any, act: Any, label: str
) -> None:
    with services.database.begin() as tx:
        act(services, tx, delivered, clock())
    assert greyed(services, "second") == [label]


def test_who_decides_by_card_is_answered_by_that_card(
    services: Services, sent_in: int, make_line: Any, reply: Any
) -> None:
    line = make_line(services)
    assert reply(line.click("linfan", card_of(services, "linfan"), "approve")) == "已选 通过"
    assert greyed(services, "linfan") == []
    assert greyed(services, "luping") == ["林帆已通过"]


def test_who_decides_in_words_has_their_card_greyed_too(
    services: Services, sent_in: int, make_line: Any
) -> None:
    make_line(services).say("linfan", "通过")
    assert state_of(services, sent_in) == "approved"
    assert greyed(services, "linfan") == ["林帆已通过"]


def test_cards_about_other_forms_stay_open(services: Services, sent_in: int, clock: Any) -> None:
    with services.database.begin() as tx:
        cards.add(tx, "other", "luping", "choice", clock(), sent_in + 1, "review:2:0")
        approve(services, tx, "linfan", sent_in, clock())
    assert card_of(services, "luping") == "other"


def test_a_card_from_before_a_withdrawal_approves_nothing_sent_in_later(
    services: Services, sent_in: int, clock: Any, make_line: Any, reply: Any
) -> None:
    """It shows a score that may no longer be the form's; greying may have failed."""
    old = card_of(services, "linfan")
    with services.database.begin() as tx:
        withdraw(services, tx, "chenyu", sent_in, clock())
        send_in(services, tx, "chenyu", sent_in, clock())
    line = make_line(services)
    for _ in range(2):  # and a retry gets the same
        assert reply(line.click("linfan", old, "approve")) == "已失效"
    assert state_of(services, sent_in) == "in_review"
    line.click("linfan", card_of(services, "linfan"), "approve")
    assert state_of(services, sent_in) == "approved"


def test_finance_accepts_once(
    services: Services, delivered: int, make_line: Any, reply: Any
) -> None:
    line = make_line(services)
    first, second = card_of(services, "wuheng"), card_of(services, "second")
    line.click("wuheng", first, "accept")
    assert reply(line.click("second", second, "send_back")) == "已失效"
    assert state_of(services, delivered) == "accepted"
    with services.database.read() as tx:
        assert [event.act for event in forms.events(tx, delivered)] == ["accept"]


def test_the_greying_reaches_the_service(
    services: Services, sent_in: int, clock: Any, api: Any
) -> None:
    from bot.wecom.api import Sent

    def coded(payload: bytes) -> Sent:
        return Sent("m", "code" if b"template_card" in payload else "", frozenset())

    api.send_bytes = coded
    worker = OutboxWorker(services)
    worker.send_due()
    with services.database.begin() as tx:
        approve(services, tx, "linfan", sent_in, clock())
    worker.send_due()
    assert ("code", "luping", "林帆已通过") in api.updates


def test_a_reviewer_who_lost_the_role_decides_nothing(
    services: Services, sent_in: int, make_line: Any
) -> None:
    task_id = card_of(services, "luping")
    with services.database.begin() as tx:
        people.revoke(tx, "luping", "reviewer", 1)
    make_line(services).click("luping", task_id, "approve")
    assert state_of(services, sent_in) == "in_review"


def test_the_desk_of_another_department_decides_nothing(
    services: Services, sent_in: int, make_line: Any
) -> None:
    with services.database.begin() as tx:
        people.revoke(tx, "luping", "reviewer", 1)
    seen: list[Desk] = []
    line = make_line(
        replace(services, desk=lambda s, e, d, n: (seen.append(d), desk.step(s, e, d, n))[1])
    )
    for words in ("通过", "通过梅州市梅江区科工商务局", "退回 梅州市梅江区科工商务局 不对"):
        line.say("luping", words)
    assert all(not each.forms for each in seen)
    assert state_of(services, sent_in) == "in_review"

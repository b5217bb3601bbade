"""代审: somebody approves in a reviewer's place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.acts.approve import approve
from bot.acts.stand_in import end_stand_in, set_stand_in
from bot.jobs.dated.stand_ins import PAUSE, make_job
from bot.services import Services
from storage import people, stand_ins
from tests.bot.acts.approval.conftest import (
    FIRST,
    LAST,
    OTHER,
    do,
    given,
    open_cards,
    refusal,
    texts,
)


def test_a_leader_on_holiday_is_stood_in_for(
    services: Services, sent_in: int, clock: Any, make_line: Any
) -> None:
    line = make_line(services)
    until = clock() + timedelta(days=3)
    do(services, lambda tx: set_stand_in(services, tx, FIRST, FIRST, "hesui", until, clock()))
    (card,) = open_cards(services, "hesui")
    assert "何穗代林帆审核" in texts(services, "hesui")
    line.click("hesui", card, "approve")
    assert given(services, sent_in) == [(1, "hesui", FIRST, False)]
    assert "何穗（代林帆）" in texts(services, LAST)


def test_a_stand_in_ends_by_date(services: Services, sent_in: int, clock: Any) -> None:
    until = clock() + timedelta(days=3)
    do(services, lambda tx: set_stand_in(services, tx, FIRST, FIRST, "hesui", until, clock()))
    clock.now = until
    found = refusal(services, lambda tx: approve(services, tx, "hesui", sent_in, clock()))
    assert found.code == "not_yours"
    job = make_job()
    job(services, clock())
    with services.database.read() as tx:
        assert [role.role for role in people.roles(tx, "hesui")] == ["contact"]
    assert open_cards(services, "hesui") == []
    assert "已经结束" in texts(services, FIRST)
    before = texts(services, FIRST)
    clock.now += 2 * PAUSE
    job(services, clock())
    assert texts(services, FIRST) == before


def test_a_stand_in_is_ended_before_time(services: Services, sent_in: int, clock: Any) -> None:
    do(services, lambda tx: set_stand_in(services, tx, FIRST, FIRST, "hesui", None, clock()))
    do(services, lambda tx: end_stand_in(services, tx, "zhouning", FIRST, clock()))
    assert open_cards(services, "hesui") == []
    found = refusal(services, lambda tx: approve(services, tx, "hesui", sent_in, clock()))
    assert found.code == "not_yours"
    found = refusal(services, lambda tx: end_stand_in(services, tx, FIRST, FIRST, clock()))
    assert found.code == "no_stand_in"


def test_another_stand_in_takes_the_place_of_the_one_before(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: set_stand_in(services, tx, FIRST, FIRST, "hesui", None, clock()))
    assert "由何穗代林帆" not in texts(services, FIRST)  # who set it has it in the answer
    do(services, lambda tx: set_stand_in(services, tx, FIRST, FIRST, OTHER, None, clock()))
    assert open_cards(services, "hesui") == []
    assert "何穗代林帆审核已经结束" in texts(services, "hesui")
    assert len(open_cards(services, OTHER)) == 1
    do(services, lambda tx: set_stand_in(services, tx, "zhouning", FIRST, OTHER, None, clock()))
    assert "已经结束" not in texts(services, OTHER)


@pytest.mark.parametrize(
    ("actor", "for_whom", "userid", "code"),
    [
        (FIRST, FIRST, FIRST, "stand_in_self"),
        (FIRST, FIRST, "chenyu", "stand_in_contact"),
        (FIRST, FIRST, "nobody", "stand_in_unknown"),
        (FIRST, LAST, "hesui", "stand_in_not_yours"),
        ("hesui", FIRST, "hesui", "stand_in_not_yours"),
        ("zhouning", "hesui", OTHER, "stand_in_for_nobody"),
    ],
)
def test_who_may_not_stand_in(
    services: Services, sent_in: int, clock: Any, actor: str, for_whom: str, userid: str, code: str
) -> None:
    found = refusal(
        services, lambda tx: set_stand_in(services, tx, actor, for_whom, userid, None, clock())
    )
    assert found.code == code
    with services.database.read() as tx:
        assert stand_ins.running(tx, clock()) == []


def test_who_comes_to_fill_in_no_longer_stands_in(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: set_stand_in(services, tx, FIRST, FIRST, "hesui", None, clock()))
    do(services, lambda tx: people.grant(tx, "hesui", "contact", 1))
    found = refusal(services, lambda tx: approve(services, tx, "hesui", sent_in, clock()))
    assert found.code == "not_yours"

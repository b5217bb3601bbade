"""The chain of approval: ranks in order, and what drops a yes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.acts.approve import approve
from bot.acts.base import ActRefused
from bot.acts.record_cover import record_cover
from bot.acts.return_form import send_back
from bot.acts.send_in import send_in
from bot.acts.stand_in import set_stand_in
from bot.acts.withdraw import withdraw
from bot.services import Services
from scoring.values import Text, YesNo
from storage import forms, people, reviewers, submissions
from tests.bot.acts.approval.conftest import (
    FIRST,
    LAST,
    OTHER,
    chain,
    do,
    form_of,
    given,
    open_cards,
    refusal,
    texts,
)


def test_only_the_first_rank_is_asked_and_the_answers_are_kept(
    services: Services, sent_in: int
) -> None:
    assert len(open_cards(services, FIRST)) == 1
    assert open_cards(services, LAST) == []
    with services.database.read() as tx:
        submission = submissions.latest(tx, sent_in)
    assert submission is not None
    assert submission.number == 1
    assert f"版本码：{submission.code}" in texts(services, FIRST)
    assert form_of(services, sent_in).rank == 1


def test_one_rank_after_the_other_and_then_to_finance(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    form = form_of(services, sent_in)
    assert (form.state, form.rank) == ("in_review", 2)
    assert "分管领导 林帆已通过" in texts(services, LAST)
    assert "现在请主要领导 方泽审核" in texts(services, "chenyu")
    assert chain(services, sent_in) == [("分管领导", "林帆"), ("主要领导", "")]
    do(services, lambda tx: approve(services, tx, LAST, sent_in, clock()))
    assert form_of(services, sent_in).state == "approved"
    assert given(services, sent_in) == [(1, FIRST, FIRST, False), (2, LAST, LAST, False)]
    with services.database.read() as tx:
        events = [(e.act, e.to_state, e.data.get("rank")) for e in forms.events(tx, sent_in)]
    assert events[1:] == [("approve", "in_review", 1), ("approve", "approved", 2)]


def test_who_is_not_asked_yet_or_has_approved_is_told_whose_turn_it_is(
    services: Services, sent_in: int, clock: Any
) -> None:
    early = refusal(services, lambda tx: approve(services, tx, LAST, sent_in, clock()))
    assert early.code == "not_your_turn"
    assert "分管领导 林帆" in early.words
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    again = refusal(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    assert again.code == "already_approved"
    assert "主要领导 方泽" in again.words
    assert form_of(services, sent_in).rank == 2


def test_one_of_several_at_a_rank_is_enough(services: Services, filled: int, clock: Any) -> None:
    do(services, lambda tx: reviewers.place(tx, OTHER, 1, 1, "分管领导"))
    do(services, lambda tx: send_in(services, tx, "chenyu", filled, clock()))
    do(services, lambda tx: approve(services, tx, OTHER, filled, clock()))
    assert form_of(services, filled).rank == 2
    assert open_cards(services, FIRST) == []
    found = refusal(services, lambda tx: approve(services, tx, FIRST, filled, clock()))
    assert found.code == "already_approved"


def test_who_stands_at_two_ranks_approves_both_with_one_tap(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: set_stand_in(services, tx, LAST, LAST, FIRST, None, clock()))
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    assert form_of(services, sent_in).state == "approved"
    assert given(services, sent_in) == [(1, FIRST, FIRST, False), (2, FIRST, LAST, False)]
    assert chain(services, sent_in)[1] == ("主要领导", "林帆（代方泽）")


def test_the_card_of_an_earlier_rank_decides_nothing(
    services: Services, sent_in: int, clock: Any, make_line: Any, reply: Any
) -> None:
    line = make_line(services)
    (card,) = open_cards(services, FIRST)
    assert reply(line.click(FIRST, card, "approve")) == "已选 通过"
    clock.advance(1)
    line.click(FIRST, card, "approve")
    assert form_of(services, sent_in).rank == 2
    assert "现在请主要领导 方泽审核" in texts(services, FIRST)
    assert len(given(services, sent_in)) == 1


def test_a_card_clicked_once_does_not_approve_what_is_sent_in_later(
    services: Services, sent_in: int, clock: Any, make_line: Any, whole_answers: Any
) -> None:
    """The card of a return that was not finished stays clicked, so it is not greyed."""
    line = make_line(services)
    (card,) = open_cards(services, FIRST)
    line.click(FIRST, card, "send_back")
    line.say(FIRST, "取消")
    with services.database.begin() as tx:
        withdraw(services, tx, "chenyu", sent_in, clock())
        facts = {"contact_phone": Text("0753-1234567")}
        record_cover(services, tx, "chenyu", sent_in, facts, "x", clock())
        send_in(services, tx, "chenyu", sent_in, clock())
    clock.advance(1)
    line.click(FIRST, card, "approve")
    assert form_of(services, sent_in).rank == 1
    assert given(services, sent_in) == []


def test_two_at_once_give_one_approval(services: Services, sent_in: int, clock: Any) -> None:
    do(services, lambda tx: reviewers.place(tx, OTHER, 1, 1))
    with services.database.begin() as tx:
        approve(services, tx, FIRST, sent_in, clock())
        with pytest.raises(ActRefused):
            approve(services, tx, OTHER, sent_in, clock())
    assert [row[:2] for row in given(services, sent_in)] == [(1, FIRST)]


def test_a_rank_without_anybody_stops_the_form_at_once(
    services: Services, filled: int, clock: Any
) -> None:
    do(services, lambda tx: people.upsert(tx, LAST, "方泽", active=False))
    for _ in range(2):
        with services.database.begin() as tx, pytest.raises(ActRefused) as caught:
            send_in(services, tx, "chenyu", filled, clock())
    assert caught.value.code == "rank_empty"
    assert "主要领导" in caught.value.words
    assert "周宁" in caught.value.words
    assert form_of(services, filled).state == "drafting"
    assert texts(services, "zhouning").count("现在没有可以审核的人") == 1


def test_a_rank_that_falls_empty_meanwhile_is_reported(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: people.upsert(tx, LAST, "方泽", active=False))
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    assert "现在没有可以审核的人" in texts(services, "zhouning")
    do(services, lambda tx: set_stand_in(services, tx, "zhouning", LAST, OTHER, None, clock()))
    do(services, lambda tx: approve(services, tx, OTHER, sent_in, clock()))
    assert form_of(services, sent_in).state == "approved"


def test_a_rank_done_away_with_does_not_hold_the_form(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    do(services, lambda tx: people.revoke(tx, LAST, "reviewer", 1))
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    assert form_of(services, sent_in).state == "approved"


# ---- what drops a yes ----


def test_taking_the_form_back_drops_what_was_approved(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    do(services, lambda tx: withdraw(services, tx, "chenyu", sent_in, clock()))
    assert given(services, sent_in) == []
    assert open_cards(services, LAST) == []
    assert "林帆的通过不再算数" in texts(services, FIRST)
    do(services, lambda tx: send_in(services, tx, "chenyu", sent_in, clock()))
    form = form_of(services, sent_in)
    assert (form.state, form.rank) == ("in_review", 1)
    with services.database.read() as tx:
        assert [s.number for s in submissions.of_form(tx, sent_in)] == [1, 2]


def test_who_approved_learns_that_a_later_rank_returned_it(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    do(services, lambda tx: send_back(services, tx, LAST, sent_in, "数不对", clock()))
    assert "林帆的通过不再算数" in texts(services, FIRST)
    assert "不再算数" not in texts(services, LAST)


def test_sending_back_drops_them_too(services: Services, sent_in: int, clock: Any) -> None:
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    do(services, lambda tx: send_back(services, tx, LAST, sent_in, "第3题", clock()))
    assert given(services, sent_in) == []


def test_the_cover_may_change_and_approvals_stay(
    services: Services, sent_in: int, clock: Any
) -> None:
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    phone = {"contact_phone": Text("0753-7654321")}
    do(services, lambda tx: record_cover(services, tx, "chenyu", sent_in, phone, "x", clock()))
    assert len(given(services, sent_in)) == 1
    other = {"has_rent": YesNo(True)}
    found = refusal(
        services, lambda tx: record_cover(services, tx, "chenyu", sent_in, other, "x", clock())
    )
    assert found.code == "not_drafting"

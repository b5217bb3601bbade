"""The chain of approval: ranks in order, stand-ins, pages signed by hand, what drops a yes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.acts.approve import approve
from bot.acts.base import ActRefused
from bot.acts.disown import disown
from bot.acts.record_cover import record_cover
from bot.acts.return_form import send_back
from bot.acts.send_in import send_in
from bot.acts.sign_by_hand import sign_by_hand
from bot.acts.stand_in import end_stand_in, set_stand_in
from bot.acts.withdraw import withdraw
from bot.jobs.dated.stand_ins import PAUSE, make_job
from bot.services import Services
from bot.stored import StoredDocument
from bot.views import waiting_of
from dialogs import desk
from scoring.values import Text, YesNo
from storage import approvals, cards, forms, interviews, people, reviewers, stand_ins, submissions

PAGE = StoredDocument("b" * 64 + "-00000000.jpg", "signed.jpg", 100, "image/jpeg")
FIRST, LAST, OTHER = "linfan", "fangze", "xumo"


@pytest.fixture
def services(services: Services, form_id: int) -> Services:
    """With the real desks; department 301 has 分管领导 林帆 and 主要领导 方泽."""
    with services.database.begin() as tx:
        reviewers.place(tx, FIRST, 1, 1, "分管领导")
        reviewers.place(tx, LAST, 1, 2, "主要领导")
    return replace(services, desk=desk.step)


@pytest.fixture
def sent_in(services: Services, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    return filled


def do(services: Services, act: Callable[[Any], object]) -> None:
    with services.database.begin() as tx:
        act(tx)


def refusal(services: Services, act: Callable[[Any], object]) -> ActRefused:
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        act(tx)
    assert caught.value.words
    return caught.value


def form_of(services: Services, form_id: int) -> forms.Form:
    with services.database.read() as tx:
        form = forms.get(tx, form_id)
    assert form is not None
    return form


def given(services: Services, form_id: int) -> list[tuple[int, str, str, bool]]:
    """The standing approvals: rank, by, for whom, by hand."""
    with services.database.read() as tx:
        found = approvals.standing(tx, form_id)
    return [(a.rank, a.by, a.for_whom, a.file_key is not None) for a in found]


def told(services: Services, userid: str) -> list[dict[str, Any]]:
    with services.database.begin() as tx:
        query = "SELECT payload FROM outbox WHERE userid = ? AND kind = 'send' ORDER BY id"
        return [json.loads(row[0]) for row in tx.exec_driver_sql(query, (userid,))]


def texts(services: Services, userid: str) -> str:
    return "\n".join(m["text"]["content"] for m in told(services, userid) if "text" in m)


def open_cards(services: Services, userid: str) -> list[str]:
    with services.database.read() as tx:
        return [card.task_id for card in cards.open_of(tx, userid)]


def chain(services: Services, form_id: int) -> list[tuple[str, str]]:
    with services.database.read() as tx:
        standing = interviews.one(tx, form_id)
        assert standing is not None
        return [(link.title, link.approved_by) for link in waiting_of(services, tx, standing).chain]


# ---- the chain ----


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


# ---- stand-ins ----


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


# ---- signed by hand ----


def sign(services: Services, form_id: int, clock: Any, target: str = "") -> None:
    do(
        services,
        lambda tx: sign_by_hand(services, tx, "chenyu", form_id, PAGE, target, clock()),
    )


def test_a_signed_page_counts_and_the_leader_is_told(
    services: Services, sent_in: int, clock: Any
) -> None:
    sign(services, sent_in, clock)
    assert given(services, sent_in) == [(1, "chenyu", FIRST, True)]
    assert chain(services, sent_in)[0] == ("分管领导", "林帆（线下签批，陈宇上传）")
    assert form_of(services, sent_in).rank == 2
    newest = told(services, FIRST)[-1]
    assert newest["template_card"]["main_title"]["title"] == "有一页按您的签字记了"


def test_a_page_of_another_submission_does_not_count(
    services: Services, sent_in: int, clock: Any
) -> None:
    found = refusal(
        services,
        lambda tx: sign_by_hand(services, tx, "chenyu", sent_in, PAGE, "W62J-NQ:林帆", clock()),
    )
    assert found.code == "signed_other_version"
    assert given(services, sent_in) == []


def test_of_several_leaders_one_is_named(services: Services, filled: int, clock: Any) -> None:
    do(services, lambda tx: reviewers.place(tx, OTHER, 1, 1))
    do(services, lambda tx: send_in(services, tx, "chenyu", filled, clock()))
    found = refusal(
        services, lambda tx: sign_by_hand(services, tx, "chenyu", filled, PAGE, "", clock())
    )
    assert found.code == "sign_by_whom"
    sign(services, filled, clock, ":许默")
    assert given(services, filled) == [(1, "chenyu", OTHER, True)]


def test_nobody_else_brings_a_signed_page(services: Services, sent_in: int, clock: Any) -> None:
    for actor in ("hesui", FIRST, "zhouning"):
        found = refusal(
            services,
            lambda tx, who=actor: sign_by_hand(services, tx, who, sent_in, PAGE, "", clock()),
        )
        assert found.code == "not_yours"


@pytest.mark.parametrize("state", ["in_review", "approved", "delivered"])
def test_a_leader_disowns_a_signature(
    services: Services, sent_in: int, clock: Any, state: str
) -> None:
    sign(services, sent_in, clock)
    if state != "in_review":
        do(services, lambda tx: approve(services, tx, LAST, sent_in, clock()))
    if state == "delivered":
        do(services, lambda tx: forms.set_state(tx, sent_in, "approved", "delivered", clock()))
    do(services, lambda tx: disown(services, tx, FIRST, sent_in, "不是我签的", clock()))
    assert form_of(services, sent_in).state == "drafting"
    assert form_of(services, sent_in).due_at is not None
    assert given(services, sent_in) == []
    assert "林帆说" in texts(services, "chenyu")
    assert "前改好再送审" in texts(services, "chenyu")
    dropped = "不再算数" in texts(services, LAST)
    assert dropped == (state != "in_review")
    assert ("林帆说" in texts(services, "wuheng")) == (state == "delivered")


def test_a_leader_disowns_by_card_after_the_next_has_approved(
    services: Services, sent_in: int, clock: Any, make_line: Any
) -> None:
    line = make_line(services)
    sign(services, sent_in, clock)
    do(services, lambda tx: approve(services, tx, LAST, sent_in, clock()))
    (card,) = open_cards(services, FIRST)
    line.click(FIRST, card, "disown")
    line.say(FIRST, "这一版我没有签过")
    assert form_of(services, sent_in).state == "drafting"
    assert "已退回梅州市梅江区科工商务局：这一版我没有签过" in texts(services, FIRST)
    assert open_cards(services, FIRST) == []


def test_only_who_is_said_to_have_signed_disowns(
    services: Services, sent_in: int, clock: Any
) -> None:
    sign(services, sent_in, clock)
    for actor, code in ((LAST, "nothing_signed"), ("chenyu", "not_yours")):
        found = refusal(
            services, lambda tx, who=actor: disown(services, tx, who, sent_in, "x", clock())
        )
        assert found.code == code


def test_a_form_disowned_after_approval_is_delivered_after_the_next(
    services: Services, sent_in: int, clock: Any
) -> None:
    """The order of the first approval must not stand in the way of the second's."""
    sign(services, sent_in, clock)
    do(services, lambda tx: approve(services, tx, LAST, sent_in, clock()))
    do(services, lambda tx: disown(services, tx, FIRST, sent_in, "x", clock()))
    do(services, lambda tx: send_in(services, tx, "chenyu", sent_in, clock()))
    do(services, lambda tx: approve(services, tx, FIRST, sent_in, clock()))
    do(services, lambda tx: approve(services, tx, LAST, sent_in, clock()))
    with services.database.begin() as tx:
        query = "SELECT count(*) FROM tasks WHERE kind = 'delivery'"
        assert tx.exec_driver_sql(query).scalar_one() == 2

"""线下签批: a page signed by hand counts, and can be disowned."""

from __future__ import annotations

from typing import Any

import pytest

from bot.acts.approve import approve
from bot.acts.disown import disown
from bot.acts.send_in import send_in
from bot.acts.sign_by_hand import sign_by_hand
from bot.services import Services
from storage import forms, reviewers
from tests.bot.acts.approval.conftest import (
    FIRST,
    LAST,
    OTHER,
    PAGE,
    chain,
    do,
    form_of,
    given,
    open_cards,
    refusal,
    texts,
    told,
)


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

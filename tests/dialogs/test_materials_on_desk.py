"""What a reviewer and finance are told about a form's evidence."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.bubbles import Words
from dialogs.case import Gathered, Waiting
from dialogs.notices import delivered_to_finance, review_request

LINK = "https://jixiao.example/pages/materials/7"


@pytest.fixture
def waiting(converse: Any, standard: Any) -> Any:
    """Makes a form on a desk with these materials."""
    talk = converse(example="reference-case.yaml")

    def make(*items: str, link: str = LINK) -> Waiting:
        links = {"materials": link} if link else {}
        gathered = Gathered(frozenset(items))
        return Waiting(talk.form, standard, talk.answers, "陈宇", gathered=gathered, links=links)

    return make


@pytest.mark.parametrize("notice", [review_request, delivered_to_finance])
def test_counts_and_missing_mandatory_ones_are_named(waiting: Any, notice: Any) -> None:
    words = "\n".join(b.text for b in notice(waiting("A1-3-1", "A1-3-2")) if isinstance(b, Words))
    assert "佐证材料：共要49份，已有2份，还差47份" in words
    assert "其中必交的B1-1-1" in words
    assert "A1-3-1 财政拨款收入决算表" not in words
    assert LINK in words


def test_a_full_list_is_said_in_short(waiting: Any, standard: Any) -> None:
    items = [item.id for each in standard.indicators for item in each.evidence]
    words = "\n".join(b.text for b in review_request(waiting(*items)) if isinstance(b, Words))
    assert "佐证材料49份都齐了" in words
    assert "还差" not in words


def test_nothing_is_said_where_nobody_could_give_any(waiting: Any) -> None:
    words = "\n".join(b.text for b in review_request(waiting(link="")) if isinstance(b, Words))
    assert "佐证材料" not in words

"""A department with a chain of two reviewers, and a form that was sent in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.acts.base import ActRefused
from bot.acts.send_in import send_in
from bot.services import Services
from bot.stored import StoredDocument
from bot.views import waiting_of
from dialogs import desk
from storage import approvals, cards, forms, interviews, reviewers

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

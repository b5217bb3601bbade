"""What the chat says about uploads: once for some minutes, at once when all is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.acts.evidence import give_evidence, wanted_now
from bot.jobs.tasks import TaskWorker
from bot.materials_news import WINDOW, announce, count_missing
from bot.services import Services
from bot.stored import StoredDocument


@pytest.fixture
def upload(services: Services, form_id: int, clock: Any) -> Callable[..., None]:
    """One request with one file for these items."""
    count = iter(range(1000))

    def given(*items: str) -> None:
        name = f"{next(count)}.pdf"
        key = services.files.put(name.encode(), name)
        document = StoredDocument(key, name, 5, "application/pdf")
        with services.database.begin() as tx:
            before = count_missing(services, tx, form_id)
            give_evidence(services, tx, "chenyu", form_id, [document], items, "page", clock())
            announce(services, tx, "chenyu", form_id, before, clock())

    return given


@pytest.fixture
def told(services: Services) -> Callable[[], list[str]]:
    """Works off what is due; gives all that was ever said to the contact."""

    def texts() -> list[str]:
        TaskWorker(services).work_due()
        with services.database.begin() as tx:
            query = "SELECT payload FROM outbox WHERE userid = 'chenyu' ORDER BY id"
            rows = tx.exec_driver_sql(query)
            return [json.loads(row[0])["text"]["content"] for row in rows]

    return texts


def test_all_of_a_window_is_one_message(
    upload: Callable[..., None], told: Callable[[], list[str]], clock: Any
) -> None:
    upload("A1-3-1")
    assert told() == []
    clock.advance(60)
    upload("A1-3-2", "B1-1-1")
    upload()
    assert told() == []
    clock.advance(WINDOW.total_seconds())
    (words,) = told()
    assert "网页上收到3个文件" in words
    assert "A1-3-1 财政拨款收入决算表、A1-3-2" in words
    assert "其中1个没认出" in words
    assert "还差46份" in words
    clock.advance(3600)
    assert len(told()) == 1


def test_the_next_window_has_its_own(
    upload: Callable[..., None], told: Callable[[], list[str]], clock: Any
) -> None:
    upload("A1-3-1")
    clock.advance(WINDOW.total_seconds())
    upload("A1-3-2")
    assert len(told()) == 1
    clock.advance(WINDOW.total_seconds())
    first, second = told()
    assert "收到1个" in first
    assert "收到1个" in second
    assert "A1-3-1" not in second


def test_a_full_list_is_told_at_once_and_once(
    upload: Callable[..., None],
    told: Callable[[], list[str]],
    clock: Any,
    services: Services,
    form_id: int,
) -> None:
    with services.database.read() as tx:
        *most, last = wanted_now(services, tx, form_id)
    upload(*most)
    upload(last)
    (words,) = told()
    assert "49份都齐了" in words
    assert "收到2个文件" in words
    clock.advance(WINDOW.total_seconds())
    assert len(told()) == 1
    upload("A1-3-1")
    clock.advance(WINDOW.total_seconds())
    assert len(told()) == 1

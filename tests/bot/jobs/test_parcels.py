"""Files and greyed cards on their way, and what breaks there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.jobs.outbox import LEASE, OutboxWorker
from bot.services import Services
from bot.wecom.api import Sent
from bot.wecom.errors import UnknownOutcome
from dialogs.bubbles import Buttons, Choice, Words
from storage import cards, files
from storage.files import FileDamaged
from tests.bot.jobs.conftest import error, post, states

CARD = Buttons("ask:q", "title", "note", (Choice("yes", "是"), Choice("no", "否")))


# ---- files ----


def store(services: Services, name: str = "报告.docx") -> str:
    key = services.files.put(b"content of the file", name)
    with services.database.begin() as tx:
        files.keep(tx, key, name, 19, "x/y", services.clock())
        services.postbox.put_file(tx, "chenyu", key, services.clock(), "once")
        services.postbox.put_file(tx, "chenyu", key, services.clock(), "once")
    return key


def test_a_file_is_uploaded_then_sent_once(
    services: Services, worker: OutboxWorker, api: Any
) -> None:
    store(services)
    worker.send_due()
    assert api.uploads == ["报告.docx"]
    (payload,) = api.payloads
    assert json.loads(payload)["file"] == {"media_id": "media1"}


def test_the_media_id_is_kept_before_sending(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [UnknownOutcome("message/send", "timeout")]
    store(services)
    worker.send_due()
    clock.advance(10)
    worker.send_due()
    assert api.uploads == ["报告.docx"]
    assert api.payloads[0] == api.payloads[1]


def test_an_expired_media_id_is_uploaded_again(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(40007)]
    store(services)
    worker.send_due()
    clock.advance(10)
    worker.send_due()
    assert len(api.uploads) == 2
    assert json.loads(api.payloads[-1])["file"] == {"media_id": "media2"}


def test_a_lost_file_fails_alone(services: Services, worker: OutboxWorker, api: Any) -> None:
    with services.database.begin() as tx:
        services.postbox.put_file(tx, "chenyu", "gone", services.clock(), "once")
    post(services, Words("一"))
    with capture_logs():
        worker.send_due()
    assert states(services) == ["failed", "sent"]


def test_a_slow_upload_leaves_the_file_to_who_has_it_now(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    other = OutboxWorker(services)
    upload, slow = api.upload, []

    def hang(*given: Any) -> Any:
        if not slow:
            slow.append(given)
            clock.advance(LEASE.total_seconds())
            other.send_due()
        return upload(*given)

    api.upload = hang
    store(services)
    worker.send_due()
    assert len(api.payloads) == 1
    assert states(services) == ["sent"]


def test_a_disk_that_fails_is_waited_for(
    services: Services, worker: OutboxWorker, api: Any, clock: Any, monkeypatch: Any
) -> None:
    def broken(_key: str) -> bytes:
        raise OSError("I/O error")

    store(services)
    with monkeypatch.context() as failing:
        failing.setattr(services.files, "get", broken)
        for _ in range(5):
            worker.send_due()
            clock.advance(60)
    worker.send_due()
    assert states(services) == ["sent"]


def test_a_damaged_file_fails_alone(
    services: Services, worker: OutboxWorker, api: Any, monkeypatch: Any
) -> None:
    def damaged(_key: str) -> bytes:
        raise FileDamaged("changed")

    store(services)
    monkeypatch.setattr(services.files, "get", damaged)
    with capture_logs():
        worker.send_due()
    assert states(services) == ["failed"]


# ---- greying ----


def grey(services: Services) -> str:
    with services.database.begin() as tx:
        (card,) = cards.open_of(tx, "chenyu")
        cards.set_state(tx, card.task_id, "open", "stale")
        services.postbox.put_greying(tx, "chenyu", card.task_id, "已用文字回答", services.clock())
    return card.task_id


def test_an_overtaken_card_is_greyed(services: Services, worker: OutboxWorker, api: Any) -> None:
    api.outcomes = [Sent("m", "code1", frozenset())]
    post(services, CARD)
    worker.send_due()
    task_id = grey(services)
    worker.send_due()
    assert api.updates == [("code1", "chenyu", "已用文字回答")]
    with services.database.read() as tx:
        card = cards.get(tx, task_id)
        assert card is not None
        assert (card.state, card.response_code) == ("greyed", None)


@pytest.mark.parametrize("outcome", [error(40058), UnknownOutcome("update", "timeout")])
def test_greying_is_best_effort(
    services: Services, worker: OutboxWorker, api: Any, outcome: Exception
) -> None:
    api.outcomes = [Sent("m", "code1", frozenset()), outcome]
    post(services, CARD)
    worker.send_due()
    grey(services)
    worker.send_due()
    assert states(services) == ["sent", "sent"]


def test_a_code_older_than_three_days_is_not_tried(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [Sent("m", "code1", frozenset())]
    post(services, CARD)
    worker.send_due()
    clock.advance(72 * 3600)
    grey(services)
    worker.send_due()
    assert api.updates == []
    assert states(services) == ["sent", "sent"]

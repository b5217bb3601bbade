"""Members whom no message reaches."""

from __future__ import annotations

import json
from typing import Any

from structlog.testing import capture_logs

from bot.acts.hand_over import hand_over
from bot.jobs.outbox import OutboxWorker
from bot.services import Services
from dialogs.bubbles import Words
from tests.bot.jobs.conftest import error, post


def test_coordinators_learn_once_a_day_whom_nothing_reaches(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(81013), error(81013)]
    post(services, Words("一"), Words("二"))
    with capture_logs():
        worker.send_due()
    told = [json.loads(p)["text"]["content"] for p in api.payloads if b"zhouning" in p]
    assert len(told) == 1
    assert "发给陈宇（账号chenyu）的消息送不到" in told[0]


def test_an_unreachable_coordinator_is_not_written_to_about_themselves(
    services: Services, worker: OutboxWorker, api: Any
) -> None:
    api.outcomes = [error(60111)]
    post(services, Words("一"), userid="zhouning")
    with capture_logs():
        worker.send_due()
    assert len(api.payloads) == 1


def test_who_handed_something_to_them_learns_it(
    services: Services, worker: OutboxWorker, api: Any, clock: Any, form_id: int
) -> None:
    with services.database.begin() as tx:
        asked = (["section:assets"], "wangfang", "王芳", "")
        hand_over(services, tx, "chenyu", form_id, *asked, clock())
    api.outcomes = [error(81013)]
    with capture_logs():
        worker.send_due()
        worker.send_due()
    told = [json.loads(p)["text"]["content"] for p in api.payloads if b'"chenyu"' in p]
    assert len(told) == 1
    assert "王芳" in told[0]

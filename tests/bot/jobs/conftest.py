"""A worker with its outbox, and the errors that WeChat Work answers with."""

from __future__ import annotations

from typing import Any

import pytest

from bot.jobs.outbox import OutboxWorker
from bot.services import Services
from bot.wecom.errors import ApiError, reaction_to


@pytest.fixture
def worker(services: Services) -> OutboxWorker:
    return OutboxWorker(services)


def post(services: Services, *bubbles: Any, userid: str = "chenyu") -> None:
    with services.database.begin() as tx:
        services.postbox.post(tx, userid, bubbles, services.clock(), 1)


def states(services: Services, userid: str = "chenyu") -> list[str]:
    with services.database.begin() as tx:
        query = "SELECT state FROM outbox WHERE userid = ? ORDER BY id"
        return [row[0] for row in tx.exec_driver_sql(query, (userid,))]


def error(code: int) -> ApiError:
    return ApiError("message/send", code, "text, from ip: 1.2.3.4", reaction_to(code))

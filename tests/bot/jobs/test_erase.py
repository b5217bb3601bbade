"""清除's work in the file store: all copies go, and what is made anew meanwhile stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.acts.evidence import give_evidence
from bot.acts.preview import preview
from bot.acts.purge import agree_purge, ask_purge
from bot.jobs.tasks import LEASE, TaskWorker
from bot.jobs.tick import Ticker
from bot.services import Services
from bot.stored import StoredDocument
from storage import purges

PHOTO = b"\xff\xd8 misfiled"


@pytest.fixture
def evidence_id(services: Services, form_id: int, clock: Any) -> int:
    key = services.files.put(PHOTO, "misfiled.jpg")
    photo = StoredDocument(key, "misfiled.jpg", len(PHOTO), "image/jpeg")
    with services.database.begin() as tx:
        (given,) = give_evidence(
            services, tx, "chenyu", form_id, [photo], ["A1-3-1"], "page", clock()
        )
    return given.ids[0]


def order_draft(services: Services, form_id: int, clock: Any, turn: int) -> None:
    with services.database.begin() as tx:
        preview(tx, "chenyu", form_id, clock(), turn)


def purge(services: Services, form_id: int, evidence_id: int, clock: Any) -> None:
    """Ordered and agreed to; the worker has yet to come."""
    now = clock()
    with services.database.begin() as tx:
        ask_purge(services, tx, "chenyu", form_id, "evidence", str(evidence_id), "by mistake", now)
        agree_purge(services, tx, "linfan", purges.of_form(tx, form_id)[-1].id, now)


def stored(services: Services) -> list[bytes]:
    root = Path(services.settings.file_store)
    return [path.read_bytes() for path in root.rglob("*") if path.is_file()]


def test_what_a_dead_worker_stored_goes_too(
    services: Services, form_id: int, evidence_id: int, clock: Any
) -> None:
    services.files.put(PHOTO, "the same, fetched once more.jpg")
    purge(services, form_id, evidence_id, clock)
    TaskWorker(services).work_due()
    assert stored(services) == []


@pytest.mark.parametrize("worker_is_late", [False, True])
def test_a_draft_after_a_purge_arrives_under_its_name(
    services: Services, form_id: int, evidence_id: int, clock: Any, api: Any, worker_is_late: bool
) -> None:
    """It has the same bytes as the one that the purge took along."""
    order_draft(services, form_id, clock, 1)
    Ticker(services).tick()
    purge(services, form_id, evidence_id, clock)
    if worker_is_late:
        order = TaskWorker(services)._claim()
        assert order is not None
        assert order.kind == "erase"
    order_draft(services, form_id, clock, 2)
    for _ in range(4):
        Ticker(services).tick()
        clock.advance(LEASE.total_seconds() / 2)
    assert api.uploads == ["draft.docx", "draft.docx"]
    assert stored(services) == [b"a draft report"]

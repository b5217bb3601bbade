"""A worker that dies between any two steps, or works twice: each kind of task is done once."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from bot.acts.check_directory import check_directory
from bot.acts.evidence import give_evidence
from bot.acts.order_archive import order_archive
from bot.acts.order_list import order_list
from bot.acts.order_overview import order_overview
from bot.acts.order_summary import order_summary
from bot.acts.photos import keep_photo
from bot.acts.picture import picture
from bot.jobs.tasks import LEASE, TaskWorker
from bot.jobs.work import KINDS
from bot.lifecycle import By
from bot.materials_news import WINDOW, announce
from bot.services import Services
from bot.stored import StoredDocument
from bot.wecom.api import Download
from storage import cycles, evidence, tasks

ORDERS = (
    *("archive", "directory", "leader_picture", "materials", "office_list", "overview", "photo"),
    "summary",
)
Order = Callable[[str], None]


@pytest.fixture
def order(services: Services, form_id: int, clock: Any, api: Any) -> Order:
    """Orders one task of the kind, due now."""
    photo = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(photo, "PNG")
    api.download = lambda media_id, most: Download(photo.getvalue(), "x.png", "image/png")
    api.user = lambda userid: {"userid": userid, "name": "", "status": 1}
    document = StoredDocument(services.files.put(b"x", "x.pdf"), "x.pdf", 1, "application/pdf")

    def ordered(kind: str) -> None:
        now = clock()
        with services.database.begin() as tx:
            cycle = cycles.current(tx)
            assert cycle is not None
            if kind == "archive":
                order_archive(tx, "zhouning", By.COORDINATOR, cycle.id, now, 1)
            elif kind == "summary":
                order_summary(tx, "wuheng", By.FINANCE, cycle.id, now, 1)
            elif kind == "directory":
                check_directory(tx, "zhouning", now, 1)
            elif kind == "leader_picture":
                picture(tx, "chenyu", form_id, now, 1)
            elif kind == "office_list":
                order_list(tx, "chenyu", form_id, "财务", now, 1)
            elif kind == "overview":
                order_overview(tx, "zhouning", "book", now, 1)
            elif kind == "photo":
                keep_photo(tx, "chenyu", form_id, "m1", "evidence", "", now, 1)
            else:
                give_evidence(services, tx, "chenyu", form_id, [document], ["A1-3-1"], "page", now)
                announce(services, tx, "chenyu", form_id, 65, now)
        clock.advance(WINDOW.total_seconds())

    return ordered


def outcome(services: Services, form_id: int) -> tuple[int, int]:
    """How many messages wait to be sent, and how many files stand as evidence."""
    with services.database.begin() as tx:
        sent = tx.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()
        return int(sent), len(evidence.of_form(tx, form_id))


def crash(*_: Any, **__: Any) -> Any:
    raise KeyboardInterrupt  # what ends a process is no Exception


def crash_after(act: Callable[..., Any]) -> Callable[..., Any]:
    def acting(*given: Any, **more: Any) -> Any:
        act(*given, **more)
        raise KeyboardInterrupt

    return acting


def test_all_kinds_are_tried_here_or_elsewhere() -> None:
    assert {*KINDS} == {
        *ORDERS,
        *("delivery", "erase", "erase_cycle", "mail", "notice", "opinion", "preview"),
    }


@pytest.mark.parametrize("kind", ORDERS)
@pytest.mark.parametrize("where", ["stored", "finished", "said"])
def test_a_worker_that_dies_leaves_it_to_the_next(
    services: Services,
    form_id: int,
    clock: Any,
    order: Order,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    where: str,
) -> None:
    order(kind)
    before = outcome(services, form_id)
    with monkeypatch.context() as broken:
        if where == "stored":
            name = "put_from" if kind == "archive" else "put"  # archives are large
            broken.setattr(services.files, name, crash_after(getattr(services.files, name)))
        if where == "finished":
            broken.setattr(tasks, "finish", crash_after(tasks.finish))
        if where == "said":
            broken.setattr("bot.postbox.outbox.add", crash)
        dies = kind not in ("directory", "materials") or where != "stored"  # they store nothing
        if dies:
            with pytest.raises(KeyboardInterrupt):
                TaskWorker(services).work_due()
            assert outcome(services, form_id) == before
            clock.advance(LEASE.total_seconds())
    assert TaskWorker(services).work_due() == 1
    messages, files = outcome(services, form_id)
    assert messages > before[0]
    clock.advance(LEASE.total_seconds())
    assert TaskWorker(services).work_due() == 0
    assert outcome(services, form_id) == (messages, files)


@pytest.mark.parametrize("kind", ORDERS)
def test_two_workers_with_the_same_task_do_it_once(
    services: Services, form_id: int, clock: Any, order: Order, kind: str
) -> None:
    order(kind)
    slow = TaskWorker(services)
    task = slow._claim()
    assert task is not None
    clock.advance(LEASE.total_seconds())
    TaskWorker(services).work_due()
    done = outcome(services, form_id)
    slow._work(task)
    assert outcome(services, form_id) == done

"""Drafts and deliveries: made outside the turn, handed over once, whatever breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.acts.approve import approve
from bot.acts.preview import preview
from bot.documents import DOCX, Document
from bot.jobs.tasks import LEASE, MOST_TRIES, TaskWorker
from bot.jobs.tick import Ticker
from bot.services import Services
from storage import answers, deliveries, files, forms, people, tasks
from storage.database import DatabaseDown


@pytest.fixture
def approved(services: Services, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "in_review", clock())
        approve(services, tx, "linfan", filled, clock())
    return filled


def handed_over(services: Services, form_id: int) -> tuple[str, int, int]:
    """State, number of deliveries, number of files on their way to finance."""
    with services.database.begin() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        query = "SELECT count(*) FROM outbox WHERE userid = 'wuheng' AND kind = 'upload+send'"
        rows = tx.exec_driver_sql(query).scalar_one()
        return form.state, len(deliveries.of_form(tx, form_id)), int(rows)


def test_an_approved_form_is_delivered(services: Services, approved: int) -> None:
    assert TaskWorker(services).work_due() == 1
    assert handed_over(services, approved) == ("delivered", 1, 2)


def test_the_whole_delivery_arrives(services: Services, approved: int, api: Any) -> None:
    Ticker(services).tick()
    # To finance at once, and to the contact to be printed and sealed.
    assert sorted(api.uploads) == ["report-1.docx"] * 2 + ["scores-1.xlsx"] * 2


def test_the_stored_files_can_be_read(services: Services, approved: int) -> None:
    TaskWorker(services).work_due()
    with services.database.read() as tx:
        (delivery,) = deliveries.of_form(tx, approved)
        names = [files.get(tx, key).name for key in delivery.files]  # type: ignore[union-attr]
    assert names == ["report-1.docx", "scores-1.xlsx"]
    assert services.files.get(delivery.files[0]) == b"report 1"


def crash(*_: Any, **__: Any) -> Any:
    raise KeyboardInterrupt  # what ends a process is no Exception


@pytest.mark.parametrize("where", ["build", "store", "ledger", "notices", "finish"])
def test_a_crash_at_any_point_delivers_once_in_the_end(
    services: Services, approved: int, clock: Any, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    worker = TaskWorker(services)
    with monkeypatch.context() as broken:
        if where == "build":
            worker = TaskWorker(replace(services, build=crash))
        elif where == "store":
            broken.setattr(services.files, "put", crash)
        elif where == "ledger":
            broken.setattr("bot.acts.deliver.deliveries.add", crash)
        elif where == "notices":
            broken.setattr("bot.acts.deliver.notices.delivered_to_finance", crash)
        else:
            broken.setattr("bot.jobs.work.preview.tasks.finish", crash)
        with pytest.raises(KeyboardInterrupt):
            worker.work_due()
    assert handed_over(services, approved) == ("approved", 0, 0)
    worker = TaskWorker(services)
    assert worker.work_due() == 0  # still claimed by the dead one
    clock.advance(LEASE.total_seconds())
    assert worker.work_due() == 1
    assert handed_over(services, approved) == ("delivered", 1, 2)
    clock.advance(LEASE.total_seconds())
    assert worker.work_due() == 0


def test_two_workers_with_the_same_task_deliver_once(
    services: Services, approved: int, clock: Any
) -> None:
    """The first was so slow that its lease ran out while it built."""
    slow = TaskWorker(services)
    task = slow._claim()
    assert task is not None
    clock.advance(LEASE.total_seconds())
    TaskWorker(services).work_due()
    slow._work(task)
    assert handed_over(services, approved) == ("delivered", 1, 2)


def test_what_changed_while_it_was_made_is_made_anew(
    services: Services, approved: int, clock: Any
) -> None:
    """A purge doesn't wait for documents, and what it erased must not be delivered after it."""
    fact = "duties"

    def build(form: Any, standard: Any, given: Any, edition: Any) -> list[Document]:
        words = str(given.get(fact))
        with services.database.begin() as tx:
            (event, *_) = reversed(answers.history(tx, approved, fact))
            answers.purge(tx, event.id, "chenyu", "linfan", clock())
        return [Document("report.docx", words.encode(), DOCX)]

    worker = TaskWorker(replace(services, build=build))
    with capture_logs():
        worker.work_due()
        assert handed_over(services, approved) == ("approved", 0, 0)
        clock.advance(60)
        worker.work_due()
    with services.database.read() as tx:
        (delivery,) = deliveries.of_form(tx, approved)
    assert services.files.get(delivery.files[0]) == b"None"


def test_a_builder_that_fails_is_tried_again_and_given_up(
    services: Services, approved: int, clock: Any
) -> None:
    def failing(*_: Any) -> Any:
        raise ValueError("private words")

    worker = TaskWorker(replace(services, build=failing))
    with capture_logs() as lines:
        for _ in range(MOST_TRIES + 2):
            worker.work_due()
            clock.advance(3600)
    assert len(lines) == MOST_TRIES
    assert "private words" not in str(lines)
    with services.database.begin() as tx:
        (task,) = tasks.stuck(tx)
        assert task.last_error == "ValueError"
        assert tasks.revive(tx, task.id, clock())
    TaskWorker(services).work_due()
    assert handed_over(services, approved) == ("delivered", 1, 2)


def test_coordinators_are_told_once_of_a_delivery_that_was_given_up(
    services: Services, approved: int, clock: Any
) -> None:
    def failing(*_: Any) -> Any:
        raise ValueError

    worker = TaskWorker(replace(services, build=failing))
    with capture_logs():
        for _ in range(MOST_TRIES + 2):
            worker.work_due()
            clock.advance(3600)
    with services.database.begin() as tx:
        query = "SELECT payload FROM outbox WHERE userid = 'zhouning'"
        (told,) = tx.exec_driver_sql(query).scalars()
    assert "科工商务局" in told
    assert "没有报送成功" in told


def test_a_report_that_nobody_would_get_is_not_delivered(
    services: Services, approved: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        people.revoke(tx, "wuheng", "finance")
    with capture_logs():
        TaskWorker(services).work_due()
    assert handed_over(services, approved) == ("approved", 0, 0)
    with services.database.begin() as tx:
        people.grant(tx, "wuheng", "finance")
    clock.advance(3600)
    TaskWorker(services).work_due()
    assert handed_over(services, approved) == ("delivered", 1, 2)


def test_a_database_that_is_down_counts_as_no_failure(services: Services, approved: int) -> None:
    def down(*_: Any) -> Any:
        raise DatabaseDown("down")

    with pytest.raises(DatabaseDown):
        TaskWorker(replace(services, build=down)).work_due()


def test_a_draft_goes_to_who_asked(services: Services, form_id: int, clock: Any, api: Any) -> None:
    with services.database.begin() as tx:
        preview(tx, "chenyu", form_id, clock(), 1)
    Ticker(services).tick()
    assert api.uploads == ["draft.docx"]


def test_a_draft_that_cannot_be_made_is_apologised_for(
    services: Services, form_id: int, clock: Any, api: Any
) -> None:
    def failing(*_: Any) -> Any:
        raise ValueError

    ticker = Ticker(replace(services, build=failing))
    with services.database.begin() as tx:
        preview(tx, "chenyu", form_id, clock(), 1)
    with capture_logs():
        for _ in range(MOST_TRIES):
            ticker.tick()
            clock.advance(3600)
    assert "草稿没有做成" in api.payloads[-1].decode()

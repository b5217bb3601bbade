"""A cycle that is over: one department delivered, was reviewed and talked to; another never began."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.acts.close_cycle import close_cycle
from bot.archiving.making import MadeArchive, make_archive, note_archive
from bot.jobs.outbox import OutboxWorker
from bot.jobs.tasks import TaskWorker
from bot.lifecycle import By
from bot.services import Services
from dialogs.bubbles import Words
from storage import cycles, evidence, files, forms, reviewing, submissions, tasks

SECRET = "这句话只应该在档案里"


@dataclass
class Year:
    """The closed cycle and its delivered form."""

    services: Services
    cycle_id: int
    form_id: int
    evidence_key: str

    def make(self) -> tuple[int, MadeArchive]:
        """Makes and notes an archive."""
        made = make_archive(self.services, self.cycle_id, "周宁")
        with self.services.database.begin() as tx:
            return note_archive(tx, made, "zhouning", self.services.clock()), made

    def content(self, made: MadeArchive) -> bytes:
        return self.services.files.get(made.key)


@pytest.fixture
def year(services: Services, clock, filled: int) -> Year:
    """Delivered, reviewed with one point less, closed."""
    with services.database.begin() as tx:
        key = services.files.put(b"%PDF-1.4 a contract", "合同.pdf")
        files.keep(tx, key, "合同.pdf", 19, "application/pdf", clock())
        evidence.add(tx, filled, "", key, "chenyu", clock())
        forms.note_event(tx, filled, "waive", "linfan", "drafting", "drafting", clock(), SECRET)
        submissions.add(tx, filled, "H4T2-8K", "chenyu", clock())
        forms.set_state(tx, filled, "drafting", "approved", clock())
        services.postbox.post(tx, "chenyu", (Words(SECRET),), clock(), filled)
    deliver_by_task(services, filled)
    OutboxWorker(services).send_due()
    with services.database.begin() as tx:
        reviewing.give_points(
            tx, filled, 1, "B3-2", Decimal("3.50"), f"{SECRET}，缺合同", "wuheng", clock()
        )
        cycle = cycles.current(tx)
    clock.advance(3600)
    with services.database.begin() as tx:
        close_cycle(tx, "zhouning", By.COORDINATOR, cycle.id, clock())
    clock.advance(3600)
    return Year(services, cycle.id, filled, key)


def deliver_by_task(services: Services, form_id: int) -> None:
    with services.database.begin() as tx:
        order = {"form_id": form_id, "version": 1}
        tasks.add(tx, "delivery", order, f"delivery:{form_id}:1", services.clock())
    TaskWorker(services).work_due()


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


@pytest.fixture
def told(services: Services) -> Callable[[str], str]:
    """All that waits for somebody or was said to them, as raw payloads."""

    def found(userid: str) -> str:
        with services.database.read() as tx:
            rows = tx.exec_driver_sql("SELECT payload FROM outbox WHERE userid = ?", (userid,))
            return "\n".join(row[0] for row in rows)

    return found

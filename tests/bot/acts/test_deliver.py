"""报送 with the evidence in one file: what arrives, what is said of lateness and changes, once."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.acts.approve import approve
from bot.acts.base import standing_of
from bot.acts.evidence import give_evidence
from bot.acts.purge import agree_purge, ask_purge
from bot.acts.record_answer import record_answer
from bot.acts.return_form import return_form
from bot.acts.send_in import send_in
from bot.jobs.tasks import LEASE, TaskWorker
from bot.services import Services
from bot.stored import StoredDocument
from scoring.values import Text
from storage import deliveries, evidence, files, forms, tasks
from storage.files import FileMissing

Give = Callable[..., None]
Approved = Callable[..., None]


@pytest.fixture
def give(services: Services, filled: int, clock: Any) -> Give:
    """Gives a file for an item while the form is filled in."""

    def given(item: str, name: str, content: bytes = b"%PDF scan") -> None:
        key = services.files.put(content, name)
        document = StoredDocument(key, name, len(content), "application/pdf")
        with services.database.begin() as tx:
            give_evidence(services, tx, "chenyu", filled, [document], [item], "page", clock())

    return given


@pytest.fixture
def delivered(services: Services, filled: int, clock: Any) -> Approved:
    """Sends the form in, approves it, and lets the worker deliver it."""

    def do(work: bool = True) -> None:
        with services.database.begin() as tx:
            send_in(services, tx, "chenyu", filled, clock())
        clock.advance(60)
        with services.database.begin() as tx:
            approve(services, tx, "linfan", filled, clock())
        clock.advance(1)
        if work:
            TaskWorker(services).work_due()

    return do


def told(services: Services, userid: str = "wuheng", topic: str = "delivery") -> list[str]:
    """What somebody was sent of a topic: texts, titles of cards, names of files."""
    found = []
    with services.database.begin() as tx:
        query = (
            "SELECT payload, file_key, about FROM outbox WHERE userid = ? AND topic = ? ORDER BY id"
        )
        for payload, key, about in tx.exec_driver_sql(query, (userid, topic)).all():
            assert about == "301"
            body = json.loads(payload)
            card = body.get("template_card", {}).get("main_title", {}).get("title")
            stored = files.get(tx, key) if key else None
            found.append(stored.name if stored else card or body["text"]["content"])
    return found


def test_finance_gets_summary_documents_evidence_and_card_in_this_order(
    services: Services, filled: int, give: Give, delivered: Approved
) -> None:
    give("A1-3-1", "决算.pdf")
    give("A1-3-2", "批复.pdf", b"%PDF other")
    delivered()
    words, report, scores, packed, card = told(services)
    assert "佐证材料共2个文件" in words
    assert "晚了" not in words
    assert (report, scores) == ("report-1.docx", "scores-1.xlsx")
    assert packed.endswith("佐证材料（第1版）.zip")
    assert "已报送" in card
    with services.database.read() as tx:
        (version,) = deliveries.of_form(tx, filled)
        deadline = standing_of(tx, filled).deadline
    assert version.deadline == deadline
    assert version.evidence_key is not None
    bundle = zipfile.ZipFile(io.BytesIO(services.files.get(version.evidence_key)))
    assert [name.split()[0] for name in bundle.namelist()] == ["A1-3", "A1-3", "00", "00"]


def test_without_evidence_there_is_no_empty_file(
    services: Services, filled: int, delivered: Approved
) -> None:
    delivered()
    words, *rest = told(services)
    assert "没有随附佐证材料" in words
    assert len(rest) == 3
    with services.database.read() as tx:
        assert deliveries.of_form(tx, filled)[0].evidence_key is None


@pytest.mark.parametrize("public", ["", "https://jixiao.example.gov.cn"])
def test_what_is_too_large_for_a_chat_is_told_by_its_page(
    services: Services,
    filled: int,
    give: Give,
    delivered: Approved,
    public: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.acts.deliver.LARGEST", 1000)
    object.__setattr__(
        services, "settings", services.settings.model_copy(update={"public_url": public})
    )
    give("A1-3-1", "决算.pdf", b"%PDF" + bytes(2000))
    delivered()
    words, *rest = told(services)
    assert "超过企业微信能发的大小" in words
    assert (f"{public}/pages/deliveries/{filled}" in words) == bool(public)
    assert not [name for name in rest if name.endswith(".zip")]


@pytest.mark.parametrize(("days", "says"), [(0, "不到1个工作日"), (1, "晚了1个工作日")])
def test_a_late_delivery_says_by_how_much(
    services: Services, filled: int, delivered: Approved, clock: Any, days: int, says: str
) -> None:
    with services.database.read() as tx:
        clock.now = standing_of(tx, filled).deadline + timedelta(days=days, minutes=5)
    delivered()
    assert says in told(services)[0]


def test_an_extension_counts(
    services: Services, filled: int, delivered: Approved, clock: Any
) -> None:
    with services.database.begin() as tx:
        later = standing_of(tx, filled).deadline + timedelta(days=10)
        tx.exec_driver_sql("UPDATE forms SET extended_to = ?", (later.isoformat(" "),))
        assert standing_of(tx, filled).deadline == later
        clock.now = later - timedelta(days=2)
    delivered()
    assert "晚了" not in told(services)[0]


def test_what_waited_for_a_server_is_not_late(
    services: Services, filled: int, delivered: Approved, clock: Any
) -> None:
    with services.database.read() as tx:
        clock.now = standing_of(tx, filled).deadline - timedelta(hours=1)
    delivered(work=False)
    clock.advance(3 * 86400)
    TaskWorker(services).work_due()
    assert "晚了" not in told(services)[0]


def test_a_repeated_delivery_says_what_changed(
    services: Services, filled: int, give: Give, delivered: Approved, clock: Any
) -> None:
    give("A1-3-1", "决算.pdf")
    give("A1-3-2", "批复.pdf", b"%PDF 2")
    delivered()
    clock.advance(60)
    with services.database.begin() as tx:
        return_form(services, tx, "wuheng", filled, "请补材料", clock())
    clock.advance(60)
    give("B1-1-1", "总表.pdf", b"%PDF 3")
    words = {"yearly_work": Text("全年工作平稳，" * 30 + "改在这里" + "，各项任务完成" * 30)}
    with services.database.begin() as tx:
        record_answer(services, tx, "chenyu", filled, words, "改了", clock())
        first, second = evidence.of_form(tx, filled)[:2]
        evidence.remove(tx, filled, first.id, "chenyu", clock())
        evidence.remove(tx, filled, second.id, "chenyu", clock())
    give("A1-3-1", "决算新.pdf", b"%PDF 4")
    clock.advance(60)
    delivered()
    said = told(services)[-5]
    assert "佐证材料：新交1项" in said
    assert "换了1项（财政拨款收入决算表）" in said
    assert "撤下1项（调整预算批复）" in said
    assert "【9】年度总体工作" in said
    assert told(services)[-2].endswith("佐证材料（第2版）.zip")


def test_a_purge_erases_the_evidence_in_one_file_too(
    services: Services, filled: int, give: Give, delivered: Approved, clock: Any
) -> None:
    give("A1-3-1", "决算.pdf")
    delivered()
    with services.database.begin() as tx:
        (version,) = deliveries.of_form(tx, filled)
        (given,) = evidence.of_form(tx, filled)
        ask_purge(services, tx, "chenyu", filled, "evidence", str(given.id), "不该上网", clock())
        number = tx.exec_driver_sql("SELECT max(id) FROM purges").scalar_one()
        agree_purge(services, tx, "linfan", number, clock())
    TaskWorker(services).work_due()
    assert version.evidence_key
    with pytest.raises(FileMissing):
        services.files.get(version.evidence_key)


def test_a_damaged_file_holds_nothing_up_and_is_told(
    services: Services, filled: int, give: Give, delivered: Approved
) -> None:
    give("A1-3-1", "决算.pdf")
    give("A1-3-2", "批复.pdf", b"%PDF 2")
    with services.database.read() as tx:
        key = evidence.of_form(tx, filled)[0].file_key
    services.files.erase(key)
    with capture_logs():
        delivered()
    words, *_ = told(services)
    assert "有1个佐证材料的文件坏了" in words
    assert "决算.pdf" in words


def crash(*_: Any, **__: Any) -> Any:
    raise KeyboardInterrupt  # what ends a process is no Exception


@pytest.mark.parametrize(
    "where",
    [
        "reports.evidence_bundle.write_bundle",
        "bot.acts.deliver.notices.delivered_to_finance",
        "bot.acts.deliver.order_mail",
    ],
)
def test_killed_anywhere_it_is_delivered_once(
    services: Services,
    filled: int,
    give: Give,
    delivered: Approved,
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    give("A1-3-1", "决算.pdf")
    delivered(work=False)
    with monkeypatch.context() as broken:
        broken.setattr(where, crash)
        with pytest.raises(KeyboardInterrupt):
            TaskWorker(services).work_due()
    assert told(services) == []
    clock.advance(LEASE.total_seconds())
    TaskWorker(services).work_due()
    assert len(told(services)) == 5
    clock.advance(LEASE.total_seconds())
    assert TaskWorker(services).work_due() == 0


def test_a_bundle_that_was_not_delivered_leaves_nothing_behind(
    services: Services, filled: int, give: Give, delivered: Approved, clock: Any
) -> None:
    """The form went another way while the files were made."""
    give("A1-3-1", "决算.pdf")
    delivered(work=False)
    worker = TaskWorker(services)
    task = worker._claim()
    assert task is not None
    with services.database.begin() as tx:
        tasks.finish(tx, task.id, clock())
        before = {path.name for path in _stored(services)}
        forms.set_state(tx, filled, "approved", "drafting", clock())
        forms.set_state(tx, filled, "drafting", "approved", clock())
    worker._work(task)
    new = {path.name for path in _stored(services)} - before
    assert not [name for name in new if name.endswith(".zip")]


def _stored(services: Services) -> list[Any]:
    return [path for path in Path(services.settings.file_store).rglob("*") if path.is_file()]

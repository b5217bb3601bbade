"""汇总 and 归档 from the order to the message, and who may order them."""

from __future__ import annotations

import json

import pytest

from bot.acts.base import ActRefused
from bot.acts.order_archive import order_archive
from bot.acts.order_summary import order_summary
from bot.jobs.tasks import TaskWorker
from bot.lifecycle import By
from storage import archives, cycles, people, tasks


def order(services, act, who, by, clock, turn: int = 1):
    with services.database.begin() as tx:
        act(tx, who, by, cycles.current(tx).id, clock(), turn)


def waiting(services, userid: str) -> list[dict]:
    with services.database.read() as tx:
        query = "SELECT payload, file_key, topic FROM outbox WHERE userid = ? ORDER BY id"
        rows = tx.exec_driver_sql(query, (userid,))
        return [{**json.loads(row[0]), "key": row[1], "topic": row[2]} for row in rows]


@pytest.mark.parametrize(("who", "by"), [("wuheng", By.FINANCE), ("zhouning", By.COORDINATOR)])
def test_a_summary_comes_once_as_a_file(services, clock, who, by):
    for _ in range(2):
        order(services, order_summary, who, by, clock)
    assert TaskWorker(services).work_due() == 1
    (message,) = waiting(services, who)
    assert (message["msgtype"], message["topic"]) == ("file", "summary")
    assert services.files.get(message["key"]).startswith(b"PK")


@pytest.mark.parametrize(
    ("who", "by"),
    [
        ("chenyu", By.CONTACT),
        ("linfan", By.REVIEWER),
        ("chenyu", By.FINANCE),
        ("wuheng", By.COORDINATOR),
    ],
)
def test_who_may_not(services, clock, who, by):
    with pytest.raises(ActRefused, match="not_yours"):
        order(services, order_summary, who, by, clock)
    with pytest.raises(ActRefused, match="not_yours"):
        order(services, order_archive, who, by, clock)


def test_who_coordinates_one_department_sums_up_that_one(services, clock):
    with services.database.begin() as tx:
        department = people.roles(tx, "chenyu")[0].department_id
        people.grant(tx, "gaolan", "coordinator", department)
    order(services, order_summary, "gaolan", By.COORDINATOR, clock)
    with services.database.read() as tx:
        (row,) = tx.exec_driver_sql(
            "SELECT CAST(payload AS TEXT) FROM tasks WHERE kind = 'summary'"
        ).all()
    assert json.loads(row[0])["departments"] == [department]
    with pytest.raises(ActRefused, match="not_yours"):
        order(services, order_archive, "gaolan", By.COORDINATOR, clock)


def test_an_archive_is_made_once_and_told(services, clock):
    order(services, order_archive, "zhouning", By.COORDINATOR, clock)
    with pytest.raises(ActRefused, match="archive_running"):
        order(services, order_archive, "zhouning", By.COORDINATOR, clock, turn=2)
    assert TaskWorker(services).work_due() == 1
    words, file = waiting(services, "zhouning")
    assert "4个单位" in words["text"]["content"]
    assert "还没有结束" in words["text"]["content"]
    assert file["msgtype"] == "file"
    with services.database.read() as tx:
        (found,) = archives.of_cycle(tx, cycles.current(tx).id)
    assert found.sha256 in words["text"]["content"]


def test_killed_before_the_end_it_is_made_once(services, clock, monkeypatch):
    order(services, order_archive, "zhouning", By.COORDINATOR, clock)
    monkeypatch.setattr("bot.jobs.work.archive._tell", _die)
    assert TaskWorker(services).work_due() == 1
    with services.database.read() as tx:
        assert archives.of_cycle(tx, cycles.current(tx).id) == []
    monkeypatch.undo()
    clock.advance(600)
    TaskWorker(services).work_due()
    with services.database.read() as tx:
        assert len(archives.of_cycle(tx, cycles.current(tx).id)) == 1
    assert len(waiting(services, "zhouning")) == 2


def _die(*_: object) -> None:
    raise OSError("no space left")


def test_who_ordered_learns_that_there_is_none(services, clock, monkeypatch):
    order(services, order_archive, "zhouning", By.COORDINATOR, clock)
    order(services, order_summary, "zhouning", By.COORDINATOR, clock)
    monkeypatch.setattr("bot.jobs.work.archive.make_archive", _die)
    monkeypatch.setattr("bot.jobs.work.summary.summary_document", _die)
    for _ in range(8):
        TaskWorker(services).work_due()
        clock.advance(3600)
    told = json.dumps(waiting(services, "zhouning"), ensure_ascii=False)
    assert "归档没有做成" in told
    assert "汇总没有做成" in told
    with services.database.read() as tx:
        assert len(tasks.stuck(tx)) == 2

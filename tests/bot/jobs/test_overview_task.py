"""导出 and 进度图 on their way: ordered in the turn, made by the worker, sent once."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from PIL import Image

from bot.acts.base import ActRefused
from bot.acts.order_overview import order_overview
from bot.jobs.tasks import TaskWorker
from bot.jobs.work import overview as work
from bot.services import Services, make_services
from dialogs import desk
from storage import cycles, erasure, people, tasks

Sent = list[tuple[str, str, str]]


@pytest.fixture
def sent(services: Services) -> Callable[[], Sent]:
    """Files and texts in the outbox: person, kind of message, key or words."""

    def look() -> Sent:
        with services.database.read() as tx:
            rows = tx.exec_driver_sql("SELECT userid, payload, file_key FROM outbox ORDER BY id")
            found = [(row[0], json.loads(row[1]), row[2]) for row in rows]
        return [
            (userid, body["msgtype"], key or body.get("text", {}).get("content", ""))
            for userid, body, key in found
        ]

    return look


def order(services: Services, what: str, turn: int = 1, userid: str = "zhouning") -> None:
    with services.database.begin() as tx:
        order_overview(tx, userid, what, services.clock(), turn)


def test_the_table_comes_as_a_file(services: Services, filled: int, sent: Any) -> None:
    order(services, "book")
    order(services, "book")
    assert sent() == []  # nothing is made inside a turn
    assert TaskWorker(services).work_due() == 1
    ((userid, kind, key),) = sent()
    assert (userid, kind) == ("zhouning", "file")
    book = openpyxl.load_workbook(io.BytesIO(services.files.get(key)), read_only=True)
    assert book.sheetnames == ["进度", "分部分", "缺什么", "人员"]
    rows = list(book["进度"].iter_rows(min_row=5, values_only=True))
    assert len(rows) == 4
    row = next(row for row in rows if row[0] == "301")
    assert row[1:4] == ("梅州市梅江区科工商务局", "填报中", "陈宇")
    assert row[10] == 95.45


def test_the_picture_comes_as_an_image(services: Services, filled: int, sent: Any) -> None:
    order(services, "picture")
    TaskWorker(services).work_due()
    ((_, kind, key),) = sent()
    assert kind == "image"
    assert Image.open(io.BytesIO(services.files.get(key))).width == 1080


def test_a_crash_after_the_work_sends_nothing_twice(
    services: Services, filled: int, sent: Any
) -> None:
    order(services, "book")
    with services.database.begin() as tx:
        (task,) = tasks.claim(tx, services.clock(), 1, timedelta(minutes=5))
    work.run(services, task)
    work.run(services, task)
    assert len(sent()) == 1


def test_a_coordinator_of_some_gets_only_those(services: Services, filled: int, sent: Any) -> None:
    with services.database.begin() as tx:
        query = "SELECT id FROM departments WHERE code = '302'"
        other = tx.exec_driver_sql(query).scalar_one()
        people.upsert(tx, "fangqing", "方晴")
        people.grant(tx, "fangqing", "coordinator", other)
    order(services, "book", userid="fangqing")
    TaskWorker(services).work_due()
    ((_, _, key),) = sent()
    book = openpyxl.load_workbook(io.BytesIO(services.files.get(key)), read_only=True)
    assert [row[0] for row in book["进度"].iter_rows(min_row=5, values_only=True)] == ["302"]


def test_who_is_no_coordinator_any_more_gets_nothing_of_it(
    services: Services, filled: int, sent: Any
) -> None:
    order(services, "book")
    with services.database.begin() as tx:
        people.revoke(tx, "zhouning", "coordinator")
    TaskWorker(services).work_due()
    assert [kind for _, kind, _ in sent()] == ["text"]
    with services.database.begin() as tx, pytest.raises(ActRefused):
        order_overview(tx, "chenyu", "book", services.clock(), 2)


def test_with_no_cycle_open_that_is_said(services: Services, sent: Any) -> None:
    order(services, "book")
    with services.database.begin() as tx:
        for cycle in cycles.open_ones(tx):
            cycles.close(tx, cycle.id)
    TaskWorker(services).work_due()
    ((_, kind, words),) = sent()
    assert (kind, "没有进行中的自评" in words) == ("text", True)


def test_who_waits_for_it_is_told_when_it_fails(
    services: Services, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(services, "book")
    with services.database.begin() as tx:
        (task,) = tasks.claim(tx, services.clock(), 1, timedelta(minutes=5))
        work.given_up(services, tx, task, services.clock())
    assert "没有做成" in sent()[0][2]


def test_a_purge_finds_the_tables_that_were_sent(
    services: Services, filled: int, sent: Any
) -> None:
    before = services.clock()
    order(services, "book")
    TaskWorker(services).work_due()
    ((_, _, key),) = sent()
    with services.database.read() as tx:
        query = "SELECT department_id FROM forms WHERE id = ?"
        department = tx.exec_driver_sql(query, (filled,)).scalar_one()
        assert key in erasure.files_made_for(tx, department, before)


def test_it_can_be_asked_for_in_the_chat(
    services: Services, settings: Any, clock: Any, api: Any, make_line: Any, reply: Any, filled: int
) -> None:
    real = replace(make_services(settings, clock, desk=desk.step), api=api)
    line = make_line(real)
    assert "4个单位" in reply(line.say("zhouning", "进度"))
    assert reply(line.say("zhouning", "进度 科工商务局")).startswith(
        "梅州市梅江区科工商务局：填报中"
    )
    assert "马上" in reply(line.say("zhouning", "导出"))
    assert TaskWorker(real).work_due() == 1
    assert "每周第一个工作日" in reply(line.say("linfan", "周报"))
    with real.database.read() as tx:
        wanted = "SELECT weekly FROM people WHERE userid = 'linfan'"
        assert tx.exec_driver_sql(wanted).scalar_one()
    assert "不再发" in reply(line.say("linfan", "不要周报"))
    real.close()

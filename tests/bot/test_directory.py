"""The roster against the directory of WeChat Work: who left, was renamed, or can't be reached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import directory
from bot.jobs.dated.directory import order
from bot.jobs.tasks import TaskWorker
from bot.services import Services
from bot.unasked import directory as unasked
from bot.unasked import planner
from bot.unasked.base import Look
from bot.unasked.hours import own_minute
from bot.wecom.errors import ApiError, CallFailed, NotSent, reaction_to
from storage import departments, directory_marks, people, tasks

NIGHT = datetime(2022, 5, 11, 19, 30, tzinfo=UTC)
"""Half past three on a Thursday in Shanghai."""
NINE = datetime(2022, 5, 12, 1, 0, tzinfo=UTC)


class Corporation:
    """Answers user/get: everybody is there under the name we know, but for what a test says."""

    def __init__(self, services: Services, api: Any) -> None:
        with services.database.read() as tx:
            self.names = {post.userid: post.name for post in people.posts(tx)}
        self.odd: dict[str, Any] = {}
        self.asked: list[str] = []
        self.breaks_after = 10**6
        api.user = self.user

    def user(self, userid: str) -> dict[str, Any]:
        self.asked.append(userid)
        if len(self.asked) > self.breaks_after:
            raise NotSent("user/get", "no connection")
        odd = self.odd.get(userid, {})
        if isinstance(odd, int):
            raise ApiError("user/get", odd, "text", reaction_to(odd))
        return {"userid": userid, "name": self.names[userid], "status": 1} | odd


@pytest.fixture
def corporation(services: Services, api: Any) -> Corporation:
    return Corporation(services, api)


def standings(services: Services) -> dict[str, str]:
    with services.database.read() as tx:
        return {userid: m.standing for userid, m in directory_marks.of_roster(tx).items()}


def said(services: Services) -> list[tuple[str, str]]:
    with services.database.read() as tx:
        query = "SELECT userid, payload FROM outbox WHERE topic LIKE 'digest_directory%'"
        return [(row[0], row[1]) for row in tx.exec_driver_sql(query)]


def plan(services: Services, clock: Any, userid: str = "zhouning", days: int = 0) -> None:
    """The planner at the person's own minute of a morning."""
    morning = NINE + timedelta(days=days)
    clock.now = morning + own_minute(userid, (morning + timedelta(hours=8)).date())
    planner.plan(services, clock())


def test_everybody_who_is_as_we_know_them(services: Services, corporation: Corporation) -> None:
    assert directory.reconcile(services) == ["14人都和企业微信通讯录对得上。"]
    assert set(standings(services).values()) == {"fine"}
    assert corporation.asked == sorted(corporation.asked)


@pytest.mark.parametrize(
    ("odd", "standing"),
    [
        (60111, "left"),
        (40003, "left"),
        (60011, "unseen"),
        (60021, "unseen"),
        ({"status": 2}, "disabled"),
        ({"status": 4}, "unseen"),
        ({"status": 5}, "left"),
        ({"name": "陈玉"}, "renamed"),
        ({"name": "陈宇-科工商务局"}, "fine"),
        ({"name": "陈 宇"}, "fine"),
        ({"name": ""}, "fine"),
        ({"name": "chenyu"}, "fine"),
        ({"status": None}, "fine"),
    ],
)
def test_how_somebody_stands(
    services: Services, corporation: Corporation, odd: Any, standing: str
) -> None:
    corporation.odd["chenyu"] = odd
    directory.reconcile(services)
    found = standings(services)
    assert found.pop("chenyu") == standing
    assert set(found.values()) == {"fine"}


def test_what_is_found_is_said_with_whom_it_leaves_alone(
    services: Services, corporation: Corporation
) -> None:
    corporation.odd |= {"chenyu": 60111, "linfan": {"name": "林凡"}, "hesui": {"status": 2}}
    assert directory.reconcile(services) == [
        "陈宇（chenyu，梅州市梅江区科工商务局填报人）：企业微信里已经没有这个账号（离职，或者账号写错了）",
        "何穗（hesui，梅州市梅江区民政局填报人）：企业微信账号已停用",
        "林帆（linfan，梅州市梅江区科工商务局审核人）：企业微信里的名字是“林凡”",
        "现在没有一个填报人能联系上的部门：梅州市梅江区科工商务局、梅州市梅江区民政局",
    ]


@pytest.mark.parametrize("code", [48002, 60020, 45009, -1])
def test_a_directory_that_cannot_be_asked_is_no_finding(
    services: Services, corporation: Corporation, code: int
) -> None:
    corporation.odd["chenyu"] = code
    with pytest.raises(CallFailed):
        directory.reconcile(services)
    assert "chenyu" not in standings(services)


def test_a_broken_line_keeps_what_was_found_before(
    services: Services, corporation: Corporation
) -> None:
    corporation.breaks_after = 3
    with pytest.raises(NotSent):
        directory.reconcile(services)
    assert list(standings(services)) == ["baizhou", "chenyu", "fangze"]


def test_an_app_that_may_not_ask_at_all_is_no_finding(
    services: Services, corporation: Corporation
) -> None:
    corporation.odd = dict.fromkeys(corporation.names, 60011)
    directory.reconcile(services)
    assert standings(services) == {}


def test_people_who_left_the_roster_are_not_asked_for(
    services: Services, corporation: Corporation
) -> None:
    with services.database.begin() as tx:
        people.upsert(tx, "moran", "莫然")
        people.upsert(tx, "songqi", "宋启", active=False)
    directory.reconcile(services)
    assert not {"moran", "songqi"} & set(corporation.asked)


def test_each_night_once_and_in_pieces(
    services: Services, corporation: Corporation, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "AT_ONCE", 5)
    clock.now = NIGHT
    worker = TaskWorker(services)
    for minutes in (0, 10, 60):
        clock.now = NIGHT + timedelta(minutes=minutes)
        order(services, clock())
        worker.work_due()
    assert len(corporation.asked) == len(set(corporation.asked)) == 14
    clock.now = NIGHT + timedelta(days=1)
    order(services, clock())
    worker.work_due()
    assert len(corporation.asked) == 28


def test_in_the_day_nobody_is_asked_for(services: Services, clock: Any) -> None:
    order(services, NINE)
    with services.database.read() as tx:
        assert not tasks.any_open(tx, "directory")


def test_a_night_without_a_line_is_tried_again_and_then_let_be(
    services: Services, corporation: Corporation, clock: Any
) -> None:
    corporation.breaks_after = 0
    clock.now = NIGHT
    order(services, clock())
    for _ in range(8):
        TaskWorker(services).work_due()
        clock.advance(1000)
    assert standings(services) == {}
    assert said(services) == []
    with services.database.read() as tx:
        assert [task.kind for task in tasks.stuck(tx)] == ["directory"]


def test_coordinators_are_told_once(
    services: Services, corporation: Corporation, clock: Any
) -> None:
    clock.now = NIGHT
    directory.reconcile(services)
    plan(services, clock)
    assert said(services) == []  # everybody is as we know them
    clock.now = NIGHT + timedelta(days=1)
    corporation.odd |= {"chenyu": 60111, "luping": {"name": "卢萍"}}
    directory.reconcile(services)
    for days in (1, 4, 5):
        plan(services, clock, days=days)
    ((userid, payload),) = said(services)
    assert userid == "zhouning"
    assert "陈宇" in payload
    assert "卢萍" in payload
    assert "没有一个填报人能联系上的部门：梅州市梅江区科工商务局" in payload
    assert "林帆" not in payload


def test_a_second_change_is_told_without_the_first(
    services: Services, corporation: Corporation, clock: Any
) -> None:
    clock.now = NIGHT
    corporation.odd = {"chenyu": 60111}
    directory.reconcile(services)
    plan(services, clock)
    clock.now = NIGHT + timedelta(days=1)
    corporation.odd = {"hesui": {"status": 2}}
    directory.reconcile(services)
    plan(services, clock, days=1)
    first, second = (payload for _, payload in said(services))
    assert "陈宇" in first
    assert "何穗" in second
    assert "又能联系上了" in second


def test_what_no_longer_holds_is_not_said(
    services: Services, corporation: Corporation, clock: Any
) -> None:
    clock.now = NIGHT
    corporation.odd = {"chenyu": 60111}
    directory.reconcile(services)
    with services.database.begin() as tx:
        people.upsert(tx, "chenyu", "陈宇", active=False)
    plan(services, clock)
    assert said(services) == []


def test_only_coordinators_whom_it_concerns_are_told(
    services: Services, corporation: Corporation, clock: Any
) -> None:
    with services.database.begin() as tx:
        for userid, code in (("luping", "302"), ("xumo", "303")):
            found = departments.by_code(tx, code)
            assert found
            people.grant(tx, userid, "coordinator", found.id)
    clock.now = NIGHT
    corporation.odd = {"hesui": 60111}
    directory.reconcile(services)
    clock.now = NINE
    with services.database.read() as tx:
        due = list(unasked.due(Look(services, tx, clock())))
    assert {(reason.userid, reason.about) for reason in due} == {
        ("zhouning", ("302",)),
        ("luping", ("302",)),
    }


def test_many_findings_are_a_few_lines(
    services: Services, corporation: Corporation, clock: Any
) -> None:
    clock.now = NIGHT
    directory.reconcile(services)
    clock.now += timedelta(minutes=1)
    corporation.odd = dict.fromkeys(set(corporation.names) - {"zhouning"}, 60111)
    directory.reconcile(services)
    clock.now = NINE
    with services.database.read() as tx:
        look = Look(services, tx, clock())
        told = unasked.say(look, [r for r in unasked.due(look) if r.userid == "zhouning"])
    assert told
    assert told.title == "名册核对：13人和通讯录对不上"
    assert len(told.lines) == 13
    assert "还有3人，请看名册页。" in told.lines


def test_who_cannot_be_reached(services: Services, corporation: Corporation) -> None:
    corporation.odd = {"chenyu": 60111, "hesui": {"name": "何岁"}, "tangyue": {"status": 4}}
    directory.reconcile(services)
    with services.database.read() as tx:
        assert directory_marks.unreachable(tx) == {"chenyu", "tangyue"}

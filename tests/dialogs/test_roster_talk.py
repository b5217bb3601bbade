"""What coordinators say of the roster (名册)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.bubbles import Words
from dialogs.case import Desk, Person, Role
from dialogs.desks import roster
from dialogs.effects import CheckDirectory
from dialogs.events import Chosen, Said
from dialogs.roster_page import RosterPage
from dialogs.states import State
from dialogs.understand.roster import RosterWish, read_roster_wish

NOW = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
WHO = Person("zhouning", "周宁", frozenset({Role.COORDINATOR}))
PAGE = RosterPage(True, "https://jixiao.example.gov.cn/pages/roster", 4, 14)


@pytest.mark.parametrize(
    "said",
    [
        "名册", "导入名单", "导入名册", "更新一下名册", "怎么改名册", "名册模板", "下载名册",
        "导出名册", "換名冊", "上传新的人员名单", "名册在哪里？", "名单怎么改", "请把名册发给我",
        "　导入　名单",
    ],
)  # fmt: skip
def test_the_page_is_wanted(said: str) -> None:
    assert read_roster_wish(said) is RosterWish.PAGE


@pytest.mark.parametrize(
    "said",
    ["核对名册", "核对通讯录", "通讯录核对一下", "和企业微信通讯录核对", "核对一下名册和通讯录", "請核對一下企業微信通訊錄"],
)  # fmt: skip
def test_comparing_is_wanted(said: str) -> None:
    assert read_roster_wish(said) is RosterWish.CHECK


@pytest.mark.parametrize(
    "said",
    ["名单", "人员名单", "花名册", "导出名单", "换人 民政局 张三", "通知 全部 请更新名册",
     "把名单里没报的催一下", "进度", "是", "", "名" * 40],
)  # fmt: skip
def test_it_is_about_other_things(said: str) -> None:
    assert read_roster_wish(said) is None
    desk = Desk(WHO, Role.COORDINATOR, (), roster_page=PAGE)
    assert roster.read(State(), Said(said), desk, NOW) is None


def answer(said: str, page: RosterPage | None, role: Role = Role.COORDINATOR) -> tuple[str, tuple]:
    desk = Desk(WHO, role, (), ("周宁", "吴衡"), roster_page=page)
    step = roster.read(State(), Said(said), desk, NOW)
    if step is None:
        return "", ()
    (bubble,) = step.bubbles
    assert isinstance(bubble, Words)
    return bubble.text, step.effects


def test_where_it_is_changed() -> None:
    text, effects = answer("导入名册", PAGE)
    assert "4个部门、14人" in text
    assert text.endswith(PAGE.address)
    assert effects == ()


def test_who_cannot_be_reached_is_said_along() -> None:
    odd = tuple(f"第{n}条" for n in range(1, 6))
    text, _ = answer("名册", RosterPage(True, PAGE.address, 4, 14, odd))
    assert text.splitlines()[1:] == ["第1条", "第2条", "第3条", "还有2条，请看名册页。"]


def test_without_a_page_the_command_is_named() -> None:
    text, _ = answer("名册", RosterPage(True))
    assert "jixiao roster import" in text


def test_comparing_is_ordered() -> None:
    text, effects = answer("核对通讯录", PAGE)
    assert "核对" in text
    assert effects == (CheckDirectory(),)


def test_who_coordinates_single_departments_is_sent_to_the_others() -> None:
    text, effects = answer("核对通讯录", RosterPage(False))
    assert text == "名册由管全部部门的统筹改：周宁、吴衡。"
    assert effects == ()


def test_nobody_else_is_answered() -> None:
    assert answer("名册", None) == ("", ())
    assert answer("名册", PAGE, Role.FINANCE) == ("", ())
    desk = Desk(WHO, Role.COORDINATOR, (), roster_page=PAGE)
    assert roster.read(State(), Chosen("coordinator:x:1", ("yes",)), desk, NOW) is None
    assert not roster.is_meant(Chosen("coordinator:x:1", ("yes",)))

"""What people ask about all forms at once, however they write it."""

from __future__ import annotations

import pytest

from dialogs.understand.digest import Topic, read_look, read_name


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("进度", Topic.PROGRESS),
        ("進度", Topic.PROGRESS),
        ("　进度　", Topic.PROGRESS),
        ("查一下进度", Topic.PROGRESS),
        ("麻烦看一下进度", Topic.PROGRESS),
        ("全区进度怎么样了？", Topic.PROGRESS),
        ("谁没动", Topic.IDLE),
        ("誰還沒動？", Topic.IDLE),
        ("哪些单位没动", Topic.IDLE),
        ("还有谁没开始填", Topic.IDLE),
        ("没动静的单位", Topic.IDLE),
        ("谁还没交", Topic.OWED),
        ("还有哪些单位没报？", Topic.OWED),
        ("没报的单位", Topic.OWED),
        ("还差几家", Topic.OWED),
        ("誰還沒報", Topic.OWED),
        ("谁报了", Topic.THERE),
        ("今天谁报了", Topic.THERE),
        ("报上来几家了", Topic.THERE),
        ("哪些单位已经报送了", Topic.THERE),
        ("需要留意的", Topic.AMISS),
        ("谁有问题", Topic.AMISS),
        ("有风险的单位", Topic.AMISS),
        ("有什么变化", Topic.CHANGES),
        ("名单", Topic.PEOPLE),
        ("人员名单", Topic.PEOPLE),
        ("导出", Topic.EXPORT),
        ("導出進度", Topic.EXPORT),
        ("导出表格。", Topic.EXPORT),
        ("进度图", Topic.PICTURE),
        ("发一张进度图", Topic.PICTURE),
        ("周报", Topic.WEEKLY_ON),
        ("要周报", Topic.WEEKLY_ON),
        ("不要周报", Topic.WEEKLY_OFF),
        ("不要周报了", Topic.WEEKLY_OFF),
        ("退订周报", Topic.WEEKLY_OFF),
    ],
)
def test_each_topic_is_understood(said: str, topic: Topic) -> None:
    asked = read_look(said)
    assert asked is not None
    assert asked.topic is topic


@pytest.mark.parametrize(
    ("said", "topic", "name"),
    [
        ("进度 民政局", Topic.PROGRESS, "民政局"),
        ("进度：民政局、水务局", Topic.PROGRESS, "民政局、水务局"),
        ("名单 民政局", Topic.PEOPLE, "民政局"),
        ("民政局的名单", Topic.PEOPLE, "民政局"),
    ],
)
def test_a_department_may_be_named(said: str, topic: Topic, name: str) -> None:
    asked = read_look(said)
    assert asked is not None
    assert (asked.topic, asked.said.replace(",", "、")) == (topic, name)


@pytest.mark.parametrize(
    "said",
    ["民政局进度", "民政局填到哪了？", "民政局怎么样了", "民政局交了吗", "民政局", "看看民政局"],
)
def test_a_name_may_stand_in_front(said: str) -> None:
    assert read_look(said) is None
    asked = read_name(said)
    assert asked is not None
    assert asked.said == "民政局"


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("谁没动", 0),
        ("谁3天没动", 3),
        ("３天没动的", 3),
        ("两天没动的单位", 2),
        ("谁一周没动", 5),
        ("十个工作日没动", 10),
    ],
)
def test_how_long_may_be_said(said: str, days: int) -> None:
    asked = read_look(said)
    assert asked is not None
    assert (asked.topic, asked.days) == (Topic.IDLE, days)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("谁逾期了", "late"),
        ("逾期的单位", "late"),
        ("对不上的", "blocked"),
        ("分数下降的", "falling"),
        ("谁卡住了", "stuck"),
        ("没有材料的", "unproved"),
        ("没有填报人的单位", "nobody"),
    ],
)
def test_one_kind_of_trouble_may_be_asked_for(said: str, kind: str) -> None:
    asked = read_look(said)
    assert asked is not None
    assert (asked.topic, asked.kind) == (Topic.AMISS, kind)


@pytest.mark.parametrize(
    "said",
    [
        "通过",
        "退回 数不对",
        "催办 没动的",
        "催办 民政局",
        "通知 全部 请抓紧进度",
        "放行 民政局 1 口径不同",
        "代审 林帆 由 何穗",
        "截止改到6月20日",
        "进度\n民政局\n水务局",
        "",
        "好" * 100,
    ],
)
def test_other_messages_are_left_alone(said: str) -> None:
    assert read_look(said) is None

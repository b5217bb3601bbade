"""报告 某单位, 材料 某单位: which words ask for it, and which don't."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs import desk
from dialogs.bubbles import Words
from dialogs.case import Desk, FormView, Person, Role, Waiting
from dialogs.effects import SendAgain
from dialogs.events import Said
from dialogs.states import State
from dialogs.step import Step
from scoring.standard import Standard
from scoring.values import Value

NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 6, 15, 10, 0, tzinfo=UTC)
NAMES = {
    1: ("城东区科工商务局", ("商务局",), "delivered", 2),
    2: ("城东区民政局", (), "accepted", 1),
    3: ("城东区发展和改革局", ("发改局",), "drafting", 1),
    4: ("城东区卫生健康局", ("卫健局",), "drafting", 0),
    5: ("城东区水务局", (), "delivered", 1),
}
Say = Callable[..., Step]


@pytest.fixture
def say(standard: Standard, converse: Callable[..., Any]) -> Say:
    answers: Mapping[str, Value] = converse(example="reference-case.yaml").answers

    def said(
        text: str, role: Role = Role.FINANCE, ids: Any = NAMES, pending: Any = None, links: Any = ()
    ) -> Step:
        forms = tuple(
            Waiting(
                FormView(
                    *(n, NAMES[n][2], NAMES[n][0], 2021, DEADLINE, NAMES[n][3]),
                    department_code=f"30{n}",
                    short_names=NAMES[n][1],
                ),
                standard,
                answers,
                links=dict(links),
            )
            for n in ids
        )
        view = Desk(Person("p", "吴恒", frozenset({role})), role, forms)
        return desk.step(State().but(pending=pending or {}), Said(text), view, NOW)

    return said


def words(step: Step) -> str:
    return "\n".join(b.text for b in step.bubbles if isinstance(b, Words))


@pytest.mark.parametrize("role", [Role.FINANCE, Role.COORDINATOR])
@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("报告 商务局", [(1, "report", 0)]),
        ("材料 科工商务局", [(1, "evidence", 0)]),
        ("商务局的材料", [(1, "evidence", 0)]),
        ("商务局報告", [(1, "report", 0)]),
        ("　报告：　商务局。", [(1, "report", 0)]),
        ("把商务局第1版的报告再发我一下", [(1, "report", 1)]),
        ("报告 商务局 第一版", [(1, "report", 1)]),
        ("请再发一次民政局的佐证材料", [(2, "evidence", 0)]),
        ("发展和改革局的评分表", [(3, "report", 0)]),
        ("发改局的报告和材料", [(3, "all", 0)]),
        ("商务局、民政局的报送文件", [(1, "all", 0), (2, "all", 0)]),
        ("下载 302 的材料包", [(2, "evidence", 0)]),
        ("看看水务局的报告", [(5, "report", 0)]),
    ],
)
def test_files_are_sent_again(say: Say, role: Role, said: str, asked: list[Any]) -> None:
    step = say(said, role)
    assert list(step.effects) == [SendAgain(*each) for each in asked]
    assert "马上发来" in words(step)


@pytest.mark.parametrize(
    "said",
    [
        "材料不全",
        "报告第三页写错了",
        "接收 商务局 报告",
        "今天几点交报告",
        "报告一下进度",
        "材料什么时候能到",
        "进度 商务局",
        "退回 商务局 报告里的数不对",
        "你好",
    ],
)
def test_other_talk_is_left_alone(say: Say, said: str) -> None:
    assert not [e for e in say(said).effects if isinstance(e, SendAgain)]


def test_words_that_are_waited_for_are_not_taken(say: Say) -> None:
    step = say("商务局的材料", ids=[1], pending={"kind": "send_back", "form": 1})
    assert not [e for e in step.effects if isinstance(e, SendAgain)]


def test_without_a_name_it_is_asked_unless_there_is_only_one(say: Say) -> None:
    step = say("报告")
    assert step.effects == ()
    assert "城东区科工商务局" in words(step)
    assert "城东区卫生健康局" not in words(step)
    assert say("材料", ids=[2, 4]).effects == (SendAgain(2, "evidence"),)
    assert "还没有单位报送过" in words(say("报告", ids=[4]))


def test_what_was_never_delivered_is_said(say: Say) -> None:
    step = say("报告 卫健局")
    assert step.effects == ()
    assert "城东区卫生健康局还没有报送过" in words(step)
    step = say("卫健局、商务局的报告")
    assert step.effects == (SendAgain(1, "report"),)
    assert "城东区卫生健康局还没有报送过" in words(step)


def test_an_unknown_name_is_asked_about(say: Say) -> None:
    step = say("报告 气象局")
    assert step.effects == ()
    assert "气象局" in words(step)


def test_many_are_on_the_page(say: Say) -> None:
    link = "https://jixiao.example.gov.cn/pages/deliveries/1?for=x"
    step = say("全部单位的报告", links={"deliveries": link})
    assert step.effects == ()
    assert "https://jixiao.example.gov.cn/pages/deliveries。" in words(step)


def test_a_reviewer_gets_none(say: Say) -> None:
    step = say("报告 商务局", Role.REVIEWER)
    assert not [e for e in step.effects if isinstance(e, SendAgain)]

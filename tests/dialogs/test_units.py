"""Figures given unit by unit: taken line by line, added up when all are there."""

from typing import Any

import pytest

from dialogs.case import UnitView
from tests.dialogs.conftest import Converse

UNITS = (UnitView(1, "本级"), UnitView(2, "电子商务管理中心"), UnitView(3, "科技服务中心"))


@pytest.fixture
def talk(converse: Converse) -> Any:
    """A talk that stands at the question for income and its adjusted budget."""
    start = {"income_total": None, "income_adjusted_budget": None}
    talk = converse(start, "reference-case.yaml", units=UNITS)
    talk.open()
    assert talk.item is not None
    assert talk.item.question.id == "income_total"
    return talk


def test_the_question_says_that_units_may_give_their_own(talk: Any) -> None:
    assert "可以分单位报" in talk.reply
    assert "已报0/3个单位，还差：本级、电子商务管理中心、科技服务中心" in talk.reply


def test_part_of_the_units_leaves_the_question_open(talk: Any) -> None:
    reply = talk.say("本级 2000万元 1700万元\n电商中心 不知道")
    assert "“电商中心 不知道”没对上是哪个单位" in reply
    reply = talk.say("电子商务管理中心：500万元 400万元")
    assert "已报2/3个单位，还差：科技服务中心" in reply
    assert talk.effects == ["RecordUnits"]
    assert "income_total" not in talk.answers


def test_the_sum_is_the_answer_and_its_origin_is_shown(talk: Any) -> None:
    talk.say("本级 2000万元 1700万元\n电子商务 500万元 400万元")
    reply = talk.say("科技服务中心 87.01万元 149.57万元")
    assert talk.effects == ["RecordUnits", "RecordAnswer"]
    assert talk.answers["income_total"].plain() == "2587.01万元"
    assert talk.answers["income_adjusted_budget"].plain() == "2249.57万元"
    assert "2587.01万元＝本级 2000万元＋电子商务管理中心 500万元＋科技服务中心 87.01万元" in reply
    assert "A1-3" in reply


def test_a_line_that_is_not_clear_is_asked_and_the_others_are_kept(talk: Any) -> None:
    reply = talk.say("本级 2000万元 1700万元\n水务站 1万元 1万元\n科技服务中心 很多")
    assert "“水务站 1万元 1万元”没对上是哪个单位" in reply
    assert "科技服务中心这一行没看懂" in reply
    assert talk.units[0].figures["income_total"].plain() == "2000万元"
    assert not talk.units[2].figures


def test_the_whole_sum_may_still_be_given_at_once(talk: Any) -> None:
    talk.say("2587.01万元 2249.57万元")
    assert talk.effects == ["RecordAnswer"]


def test_changing_one_unit_changes_the_sum(talk: Any) -> None:
    talk.say("本级 2000万元 1700万元\n电子商务 500万元 400万元\n科技服务 87.01万元 149.57万元")
    reply = talk.say("修改 收入合计")
    assert "＝本级 2000万元＋" in reply
    talk.say("本级 2100万元 1700万元")
    assert talk.answers["income_total"].plain() == "2687.01万元"


def test_who_is_missing_can_be_asked(talk: Any) -> None:
    talk.say("本级 2000万元 1700万元")
    reply = talk.say("哪些单位没报")
    assert "3个单位分报" in reply
    assert "本级 2/" in reply
    assert "科技服务中心 0/" in reply


def test_a_department_without_units_is_not_bothered(converse: Converse) -> None:
    talk = converse({"income_total": None}, "reference-case.yaml")
    assert "分单位" not in talk.open()
    assert "没有设下属单位" in talk.say("下属单位")

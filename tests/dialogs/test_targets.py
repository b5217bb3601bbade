"""Which fact, question or indicator people mean by a number, a code or a name."""

from __future__ import annotations

import pytest

from dialogs.targets import find, guess, nearest_code
from scoring.standard import Standard

CLEAR = {
    "procurement_actual": "实际采购金额 采购金额 采购实际金额 实际采购金额98.31万元 實際採購金額 【实际采购金额】 政府采购的实际采购金额",
    "procurement_plan": "采购计划 计划金额 政府采购计划金额合计",
    "satisfaction_percent": "满意度 我们的满意度 满意度那题",
    "carryover_closing": "年末结转 年末财政拨款结转和结余",
    "sangong_budget": "三公预算 三公经费预算安排数 “三公”经费预算安排数",
    "income_total": "收入合计 财政拨款收入 收入决算数",
    "accounts_published": "决算公开",
    "contact_phone": "电话 联系电话 第2题电话",
    "key_tasks": "重点工作 重点工作任务",
    "special_funds": "专项 专项资金",
}
SEVERAL = {
    "采购": {"B3-1", "B3-2"},
    "三公": {"C1-2"},
    "结转": {"B1-1"},
    "公开": {"B2-1", "B2-2", "33"},
    "信访": {"C4-1"},
    "b31": {"B3-1"},
    "B3—1": {"B3-1"},
    "B3": {"B3-1", "B3-2"},
    "执行率": {"B3-1"},
    "差异率": {"A1-3"},
    "数据质量": {"B5-4"},
    "第三十四题": {"B3-1"},
    "十二": {"A1-3"},
    "资产管理": {"B5-1", "B5-2", "B5-3", "B5-4", "B5-5"},
}
UNKNOWN = ["月球", "固定资产利用率", "第99题", "B5-9", "去年的实际采购金额", "的", ""]


def test_one_fact_is_meant(standard: Standard) -> None:
    named = {said: fact for fact, names in CLEAR.items() for said in names.split()}
    found = {said: [each.fact for each in find(standard, said)] for said in named}
    assert found == {said: [fact] for said, fact in named.items()}


@pytest.mark.parametrize("said", SEVERAL)
def test_the_indicators_that_may_be_meant(said: str, standard: Standard) -> None:
    found = find(standard, said)
    assert {nearest_code(standard, each, said) for each in found} >= SEVERAL[said] - {"33"}
    assert {nearest_code(standard, each, said) for each in found} <= SEVERAL[said]


@pytest.mark.parametrize("said", UNKNOWN)
def test_what_nothing_is_called(said: str, standard: Standard) -> None:
    assert find(standard, said) == ()


def test_what_only_resembles_a_name_is_guessed_not_found(standard: Standard) -> None:
    assert find(standard, "实际采构金额") == ()
    assert guess(standard, "实际采构金额")[0].fact == "procurement_actual"
    assert guess(standard, "月球") == ()


def test_a_fact_that_counts_for_none_has_its_number(standard: Standard) -> None:
    (phone,) = find(standard, "联系电话")
    assert nearest_code(standard, phone, "联系电话") == str(standard.number_of["cover"])


def test_of_several_indicators_the_one_that_is_called_alike(standard: Standard) -> None:
    (funds,) = find(standard, "专项资金")
    assert len(standard.feeds["special_funds"]) > 1
    assert nearest_code(standard, funds, "专项资金") == "B4-1"
    assert nearest_code(standard, funds, "项目完成及时性") == "C2-3"

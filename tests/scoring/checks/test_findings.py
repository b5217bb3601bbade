"""Findings: each kind fires where it should, keeps quiet where it should, and names both figures."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from scoring.checks import KINDS, Finding, Severity
from scoring.engine import findings
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.values import Rows, Value
from scoring.wording import explain_finding

FUND = {"name": "甲资金", "amount": "33万元", "self_score": 100, "on_time": True, "work": "做了"}
LONG = "坚持稳中求进工作总基调，统筹疫情防控和经济社会发展，牢牢守住安全生产底线，" * 2

Changed = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def changed(standard: Standard, reference: Mapping[str, Value]) -> Changed:
    """The findings of the reference case with some answers changed (None takes one away)."""

    def findings_of(**plain: Any) -> tuple[Finding, ...]:
        answers = dict(reference)
        for fact, given in plain.items():
            answers.pop(fact, None)
            if given is not None:
                answers[fact] = read_value(standard.facts[fact], given)
        return findings(standard, answers)

    return findings_of


def only(found: tuple[Finding, ...]) -> Finding:
    assert len(found) == 1, [explain_finding(finding) for finding in found]
    return found[0]


def funds(*rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**FUND, **row} for row in rows]


# Each case: the answers changed, the code and severity found, the first fact it points to, and
# words that the sentence must hold.
CASES: list[tuple[dict[str, Any], str, str, str, list[str]]] = [
    (
        {"income_general": "2586.23万元"},
        "total",
        "blocker",
        "income_total",
        ["2587.01万元", "2586.23万元", "0.78万元", "财政拨款收入合计（决算数）", "第12题"],
    ),
    (
        {"expenditure_general": "1044.53万元"},
        "total",
        "blocker",
        "expenditure_total",
        ["2620.74万元", "1044.53万元", "1576.21万元"],
    ),
    (
        {"carryover_closing": "27.47万元"},
        "carryover",
        "blocker",
        "carryover_closing",
        ["60.2万元", "2587.01万元", "2620.74万元", "26.47万元", "27.47万元", "相差1万元"],
    ),
    ({"petitions_answered": 8}, "more_than", "blocker", "petitions_answered", ["8", "7", "办复"]),
    ({"hotline_on_time": 422}, "more_than", "blocker", "hotline_on_time", ["422", "421"]),
    ({"projects_faulty": 7}, "more_than_rows", "warning", "projects_faulty", ["7", "6项"]),
    (
        {"compliance_findings": 1, "compliance_kinds": ["A", "B"]},
        "too_many_kinds",
        "warning",
        "compliance_kinds",
        ["1个", "2类"],
    ),
    (
        {"compliance_findings": 1, "compliance_kinds": []},
        "no_kinds",
        "warning",
        "compliance_kinds",
        ["1个"],
    ),
    (
        {"compliance_findings": 0, "compliance_kinds": ["C"]},
        "too_many_kinds",
        "warning",
        "compliance_kinds",
        ["0个", "1类"],
    ),
    (
        {"procurement_actual": "120万元"},
        "over_plan",
        "warning",
        "procurement_actual",
        ["120万元", "100万元"],
    ),
    (
        {"procurement_plan": "0万元"},
        "without_plan",
        "warning",
        "procurement_actual",
        ["0万元", "98.31万元", "不得分"],
    ),
    (
        {"income_adjusted_budget": "0万元"},
        "no_base",
        "warning",
        "income_adjusted_budget",
        ["2587.01万元", "0万元", "第12题"],
    ),
    (
        {"special_funds": funds({}, {"name": "乙资金", "amount": "23元"}, {"name": "丙资金"})},
        "outlier",
        "warning",
        "special_funds",
        ["第2行", "乙资金", "23元", "33万元", "应为23万元"],
    ),
    (
        {"special_funds": funds({"amount": "150.92元"})},
        "tiny_amount",
        "warning",
        "special_funds",
        ["150.92元", "应为150.92万元"],
    ),
    (
        {
            "special_funds": funds(
                {}, {"name": "乙资金"}, {"name": "丙资金", "amount": "276773.33万元"}
            )
        },
        "outlier",
        "warning",
        "special_funds",
        ["第3行", "276773.33万元", "应为276773.33元"],
    ),
    (
        {"special_funds": funds({"province_share": "30万元", "city_share": "5万元"})},
        "shares",
        "warning",
        "special_funds",
        ["33万元", "30万元", "5万元", "35万元"],
    ),
    (
        {
            "special_funds": funds(
                {"province_share": "10万元", "city_share": "5万元", "district_share": "1万元"}
            )
        },
        "shares",
        "warning",
        "special_funds",
        ["33万元", "16万元"],
    ),
    (
        {"special_funds": [{k: v for k, v in FUND.items() if k != "self_score"}]},
        "missing_cell",
        "warning",
        "special_funds",
        ["甲资金", "自评分", "按0分计"],
    ),
    (
        {"rent_paid_on": "2022-06-01"},
        "day_later",
        "warning",
        "rent_paid_on",
        ["2022-06-01", "2022-05-27"],
    ),
    ({"rent_paid_on": "2020-12-31"}, "day_earlier", "warning", "rent_paid_on", ["2020-12-31"]),
    (
        {"filled_on": "2031-05-27"},
        "filled_on_unlikely",
        "warning",
        "filled_on",
        ["2031-05-27", "2021年度"],
    ),
    (
        {"next_steps": LONG, "yearly_work": LONG},
        "repeats",
        "hint",
        "yearly_work",
        ["年度总体工作", "下一步工作计划", "坚持稳中求进"],
    ),
    (
        {"yearly_work": "2020年度较好地完成了各项任务。"},
        "other_year",
        "hint",
        "yearly_work",
        ["2020年度", "2021年度"],
    ),
    (
        {"yearly_work": "走访困难企业，联系人张某，手机13912345678，身份证441400199001011234。"},
        "private_number",
        "warning",
        "yearly_work",
        ["手机号139****5678", "身份证号4414**********1234", "年度总体工作"],
    ),
    (
        {"special_funds": funds({"work": "补助打入6222020000000000000"})},
        "private_number",
        "warning",
        "special_funds",
        ["银行卡号6222***********0000", "第1行"],
    ),
]


@pytest.mark.parametrize(
    ("plain", "code", "severity", "fact", "words"), CASES, ids=lambda value: str(value)[:40]
)
def test_found(
    changed: Changed, plain: dict[str, Any], code: str, severity: str, fact: str, words: list[str]
) -> None:
    found = [finding for finding in changed(**plain) if finding.code == code]
    finding = only(tuple(found))
    assert finding.severity is Severity(severity)
    assert finding.facts[0] == fact
    sentence = explain_finding(finding)
    for word in words:
        assert word in sentence, sentence


QUIET: list[dict[str, Any]] = [
    {},
    # Rounding: 0.01 万元 for each rounded part.
    {"income_general": "2587.00万元", "carryover_closing": "26.48万元"},
    {"income_general": None},
    {"carryover_opening": {"offline": True}},
    # A row may be one level's part of a fund.
    {
        "special_funds": funds(
            {"amount": "1.782万元", "province_share": "27万元", "district_share": "1.782万元"}
        )
    },
    {"special_funds": funds({"province_share": "10万元"})},
    # The contact's own number is asked for; a long number that is nobody's is none.
    {"contact_phone": "13912345678"},
    {"yearly_work": "合同编号44140019900101123，金额13912345678.00元。"},
    {"special_funds": funds({"amount": "0元"}, {"name": "乙资金"})},
    {"special_funds": funds({"amount": "1306万元"}, {"amount": "1.78万元"}, {"amount": "33万元"})},
    {"yearly_work": "比2020年度增长5%。"},
    {"next_steps": "做好2022年度各项工作。"},
    {"next_steps": "好。" * 20, "yearly_work": "好。" * 20},
    {"procurement_plan": "0万元", "procurement_actual": "0万元"},
    {"rent_paid_on": "2022-01-05"},
]


@pytest.mark.parametrize("plain", QUIET, ids=lambda value: str(value)[:40])
def test_quiet(changed: Changed, plain: dict[str, Any]) -> None:
    assert [explain_finding(finding) for finding in changed(**plain)] == []


def test_tolerance_grows_only_with_rounded_parts(changed: Changed) -> None:
    exact = {"income_total": "25870100元", "income_general": "25870000元"}
    assert "total:income_total" in {finding.key for finding in changed(**exact)}


def test_rent_denied_but_spoken_of(changed: Changed) -> None:
    found = changed(has_rent=False)
    by_code = {finding.code: finding for finding in found}
    assert set(by_code) == {"folded", "mention"}
    mention = explain_finding(by_code["mention"])
    assert "店铺租金收入返拨" in mention
    assert "第6行" in mention
    assert "有资产出租出借收入" in mention
    folded = explain_finding(by_code["folded"])
    assert "330529.2元" in folded
    assert by_code["folded"].facts == (
        "has_rent",
        "rent_amount",
        "rent_paid_on",
        "rent_paid_in_time",
    )


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("将店铺租金返拨用于临聘人员。", True),
        ("对外出租门面两间。", True),
        ("本年度无资产出租。", False),
        ("没有租金收入。", False),
        ("规范出租车行业管理。", False),
        ("出租、出借、处置事项先报批、后实施。", False),
        ("为企业减免租金30万元。", False),
        ("发展网络店铺50家。", False),
        ("整治出租屋消防隐患。", False),
    ],
)
def test_words_about_rent(changed: Changed, text: str, spoken: bool) -> None:
    rows = funds({})
    found = changed(
        has_rent=False,
        rent_amount=None,
        rent_paid_on=None,
        rent_paid_in_time=None,
        special_funds=rows,
        yearly_work=text,
    )
    assert [finding.code for finding in found] == (["mention"] if spoken else [])


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("取得资产处置收入0.8万元。", True),
        ("变卖旧车一辆。", True),
        ("本部门2021年度无资产处置。", False),
        ("妥善处置突发事件。", False),
    ],
)
def test_words_about_disposal(changed: Changed, text: str, spoken: bool) -> None:
    found = changed(yearly_work=text)
    assert [finding.code for finding in found] == (["mention"] if spoken else [])


def test_duties_may_name_what_the_department_never_had(changed: Changed) -> None:
    duties = [{"text": "监督管理全区国有资产出租和资产处置收入。"}]
    assert changed(duties=duties) == ()


def test_keys_survive_a_move_and_new_figures(changed: Changed) -> None:
    wrong = {"name": "乙资金", "amount": "23元"}
    first = only(changed(special_funds=funds({}, wrong, {"name": "丙资金"})))
    second = only(changed(special_funds=funds({**wrong, "amount": "24元"}, {}, {"name": "丙"})))
    assert first.key == second.key
    blocked = {f.key for f in changed(income_general="1万元")}
    assert blocked == {f.key for f in changed(income_general="2万元")}


def test_gravest_first(changed: Changed) -> None:
    found = changed(income_general="1万元", procurement_actual="120万元", yearly_work="2020年度")
    assert [finding.severity.value for finding in found] == ["blocker", "warning", "hint"]


def test_no_answers_no_findings(standard: Standard) -> None:
    assert findings(standard, {}) == ()


def test_empty_tables_do_no_harm(changed: Changed) -> None:
    assert changed(special_funds=[]) == ()
    assert Rows(()).plain() == []


def test_every_kind_is_used_and_tried(standard: Standard) -> None:
    assert {check.kind for check in standard.checks} == set(KINDS)
    modules = {kind.__module__.rsplit(".", 1)[1] for kind in KINDS.values()}
    assert modules == set(KINDS), "one kind, one file, one name"

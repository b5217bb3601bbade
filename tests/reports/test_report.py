"""The report: everything in it follows from the answers and agrees with the score sheet."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm

from reports.completeness import NotComplete
from reports.report import build_report
from scoring.engine import score
from scoring.loading import from_text
from scoring.source import read_source
from scoring.standard import Standard
from scoring.values import Offline, Value
from scoring.wording import written

Answers = dict[str, Value]

NOT_IN_FINAL = ("待填", "草稿", "规则待确认", "None", "{{", "}}", "{%", "nan", "True", "False")
CODE = re.compile(r"(?<![A-Za-z])[ABC][1-5]-\d")


def test_every_indicator_has_its_score_sentence(
    standard: Standard, answers: Answers, text_of: Callable[..., str]
) -> None:
    sheet, text = score(standard, answers), text_of(answers)
    for indicator in standard.indicators:
        points = written(sheet[indicator.code].low)
        start = text.index(f"{indicator.name}\n")
        assert f"故此项指标自评{points}分。" in text[start:].split("\n①")[0], indicator.code
    assert text.count("故此项指标自评") == len(standard.indicators) == 27


def test_groups_and_total_agree_with_the_sheet(
    standard: Standard, answers: Answers, text_of: Callable[..., str]
) -> None:
    sheet, text = score(standard, answers), text_of(answers)
    for code in sheet.groups:
        node, points = standard.nodes[code], written(sheet[code].low)
        assert f"{node.name}指标总分{written(node.max)}分，自评{points}分，其中：" in text
    assert "绩效自评95.45分（满分100分）" in text
    assert "合计扣4.55分。" in text


def test_sections_are_numbered_in_order(answers: Answers, text_of: Callable[..., str]) -> None:
    text = text_of(answers)
    titles = [
        "一、部门基本情况",
        "（一）部门整体概况",
        "（二）年度总体工作和重点工作任务",
        "（三）部门整体支出绩效目标",
        "（四）部门整体收入和部门整体支出情况",
        "二、绩效自评情况",
        "（一）自评结论",
        "（二）部门整体支出绩效指标分析",
        "1.预算编制情况",
        "（1）预算编制",
        "①预算编制合理性",
        "（三）部门整体支出绩效管理存在问题及改进意见",
        "三、下一步工作计划",
    ]
    places = [text.index(f"{title}") for title in titles]
    assert places == sorted(places)


def test_every_row_appears(
    values: Any, plain: dict[str, Any], answers: Answers, text_of: Any
) -> None:
    text = text_of(answers)
    for name in ("duties", "offices", "affiliates", "staffing", "key_tasks", "goals", "problems"):
        for row in plain[name]:
            for cell in row.values():
                if isinstance(cell, str):
                    assert cell.rstrip("。") in text, (name, cell)
    for fund in plain["special_funds"]:
        assert fund["name"] in text
        assert fund["work"] in text
        assert f"安排资金{fund['amount']}" in text
    assert "（各级资金：省级27万元、市级3.618万元、区级1.782万元）" in text


def test_the_final_has_no_placeholder_and_no_code(answers: Answers, text_of: Any) -> None:
    text = text_of(answers)
    for word in NOT_IN_FINAL:
        assert word not in text
    assert not CODE.search(text)
    assert not re.search("[\ue000-\uf8ff]", text)
    assert "。。" not in text
    assert "，。" not in text


def test_the_cover_is_written_as_on_paper(answers: Answers, text_of: Any) -> None:
    lines = text_of(answers).split("\n")
    assert lines[:3] == [
        "附件1",
        "区级部门整体绩效自评报告",
        "部门名称：（公章）梅州市梅江区科工商务局",
    ]
    assert "填报日期：2022年5月27日" in lines
    assert "下属二级预算单位数量：0" in lines


def test_lost_points_are_explained_once_in_each_place(answers: Answers, text_of: Any) -> None:
    text = text_of(answers)
    cause, improvement = "未在“832平台”预留采购份额。", "按要求在“832平台”预留份额采购农副产品。"
    assert (
        f"本项扣1分：“在832平台采购”没有做到，扣1分。扣分原因：{cause}改进措施：{improvement}"
        in text
    )
    assert f"采购合规性方面。{cause}" in text
    assert f"采购合规性方面。{improvement}" in text
    assert text.count("本项扣") == 4


def test_same_causes_are_said_once_for_all_their_indicators(
    values: Any, standard: Standard, plain: dict[str, Any], text_of: Any
) -> None:
    plain |= {"lost_b3_1_cause": "采购计划不细。", "lost_b3_2_cause": "采购计划不细。"}
    text = text_of(values(standard, plain))
    assert "政府采购执行率、采购合规性方面。采购计划不细。" in text


def test_words_the_department_wrote_as_a_problem_are_not_repeated(
    values: Any, standard: Standard, plain: dict[str, Any], text_of: Any
) -> None:
    plain["lost_a1_3_cause"] = plain["problems"][0]["text"]
    assert "财政拨款收入预决算差异率方面。专项资金多需" not in text_of(values(standard, plain))


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ("2587.01万元", "7455.69万元", "比上年决算数减少4868.68万元，下降65.30%。"),
        ("150万元", "100万元", "比上年决算数增加50.00万元，增长50%。"),
        ("100万元", "0万元", "比上年决算数增加100.00万元（上年决算数为0，不计算增长率）。"),
        ("100万元", "1000000元", "一般公共预算财政拨款收入100.00万元，与上年决算数持平。"),
        ("0万元", "0万元", "一般公共预算财政拨款收入0万元，与上年决算数持平。"),
        ("1000000元", "1000040元", "与上年决算数基本持平。"),
    ],
)
def test_growth_follows_from_the_amounts(
    values: Any,
    standard: Standard,
    plain: dict[str, Any],
    text_of: Any,
    now: str,
    before: str,
    sentence: str,
) -> None:
    plain |= {"income_general": now, "income_general_last_year": before}
    # A draft, because the carry-over rate follows and may ask for a cause.
    assert sentence in text_of(values(standard, plain), draft=True)


def test_funds_the_department_has_not_got_are_zero_sentences(
    answers: Answers, text_of: Any
) -> None:
    text = text_of(answers)
    assert "国有资本经营预算财政拨款收入0万元，与上年决算数持平。\n" in text
    assert "政府性基金预算财政拨款收入0万元，比上年决算数减少2791.88万元，下降100%。" in text


def test_what_does_not_apply_has_its_reason_and_the_points_of_the_policy(
    values: Any, standard: Standard, plain: dict[str, Any], text_of: Any
) -> None:
    plain |= {"has_procurement": False, "has_rent": False}
    sentence = "此项指标不适用，按评分标准计满分，故此项指标自评"
    text = text_of(values(standard, plain))
    assert f"本年度无政府采购计划和采购活动，{sentence}3分。" in text
    assert f"本年度无资产出租出借，本年度无资产处置，{sentence}1分。" in text


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        ("exclude", "本年度无政府采购计划和采购活动，此项指标不适用，按评分标准不参与计分"),
        ("zero", "此项指标不适用，按评分标准不得分，故此项指标自评0分。"),
    ],
)
def test_other_policies(
    values: Any, standard: Standard, plain: dict[str, Any], text_of: Any, policy: str, sentence: str
) -> None:
    other = _with_policy(standard, "B3-1", policy)
    plain |= {"procurement_plan": {"na": "本年度无政府采购计划和采购活动"}}
    plain |= {"procurement_actual": {"na": "本年度无政府采购计划和采购活动"}}
    text = text_of(values(other, plain), by=other)
    assert sentence in text
    excluded = policy == "exclude"
    assert ("采购管理指标总分8分，自评6.4分（剔除不适用的指标后按比例折算）" in text) is excluded
    assert ("合计扣" in text) is not excluded


def _with_policy(standard: Standard, code: str, policy: str) -> Standard:
    files = json.loads(standard.text)
    head = f"- code: {code}\n"
    before, after = files["tree.yaml"].split(head)
    files["tree.yaml"] = f"{before}{head}      not_applicable: {policy}\n{after}"
    return from_text(json.dumps(files))


def test_what_is_handed_in_on_paper_is_said_so(
    standard: Standard, answers: Answers, text_of: Any
) -> None:
    answers |= {"income_adjusted_budget": Offline(), "expenditure_general": Offline()}
    text = text_of(answers)
    assert "该数据涉及不宜公开内容，已线下报送，此项指标得分线下核定。" in text
    assert "支出（该数据涉及不宜公开内容，已线下报送），增减情况已线下报送。" in text
    assert "财政拨款收入预决算差异率指标自评0分（含线下核定指标，核定后最高4分）" in text
    assert "部分指标线下核定，核定后最高96.95分" in text
    assert "2249.57" not in text
    assert "扣分指标共3项" in text


def test_a_single_fact_that_does_not_apply_replaces_its_sentence(
    values: Any, standard: Standard, plain: dict[str, Any], text_of: Any
) -> None:
    plain["budget_published"] = {"na": "本部门预算由主管单位统一公开"}
    text = text_of(values(standard, plain))
    assert "本部门预算由主管单位统一公开。部门决算已按" in text


def test_the_final_is_refused_while_anything_is_open(standard: Standard, answers: Answers) -> None:
    del answers["next_steps"], answers["carryover_closing"]
    with pytest.raises(NotComplete) as caught:
        build_report(standard, answers, score(standard, answers), draft=False)
    assert {gap.fact for gap in caught.value.missing} == {"next_steps", "carryover_closing"}
    assert "下一步工作计划" in str(caught.value)


def test_a_missing_cell_keeps_the_final_back(
    values: Any, standard: Standard, plain: dict[str, Any]
) -> None:
    del plain["special_funds"][2]["work"]
    answers = values(standard, plain)
    with pytest.raises(NotComplete) as caught:
        build_report(standard, answers, score(standard, answers), draft=False)
    assert [(g.fact, g.row, g.column) for g in caught.value.missing] == [
        ("special_funds", 2, "work")
    ]


def test_a_draft_marks_its_gaps_and_shows_the_points_within_reach(
    values: Any, docx_text: Any, standard: Standard, plain: dict[str, Any]
) -> None:
    del plain["carryover_closing"], plain["special_funds"][2]["work"], plain["staffing"]
    answers = values(standard, plain)
    data = build_report(standard, answers, score(standard, answers), draft=True)
    text = docx_text(data)
    assert "【待填：专项资金（项目）第3行做了什么、效果如何】" in text
    assert "此项指标目前0分（最高可达5分）。" in text
    assert "目前90.45分（最高可达95.45分）" in text
    marked = _highlighted(data)
    assert "【待填：年末财政拨款结转和结余】" in marked
    assert "【待填：人员编制】" in marked
    assert all(run.startswith("【待填：") for run in marked)
    assert text.count("【待填") == len(marked)


def _highlighted(data: bytes) -> list[str]:
    runs = (run for one in Document(io.BytesIO(data)).paragraphs for run in one.runs)
    return [run.text for run in runs if run.font.highlight_color is not None]


def test_a_draft_of_nothing_can_be_had(docx_text: Any, standard: Standard) -> None:
    text = docx_text(build_report(standard, {}, score(standard, {}), draft=True))
    assert "【待填：部门名称】" in text
    assert "目前0分（最高可达100分）" in text
    assert "None" not in text


def test_only_drafts_bear_the_watermark_on_odd_and_even_pages(
    standard: Standard, answers: Answers
) -> None:
    sheet = score(standard, answers)
    for draft in (True, False):
        section = Document(
            io.BytesIO(build_report(standard, answers, sheet, draft=draft))
        ).sections[0]
        for header in (section.header, section.even_page_header):
            assert ('string="草稿"' in header._element.xml) is draft


def test_the_page_is_that_of_official_papers(standard: Standard, answers: Answers) -> None:
    data = build_report(standard, answers, score(standard, answers), draft=False)
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    wanted = (Mm(210), Mm(297), Mm(37), Mm(35))
    assert all(abs(a - b) < Mm(0.1) for a, b in zip(sizes, wanted, strict=True) if a is not None)
    assert 'w:eastAsia="仿宋_GB2312"' in document.styles["Normal"].element.xml
    assert 'w:line="560" w:lineRule="exact"' in document.styles["Normal"].element.xml
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml
    assert all("w:tblHeader" in table._tbl.xml for table in document.tables)
    fonts = zipfile.ZipFile(io.BytesIO(data)).read("word/fontTable.xml").decode()
    assert 'w:altName w:val="仿宋,FangSong"' in fonts


def test_the_same_answers_give_the_same_bytes(standard: Standard, answers: Answers) -> None:
    sheet = score(standard, answers)
    backwards = dict(reversed(answers.items()))
    first = build_report(standard, answers, sheet, draft=False, version="7")
    assert first == build_report(standard, backwards, sheet, draft=False, version="7")
    assert Document(io.BytesIO(first)).core_properties.version == "7"


HOSTILE = '=HYPERLINK("http://x","y") <b>&amp;&\x00\x0b\ud800\ue000假\ue001 {{ 7*7 }} {% raw %}'


def test_hostile_words_are_printed_as_they_are(
    values: Any, standard: Standard, plain: dict[str, Any], text_of: Any
) -> None:
    plain["next_steps"] = HOSTILE
    plain["lost_a1_3_cause"] = HOSTILE
    plain["goals"][0]["target"] = HOSTILE
    printed = '=HYPERLINK("http://x","y") <b>&amp;&假 {{ 7*7 }} {% raw %}'
    text = text_of(values(standard, plain))
    assert text.count(printed) == 5


def test_long_texts_and_their_lines_are_kept(
    values: Any, standard: Standard, plain: dict[str, Any], text_of: Any
) -> None:
    plain["yearly_work"] = "甲" * 2000 + "\r\n" + "乙" * 1998
    text = text_of(values(standard, plain))
    assert "\n" + "甲" * 2000 + "\n" + "乙" * 1998 + "。\n" in text


@pytest.mark.parametrize("name", ["reference-case", "small-unit", "poor-scores"])
def test_the_examples_make_final_reports(
    values: Any, standard: Standard, text_of: Any, name: str
) -> None:
    path = Path(__file__).parents[2] / "examples" / f"{name}.yaml"
    plain = read_source(name, path.read_text(encoding="utf-8")).data
    answers = values(standard, plain)
    text = text_of(answers)
    for word in NOT_IN_FINAL:
        assert word not in text
    total = written(score(standard, answers).total.low)
    assert f"绩效自评{total}分（满分100分）" in text
    assert text.count("故此项指标自评") == 27


def test_projects_that_were_not_checked_were_not_followed_up_either(
    standard: Standard,
    plain: dict[str, Any],
    values: Callable[..., Answers],
    text_of: Callable[..., str],
) -> None:
    plain |= {"projects_checked": False, "projects_followed_up": False}
    text = text_of(values(standard, plain), draft=True)
    assert "未对所实施的项目开展定期检查" in text
    assert "对检查发现的问题" not in text.split("未对所实施的项目开展定期检查")[1].split("\n")[0]


@pytest.mark.parametrize(
    ("changed", "claimed"),
    [
        ({}, True),
        ({"asset_accounts_agree": False}, False),
        ({"asset_stock_agrees": False}, False),
        ({"asset_accounts_agree": {"na": "资产账由代管单位记"}}, True),
        ({"asset_queries_open": 2}, False),
    ],
)
def test_asset_data_are_not_called_exact_where_accounts_differ(
    standard: Standard,
    plain: dict[str, Any],
    values: Callable[..., Answers],
    text_of: Callable[..., str],
    changed: dict[str, Any],
    claimed: bool,
) -> None:
    text = text_of(values(standard, plain | changed), draft=True)
    assert ("数据完整、准确" in text) is claimed
    assert ("核实性问题均已提供" in text) is ("asset_queries_open" not in changed)


def test_no_space_is_left_behind_full_width_punctuation(
    standard: Standard,
    plain: dict[str, Any],
    values: Callable[..., Answers],
    text_of: Callable[..., str],
) -> None:
    plain["next_steps"] = "稳中求进， 完成目标。 依据 GB/T 9704 排版； 不断改进"
    text = text_of(values(standard, plain))
    assert "稳中求进，完成目标。依据 GB/T 9704 排版；不断改进。" in text

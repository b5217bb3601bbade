"""Reports of other departments, pasted from a PDF: broken lines, other words, contradictions."""

from __future__ import annotations

import pytest

from reports.reading.claims import Brought, Unreadable
from reports.reading.plain_lines import paragraphs
from reports.reading.report import read_report
from reports.wording import say
from scoring.standard import Standard

# Invented. Lines are broken where the printed page was full, as copying from a PDF gives them.
REPORT = """
附件 1
区级部门整体绩效自评报告
部门名称：（公章）梅州市梅江区林草事务局
下属二级预算单位数量：2
填报人：（略）
联系电话：（略）
填报日期：2022.5.9
— 1 —
一、部门基本情况
（一）部门整体概况
1.梅江区林草事务局主要职责：
（1）贯彻执行国家和省、市有关林业草原工作的方针政策和法
律法规，拟订全区林业发展规划，并组织实施和监督检查落实。
（2）负责全区森林防火和有害生物防治工作。
2.梅江区林草事务局部门内设机构情况：
梅江区林草事务局为正科级单位，内设三个股室：办公室（含
信访、档案）、造林股、防火股。下属事业单位 1 个：梅江区苗
圃场。
3.梅江区林草事务局人员编制情况：
本局设行政编制 12 名（现有 11 名），后勤服务人员 1 人（现
有 1 人），设领导职数一正二副（现有一正二副）；下属事业单
位梅江区苗圃场设事业编制 6 个（现有 5 人）。
（二）年度总体工作和重点工作任务
1.年度总体工作。
区林草事务局紧扣全年目标任务，稳中求进抓好造林绿化和森
林防火，全年完成造林面积 3200 亩。
— 2 —
2.重点工作任务。
（1）开展造林绿化。一是完成造林 3200 亩；二是抚育中幼林
5000 亩，超额完成上级下达的年度任务。
（2）抓好森林防火。全年没有发生较大以上的森林火灾。
（四）部门整体收入和部门整体支出情况（以决算数为统计
口径）
梅州市梅江区林草事务局 2021 年度财政拨款收入合计
1,350.50 万元。其中：一般公共预算财政拨款收入 1350.50 万
元，比上年决算数增加 150.50 万元，增长 12.54%，主要变动情
况：追加造林补助；政府性基金预算财政拨款收入 0 万元，比上
年决算数增加 0 万元，增长 0%，主要变动情况：与上年持平。
二、绩效自评情况
（二）部门整体支出绩效指标分析
2.预算执行情况。
②采购合规性
A. 本部门建立采购内部控制管理制度。本项得 1 分。
B. 本部门采购意向全部公开。本项得 1 分。
C. 本部门合同未按时公开。本项不得分。
D. 本部门按时上报统计报表。本项得 1 分。
E. 本部门没有在“832 平台”采购。本项不得分。
（4）项目管理。
①专项资金绩效完成情况
2021 年中央造林补助资金 320.5 万元
根据《关于下达造林补助资金的通知》（梅市财农〔2021〕9
号）文件精神，我区 8 家合作社获得造林补助资金共 320.5 元，
绩效自评 98 分。
完成造林面积 3200 亩，成活率达到九成以上。
③项目完成及时性
本部门所有部门预算安排的项目均按计划时间完成，故此项
指标自评 3 分。
二、其他
（4）公平性。
①群众信访办理情况
2021 年我局共受理回复 4 个信访件，均已妥善处理；2021 年
共受理 36 个工单，按时办结率、回访工单群众满意率均为 100%。
（二）部门整体支出绩效管理存在问题及改进意见
1.部门整体支出绩效管理存在问题
（1）项目周期长。造林成效要三年以后才能全面评价，跟踪
的时间比较长。
三、下一步工作计划
继续抓好造林绿化和森林防火。
"""


@pytest.fixture(scope="module")
def brought(standard: Standard) -> Brought:
    return read_report(standard, REPORT)


def _plain(brought: Brought, fact: str) -> object:
    claim = brought.of(fact)
    assert claim is not None, fact
    return claim.value.plain()


def _said(brought: Brought) -> str:
    return "\n".join(say(note.code, **note.numbers) for note in brought.notes)


def test_cover(brought: Brought) -> None:
    assert (brought.year, brought.department) == (2021, "梅州市梅江区林草事务局")
    assert _plain(brought, "filled_on") == "2022-05-09"
    assert _plain(brought, "subunits_count") == 2
    assert _plain(brought, "has_subunits") is True
    assert brought.of("contact_name") is None


def test_duties_are_joined_over_broken_lines(brought: Brought) -> None:
    assert _plain(brought, "duties") == [
        {
            "text": "贯彻执行国家和省、市有关林业草原工作的方针政策和法律法规，拟订全区林业发展规划，并组织实施和监督检查落实。"
        },
        {"text": "负责全区森林防火和有害生物防治工作。"},
    ]


def test_names_in_brackets_stay_whole_and_are_counted(brought: Brought) -> None:
    rows = [{"name": name} for name in ("办公室（含信访、档案）", "造林股", "防火股")]
    assert _plain(brought, "offices") == rows
    assert _plain(brought, "affiliates") == [{"name": "梅江区苗圃场"}]
    claim = brought.of("offices")
    assert claim is not None
    assert claim.certain


def test_staff_in_a_sentence(brought: Brought) -> None:
    assert _plain(brought, "staffing") == [
        {"kind": "行政编制", "authorised": 12, "actual": 11},
        {"kind": "后勤服务人员", "authorised": 1, "actual": 1},
        {"kind": "梅江区苗圃场事业编制", "authorised": 6, "actual": 5},
    ]
    assert _plain(brought, "leader_posts") == "一正二副（现有一正二副）"


def test_texts_and_tasks(brought: Brought) -> None:
    assert str(_plain(brought, "yearly_work")).endswith("森林防火，全年完成造林面积3200亩。")
    assert _plain(brought, "key_tasks") == [
        {
            "name": "开展造林绿化",
            "description": "一是完成造林3200亩；二是抚育中幼林5000亩，超额完成上级下达的年度任务。",
        },
        {"name": "抓好森林防火", "description": "全年没有发生较大以上的森林火灾。"},
    ]
    claim = brought.of("key_tasks")
    assert claim is not None
    assert not claim.certain  # the report doesn't say whether they are done
    assert _plain(brought, "next_steps") == "继续抓好造林绿化和森林防火。"
    assert _plain(brought, "problems") == [
        {"title": "项目周期长", "text": "造林成效要三年以后才能全面评价，跟踪的时间比较长。"}
    ]


def test_last_years_figure_follows_from_the_change(brought: Brought) -> None:
    assert _plain(brought, "income_total") == "1350.5万元"
    assert _plain(brought, "income_general") == "1350.5万元"
    assert _plain(brought, "income_general_last_year") == "1200万元"
    assert _plain(brought, "income_general_reason") == "追加造林补助"
    assert _plain(brought, "income_fund_last_year") == "0万元"


def test_items_say_themselves_whether_they_gave_their_point(brought: Brought) -> None:
    claim = brought.of("procurement_compliance")
    assert claim is not None
    assert (claim.value.plain(), claim.certain) == (["A", "B", "D"], True)
    assert _plain(brought, "has_procurement") is True


def test_a_slip_of_the_unit_is_noted_with_both_figures(brought: Brought) -> None:
    assert _plain(brought, "special_funds") == [
        {
            "name": "2021年中央造林补助资金",
            "amount": "320.5万元",
            "self_score": "98",
            "on_time": True,
            "documents": "《关于下达造林补助资金的通知》（梅市财农〔2021〕9号）",
            "work": "完成造林面积3200亩，成活率达到九成以上。",
            "enterprises": 8,
        }
    ]
    claim = brought.of("special_funds")
    assert claim is not None
    assert not claim.certain
    assert "标题里是320.5万元，正文里是320.5元" in _said(brought)


def test_petitions(brought: Brought) -> None:
    facts = ("petitions_received", "petitions_answered", "hotline_received", "hotline_on_time")
    assert [_plain(brought, fact) for fact in facts] == [4, 4, 36, 36]


def test_two_figures_for_one_fact_name_both_places(standard: Standard) -> None:
    text = "一、收入\n（一）概况\n2021年度财政拨款收入合计100万元。\n二、分析\n财政拨款收入决算数120万元。"
    brought = read_report(standard, text)
    claim = brought.of("income_total")
    assert claim is not None
    assert not claim.certain
    assert "一（一） 第1段是100万元，二 第1段是120万元" in _said(brought)


def test_a_rate_that_does_not_follow_is_noted(standard: Standard) -> None:
    text = "2021年度\n一般公共预算财政拨款收入100万元，比上年决算数增加20万元，增长30%。"
    brought = read_report(standard, text)
    for fact in ("income_general", "income_general_last_year"):
        claim = brought.of(fact)
        assert claim is not None
        assert not claim.certain
    assert "算应当是25%，报告写的是30%" in _said(brought)


def test_a_base_below_zero_is_not_taken(standard: Standard) -> None:
    text = "一般公共预算财政拨款支出100万元，比年初预算数增加120万元，增长50%。"
    brought = read_report(standard, text)
    assert brought.of("expenditure_general_start_budget") is None
    assert "算出来是负数" in _said(brought)


def test_a_total_that_is_not_the_sum_of_its_parts_makes_all_of_them_doubtful(
    standard: Standard,
) -> None:
    text = (
        "财政拨款收入合计100万元。\n一般公共预算财政拨款收入90万元，与上年决算数持平。\n"
        "政府性基金预算财政拨款收入0万元，与上年决算数持平。\n"
        "国有资本经营预算财政拨款收入0万元，与上年决算数持平。"
    )
    brought = read_report(standard, text)
    assert {c.fact for c in brought.claims if c.certain} == set()
    assert "是100万元，各项加起来是90万元" in _said(brought)


def test_offices_that_are_not_as_many_as_said_are_doubtful(standard: Standard) -> None:
    brought = read_report(standard, "内设机构4个：办公室、业务股。")
    claim = brought.of("offices")
    assert claim is not None
    assert not claim.certain
    assert "写的是4个，列出来的是2个" in _said(brought)


def test_two_years_are_none(standard: Standard) -> None:
    brought = read_report(
        standard, "2021年度财政拨款收入合计100万元。\n2020年度财政拨款支出合计90万元。"
    )
    assert brought.year is None
    assert "2020、2021" in _said(brought)


def test_other_text_gives_no_claims(standard: Standard) -> None:
    brought = read_report(standard, "会议通知\n请各单位于周五前报名。")
    assert brought.claims == ()
    assert "note_no_figures" in [note.code for note in brought.notes]


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_is_unreadable(standard: Standard, text: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read_report(standard, text)
    assert problem.value.code == "unreadable_empty"


def test_lines_that_no_page_broke_stay_as_they_are() -> None:
    long = "很长的一段话" * 20
    assert paragraphs(f"一、甲\n{long}\n乙") == ["一、甲", long, "乙"]


@pytest.mark.timeout(60)  # an expression that runs wild would take years
@pytest.mark.parametrize(
    "piece",
    [
        "部门预算已按",
        "未完成的是",
        "内设9个：",
        "1",
        "根据",
        "全年完成",
        "（",
        "\t",
        "一、\n",
        "“三公”经费实际支出数",
    ],
)
def test_hostile_text_is_read_in_bounded_time(standard: Standard, piece: str) -> None:
    read_report(standard, "x" + piece * (300_000 // len(piece)))

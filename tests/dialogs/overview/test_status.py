"""What is amiss with a form, and in which order forms are looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dialogs.case import FormView, Waiting
from dialogs.overview.measure import Measure, SectionDone, measure
from dialogs.overview.names import short_names
from dialogs.overview.status import Leader, Overview, People, Since, Status, Trouble
from dialogs.overview.troubles import told
from scoring.engine import findings
from scoring.standard import Standard
from scoring.values import Money
from scoring.waiving import blockers, figures_of

NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 6, 15, 10, 0, tzinfo=UTC)
CLEAN = Measure(
    (SectionDone("a", "封面", 1, 1), SectionDone("b", "采购", 0, 3, ("x",) * 3)),
    Decimal(50),
    Decimal(90),
)
Make = Callable[..., Status]


@pytest.fixture
def make(standard: Standard, look_at: Callable[..., Status]) -> Make:
    def status(number: int = 1, state: str = "drafting", **more: Any) -> Status:
        form = FormView(number, state, f"梅州市梅江区第{number}局", 2021, DEADLINE, 1)
        waiting = Waiting(form, standard, {}, "陈宇")
        return look_at(waiting, NOW, **({"measure": CLEAN, "begun": True} | more))

    return status


def test_nothing_is_amiss_with_a_form_that_moves(make: Make) -> None:
    assert make(idle=4).troubles == ()


@pytest.mark.parametrize(
    ("state", "more", "trouble", "words"),
    [
        ("drafting", {"overdue": True, "left": -2}, Trouble.LATE, "逾期2个工作日，还差3题"),
        ("drafting", {"overdue": True, "left": 0}, Trouble.LATE, "刚过截止时间，还差3题"),
        ("in_review", {"overdue": True, "left": -1}, Trouble.LATE, "逾期1个工作日，待审核"),
        ("drafting", {"people": People()}, Trouble.NOBODY, "没有填报人"),
        ("drafting", {"idle": 5}, Trouble.STUCK, "5个工作日没动静"),
        ("drafting", {"idle": 5, "begun": False}, Trouble.STUCK, "一题没填，已5个工作日"),
        ("in_review", {"idle": 3, "turn": ("林帆",)}, Trouble.STUCK, "待审核已3个工作日（林帆）"),
        (
            "drafting",
            {"since": Since(before=Decimal("52.5"))},
            Trouble.FALLING,
            "得分比上次少2.5分",
        ),
    ],
)
def test_each_trouble_says_how_bad_it_is(
    make: Make, state: str, more: dict[str, Any], trouble: Trouble, words: str
) -> None:
    status = make(state=state, **more)
    assert status.troubles == (trouble,)
    assert told(status) == words


def test_contradictions_and_missing_materials_are_troubles(make: Make) -> None:
    bad = replace(
        CLEAN, blockers=("甲不等于乙",), unproved=("A1 甲", "A2 乙"), unproved_points=Decimal("7.5")
    )
    status = make(measure=bad)
    assert status.troubles == (Trouble.BLOCKED, Trouble.UNPROVED)
    assert told(status) == "1处数字对不上；2项得分没有材料（7.5分）"
    assert told(status, most=1) == "1处数字对不上"


@pytest.mark.parametrize("state", ["delivered", "accepted"])
def test_what_finance_has_is_nobodys_trouble(make: Make, state: str) -> None:
    bad = replace(CLEAN, blockers=("甲",), unproved=("A1",))
    more = {"overdue": True, "left": -9, "idle": 30, "people": People(), "measure": bad}
    assert make(state=state, **more).troubles == ()


def test_sealed_paper_that_decides_is_owed_after_the_delivery(make: Make) -> None:
    status = make(state="delivered", overdue=True, left=-1)
    owing = replace(status.form, needs_seal=True, seal_decides=True)
    assert replace(status, form=owing).troubles == (Trouble.LATE,)


def test_the_gravest_come_first_then_who_has_lain_longest(make: Make) -> None:
    forms = (
        make(1, idle=6),
        make(2, idle=9),
        make(3, overdue=True, left=-1),
        make(4),
        make(5, overdue=True, left=-4),
        make(6, people=People()),
    )
    overview = Overview(forms, NOW)
    assert [status.form.id for status in overview.amiss] == [5, 3, 6, 2, 1]


def test_whose_turn_it_is_follows_from_the_rank() -> None:
    leaders = (Leader(1, "", "甲"), Leader(1, "", "乙"), Leader(3, "局长", "丙"))
    people = People(leaders=leaders)
    assert people.at(1) == ("甲", "乙")
    assert people.at(2) == ("丙",)
    assert people.at(4) == ()


def test_a_measure_counts_sections_like_the_interview(standard: Standard, converse: Any) -> None:
    talk = converse(example="reference-case.yaml")
    whole = measure(standard, talk.answers, {}, ())
    assert whole.percent == 100
    assert (whole.done, whole.total) == (talk.talk.progress.done, talk.talk.progress.total)
    assert whole.so_far == Decimal("95.45")
    assert not whole.blockers
    assert whole.unproved_points > 0
    every = {item.id for each in standard.indicators for item in each.evidence}
    assert measure(standard, talk.answers, {}, every).unproved == ()


def test_a_contradiction_marks_its_section_until_it_is_let_pass(
    standard: Standard, converse: Any
) -> None:
    answers = dict(converse(example="reference-case.yaml").answers)
    answers["income_total"] = Money(yuan=Decimal(10**8))
    found = measure(standard, answers, {}, ())
    assert found.blockers
    assert {section.id for section in found.sections if section.blocked} == {"accounts"}
    wrong = blockers(findings(standard, answers), {})
    passed = {each.key: figures_of(each) for each in wrong}
    assert measure(standard, answers, passed, ()).blockers == ()


def test_an_empty_form_is_all_open(standard: Standard) -> None:
    empty = measure(standard, {}, {}, ())
    assert (empty.done, empty.percent, empty.so_far) == (0, 0, 0)
    assert empty.total > 20


def names(*departments: str, own: tuple[str, ...] = ()) -> list[str]:
    forms = [
        FormView(n, "drafting", name, 2021, DEADLINE, short_names=own if n == 0 else ())
        for n, name in enumerate(departments)
    ]
    return list(short_names(forms).values())


def test_the_place_that_all_have_in_front_is_left_out() -> None:
    assert names("梅州市梅江区民政局", "梅州市梅江区市场监督管理局", "梅州市梅江区委办公室") == [
        "民政局", "市场监督管理局", "区委办公室",
    ]  # fmt: skip


def test_a_name_alone_or_from_elsewhere_stays_whole() -> None:
    assert names("梅州市梅江区民政局") == ["梅州市梅江区民政局"]
    assert names("城东区民政局", "城东区水务局", "梅州市税务局") == [
        "民政局",
        "水务局",
        "梅州市税务局",
    ]


def test_a_departments_own_short_name_comes_first() -> None:
    assert names("城东区文化广电旅游体育局", "城东区水务局", own=("文广局",)) == [
        "文广局",
        "水务局",
    ]


def test_the_time_zone_of_the_limit_is_that_of_the_place(make: Make) -> None:
    assert make().limit.utcoffset() == timedelta(hours=8)

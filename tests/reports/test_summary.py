"""The summary for the message that goes with the documents."""

from __future__ import annotations

from decimal import Decimal

from reports.summary import summary
from scoring.engine import score
from scoring.standard import Standard
from scoring.values import Offline, Value

Answers = dict[str, Value]


def test_a_finished_form(standard: Standard, answers: Answers) -> None:
    made = summary(standard, answers, score(standard, answers))
    assert (made.department, made.year) == ("梅州市梅江区科工商务局", 2021)
    assert (made.total.low, made.total.high) == (Decimal("95.45"), Decimal("95.45"))
    assert [(g.name, g.low) for g in made.groups] == [
        ("预算编制情况", Decimal("18.5")),
        ("预算执行情况", Decimal("46.95")),
        ("预算使用效益", Decimal("30")),
    ]
    assert [one.code for one in made.lost] == ["A1-3", "B2-2", "B3-1", "B3-2"]
    assert made.lost[3].reasons == ("“在832平台采购”没有做到，扣1分",)
    assert made.lost[3].cause == "未在“832平台”预留采购份额。"
    assert (made.open_count, made.open, made.offline) == (0, (), ())


def test_an_open_form(standard: Standard, answers: Answers) -> None:
    del answers["carryover_closing"], answers["lost_b3_2_cause"]
    answers["income_adjusted_budget"] = Offline()
    answers["projects_faulty"] = Offline()
    made = summary(standard, answers, score(standard, answers))
    assert made.open_count == 2
    assert made.open == ("结转结余率",)
    assert made.offline == ("财政拨款收入预决算差异率", "项目实施程序")
    assert made.lost[-1].cause == "【待填：采购合规性扣分原因】"


def test_nothing_answered(standard: Standard) -> None:
    made = summary(standard, {}, score(standard, {}))
    assert made.department == ""
    assert made.open_count > 50
    assert made.lost == ()

"""The history in words: what was taken over, purged, taken back, filled in cell by cell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from dialogs.case import Past
from dialogs.commands.history import is_meant
from dialogs.events import Chosen, Opened, Said
from scoring.values import Money, Rows, Text, Value, YesNo

AT = datetime(2022, 5, 26, 7, 20, tzinfo=UTC)


def past(value: Value | None, minutes: int, by: str = "李强", **more: Any) -> Past:
    fact = more.pop("fact", "procurement_actual")
    return Past(fact, value, by, AT + timedelta(minutes=minutes), **more)


def money(wan: str) -> Money:
    return Money(Decimal(wan) * 10000, "wan")


def told(converse: Any, *newest_first: Past, said: str = "实际采购金额谁改过") -> str:
    talk = converse({"has_procurement": True})
    talk.past = newest_first
    text: str = talk.say(said)
    assert talk.effects == []
    return text


def test_times_are_those_of_the_place(converse: Any) -> None:
    text = told(converse, past(money("98.5"), 1, "陈宇"), past(money("98.31"), 0))
    assert "5月26日 15:21 陈宇：98.31万元 → 98.5万元\n5月26日 15:20 李强：填了98.31万元" in text


def test_where_a_value_was_taken_from_is_told(converse: Any) -> None:
    text = told(converse, past(money("98.31"), 0, source="决算表 B4"))
    assert "填了98.31万元（取自决算表 B4）" in text


def test_what_was_purged_is_not_told(converse: Any) -> None:
    text = told(converse, past(money("98.5"), 2), past(None, 1, purged=True))
    assert "这次填的内容已经清除" in text
    assert "填了98.5万元" in text


def test_taken_back_and_given_again_is_no_change(converse: Any) -> None:
    text = told(converse, past(money("98"), 2, "陈宇"), past(None, 1, "陈宇"), past(money("98"), 0))
    assert "没有改过" in text
    assert "陈宇：收回了98万元" in text


def test_a_table_filled_cell_by_cell_is_one_line(converse: Any) -> None:
    row = {"name": Text("工业经济")}
    found = [
        past(Rows(({**row, "done": YesNo(True)},)), minutes, fact="key_tasks")
        for minutes in (3, 2, 1)
    ]
    text = told(converse, *found, past(Rows((row,)), 0, fact="key_tasks"), said="重点工作谁填的")
    assert text.count("李强") == 1


def test_not_more_lines_than_fit(converse: Any) -> None:
    changes = [past(money(str(100 - n)), 60 - n) for n in range(20)]
    text = told(converse, *changes)
    assert text.count("李强") == 8
    assert "更早的还有12次" in text
    assert "改过19次" in text


def test_another_year_is_told(converse: Any) -> None:
    old = Past("procurement_actual", money("98"), "李强", datetime(2021, 12, 31, 1, 5, tzinfo=UTC))
    assert "2021年12月31日 09:05" in told(converse, old)


def test_it_is_looked_up_only_where_somebody_asks() -> None:
    assert is_meant(Said("这个数谁填的"))
    assert is_meant(Said("修改记录"))
    assert is_meant(Said("98.31万元。谁改过三公经费"))
    assert not is_meant(Said("98.31万元"))
    assert not is_meant(Chosen("ask:rent", ("take",)))
    assert not is_meant(Opened())

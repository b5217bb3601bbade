"""Lines of tables."""

from __future__ import annotations

import pytest

from dialogs.understand.rows import Slot, fit_line, split_lines


def figure(cell: str) -> bool:
    return cell.rstrip("人").isdigit()


STAFF = [Slot("kind", bool, True), Slot("authorised", figure, False), Slot("actual", figure, False)]
GOALS = [
    Slot("name", bool, True),
    Slot("target", bool, True),
    Slot("change", bool, True, optional=True),
]


@pytest.mark.parametrize(
    "line",
    [
        "行政编制\t21\t19",
        "行政编制 21 19",
        "行政编制，21，19",
        "行政编制 | 21 | 19",
        "行政编制　21人、19人",
        "行政编制：21,19",
    ],
)
def test_a_line_in_many_writings(line: str) -> None:
    (whole,) = split_lines(line, single_column=False)
    cells = fit_line(whole, STAFF)
    assert cells is not None
    assert [cell.rstrip("人") for cell in cells.values()] == ["行政编制", "21", "19"]


@pytest.mark.parametrize("line", ["行政编制", "行政编制 21", "21 19", "行政编制 若干 19", ""])
def test_a_line_that_does_not_fit(line: str) -> None:
    assert fit_line(line, STAFF) is None


def test_a_name_with_spaces_keeps_them() -> None:
    assert fit_line("临聘 人员 6 5", STAFF) == {
        "kind": "临聘 人员",
        "authorised": "6",
        "actual": "5",
    }


def test_an_optional_column_may_be_absent() -> None:
    assert fit_line("工业产值\t增长10%", GOALS) == {"name": "工业产值", "target": "增长10%"}


def test_names_in_one_line_are_taken_apart() -> None:
    assert split_lines("办公室、综合股；法规股", single_column=True) == [
        "办公室",
        "综合股",
        "法规股",
    ]


def test_a_sentence_stays_whole() -> None:
    sentence = "贯彻执行国家、省、市和区科技、工业和信息化、商务领域的方针政策和法律法规，并组织实施有关规划和计划。"
    assert split_lines(sentence, single_column=True) == [sentence]


def test_list_marks_and_blank_lines_are_dropped() -> None:
    text = "1. 党建\n\n（二）工业经济\n三、民营经济\n- 商贸\n12345热线办理"
    wanted = ["党建", "工业经济", "民营经济", "商贸", "12345热线办理"]
    assert split_lines(text, single_column=False) == wanted

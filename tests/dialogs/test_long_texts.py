"""Boxes of a page and what was typed there, as pure functions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.case import Case, FormView, Person, Role
from dialogs.states import State
from dialogs.talk import Talk
from dialogs.texts.page import boxes, long_questions, read_boxes
from scoring.loading import load
from scoring.plain import read_value
from scoring.values import Rows, Text, YesNo

NOW = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def standard():
    return load("meijiang-2021")


@pytest.fixture
def talk(standard):
    def made(**answers):
        form = FormView(1, "drafting", "科工商务局", 2021, NOW)
        person = Person("chenyu", "陈宇", frozenset({Role.CONTACT}))
        return Talk(State(), Case(form, standard, answers, person), NOW)

    return made


def question(standard, name):
    return standard.question_of[name]


def test_only_long_texts_and_tables_that_apply_have_boxes(standard, talk):
    ids = [each.id for each in long_questions(talk())]
    assert {"duties", "yearly_work", "problems"} <= set(ids)
    assert "cover" not in ids
    assert "special_funds" not in ids  # nobody has said yet that there are any


def test_a_table_has_a_box_for_its_lines_and_one_for_each_long_cell(standard, talk):
    rows = Rows(({"title": Text("甲")}, {"title": Text("乙"), "text": Text("如何。")}))
    shown = boxes(talk(problems=rows), question(standard, "problems"))
    assert [(box.key, box.text) for box in shown] == [
        ("problems", "甲\n乙"),
        ("problems.0.text", ""),
        ("problems.1.text", "如何。"),
    ]


def test_figures_about_a_row_have_short_boxes(standard, talk):
    rows = [{"name": "技改", "amount": "10万元", "self_score": 100}]
    funds = read_value(standard.facts["special_funds"], rows)
    now = talk(has_special_funds=YesNo(True), special_funds=funds)
    shown = boxes(now, question(standard, "special_funds"))
    assert [box.key for box in shown if box.is_short] == [
        f"special_funds.0.{column}"
        for column in ("province_share", "city_share", "district_share", "enterprises")
    ]
    typed = {"special_funds.0.province_share": "6", "special_funds.0.enterprises": "16家"}
    (row,) = (
        read_boxes(now, question(standard, "special_funds"), typed).values["special_funds"].plain()
    )
    assert (row["province_share"], row["enterprises"]) == ("6万元", 16)


def test_boxes_sent_back_unchanged_say_nothing(standard, talk):
    rows = Rows(({"title": Text("甲"), "text": Text("如何。")},))
    now = talk(problems=rows)
    same = {box.key: box.text for box in boxes(now, question(standard, "problems"))}
    assert read_boxes(now, question(standard, "problems"), same).values == {}


def test_lines_and_cells_may_change_together(standard, talk):
    rows = Rows(({"title": Text("甲")}, {"title": Text("乙")}))
    typed = {"problems": "乙\n丙", "problems.1.text": "写在乙下面。"}
    read = read_boxes(talk(problems=rows), question(standard, "problems"), typed)
    assert read.values["problems"].plain() == [
        {"title": "乙", "text": "写在乙下面。"},
        {"title": "丙"},
    ]


def test_nothing_is_taken_where_something_is_unclear(standard, talk):
    rows = Rows(({"title": Text("甲")},))
    typed = {"problems": "", "problems.0.text": "清楚的。"}
    read = read_boxes(talk(problems=rows), question(standard, "problems"), typed)
    assert read.values == {}
    assert list(read.problems) == ["problems"]


def test_keys_that_are_no_boxes_are_passed_over(standard, talk):
    typed = {"problems.7.text": "x", "duties": "y", "problems.0.title": "z"}
    read = read_boxes(talk(), question(standard, "problems"), typed)
    assert (read.values, read.problems) == ({}, {})

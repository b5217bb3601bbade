"""Drafts: whatever is answered so far, one can be had, and it says no more than that."""

from __future__ import annotations

import random
from typing import Any

import pytest

from reports.lines import write_script
from reports.manuscript import Paragraph, Table, write_manuscript
from scoring.engine import score
from scoring.questionnaire import Kind
from scoring.standard import Standard
from scoring.values import NotApplicable, Offline, Text, Value


def _text(standard: Standard, answers: dict[str, Value]) -> str:
    manuscript = write_manuscript(write_script(standard, answers, score(standard, answers)))
    parts = [text for _, text in manuscript.cover]
    for piece in manuscript.pieces:
        match piece:
            case Paragraph(text=text):
                parts.append(text)
            case Table(rows=rows):
                parts += [cell for row in rows for cell in row]
    return "\n".join(parts)


@pytest.mark.parametrize("seed", range(40))
def test_any_part_of_the_answers_makes_a_draft(
    standard: Standard, answers: dict[str, Value], seed: int
) -> None:
    chance = random.Random(seed)
    some: dict[str, Value] = {}
    for name, value in answers.items():
        fact = standard.facts[name]
        match chance.randrange(6):
            case 0:
                continue
            case 1 if not name.startswith("has_"):
                some[name] = Offline()
            case 2 if fact.na:
                some[name] = NotApplicable("本年度没有这一项。")
            case 3 if fact.type is Kind.TEXT:
                some[name] = Text("")
            case _:
                some[name] = value
    text = _text(standard, some)
    assert "None" not in text
    assert "Missing" not in text
    assert "。。" not in text


def test_a_figure_on_paper_stands_nowhere(standard: Standard, plain: Any, values: Any) -> None:
    plain |= {"procurement_actual": "87.65万元"}
    assert "87.65" in _text(standard, values(standard, plain))
    answers = values(standard, plain) | {"procurement_actual": Offline()}
    assert "87.65" not in _text(standard, answers)


def test_rows_on_paper_cell_by_cell(standard: Standard, plain: Any, values: Any) -> None:
    plain["special_funds"][0]["amount"] = {"offline": True}
    text = _text(standard, values(standard, plain))
    assert "安排资金（该数据涉及不宜公开内容，已线下报送），受益单位16家" in text

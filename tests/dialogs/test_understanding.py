"""Utterances as `jixiao understand` reads them: options, days and units in every form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dialogs.understanding import BadRequest, understand
from scoring.loading import load
from scoring.standard import Standard


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("meijiang-2021")


@pytest.mark.parametrize(
    ("options", "text", "value"),
    [
        ("ABCDE", "除了E都是", "ABCD"),
        (5, "前四项", "ABCD"),
        (["A", "B", "C"], "全部", "ABC"),
        (["专项资金", "政府采购", "资产处置"], "有专项资金和政府采购", "AB"),
        (["A. 专项资金", "B. 政府采购"], "政府采购", "B"),
        ({"a": "专项资金", "b": "政府采购"}, "B", "B"),
        (["A", "C", "E"], "都有", "ACE"),
        (3, "都没有", ""),
        (None, "ABD", "ABD"),
        (None, "都没有", ""),
    ],
)
def test_options(options: Any, text: str, value: str, standard: Standard) -> None:
    request = {"kind": "multi", "text": text, "options": options}
    assert understand(request, standard) == {"value": value}


def test_without_options_all_of_them_are_unknown(standard: Standard) -> None:
    for text in ("都有", "除了E都是"):
        assert list(understand({"kind": "multi", "text": text}, standard)) == ["ask"]


@pytest.mark.parametrize("options", [0, 27, True, 1.5, [1], {"AB": "x"}, {"1": "x"}, ["项目"] * 27])
def test_bad_options(options: Any, standard: Standard) -> None:
    with pytest.raises(BadRequest, match="options"):
        understand({"kind": "multi", "text": "A", "options": options}, standard)


def test_a_day_without_today(standard: Standard) -> None:
    read = {t: understand({"kind": "date", "text": t}, standard) for t in ("2022.5.27", "今天")}
    assert read["2022.5.27"] == {"value": "2022-05-27"}
    assert "完整的日期" in str(read["今天"]["ask"])


def test_2月29日_is_asked_about_for_its_year(standard: Standard) -> None:
    told = understand({"kind": "date", "text": "2月29日"}, standard)
    assert "完整的日期" in str(told["ask"])


@pytest.mark.parametrize(
    ("unit", "value"), [("万元", "20000"), ("万", "20000"), ("wan", "20000"), ("亿元", "200000000")]
)
def test_units(unit: str, value: str, standard: Standard) -> None:
    request = {"kind": "amount", "text": "2", "unit": unit}
    assert understand(request, standard) == {"value": value}


def test_another_unit_leaves_a_bare_number_open(standard: Standard) -> None:
    for unit in ("千元", "个", "", None):
        assert "ask" in understand({"kind": "amount", "text": "2", "unit": unit}, standard)


def test_a_number_instead_of_a_text(standard: Standard) -> None:
    request = {"kind": "percent", "text": Decimal("98.31")}
    assert understand(request, standard) == {"value": 98.31}

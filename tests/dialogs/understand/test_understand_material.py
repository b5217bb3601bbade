"""File names, folders and captions: what is certain is sorted, the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

import pytest

from dialogs.understand.material import items_in_caption, items_in_path
from scoring.engine import score
from scoring.loading import load
from scoring.wanted import Wanted, wanted


@pytest.fixture(scope="module")
def items() -> Mapping[str, Wanted]:
    standard = load("meijiang-2021")
    return wanted(standard, score(standard, {}))


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("A1-3-1.pdf", ["A1-3-1"]),
        ("a1_3_1 决算表.xlsx", ["A1-3-1"]),
        ("Ａ１－３－１.pdf", ["A1-3-1"]),
        ("A1.3.1决算.pdf", ["A1-3-1"]),
        ("A1-3-12.pdf", []),
        ("XA1-3-1.pdf", []),
        ("A1-3-1、A1-3-2.pdf", ["A1-3-1", "A1-3-2"]),
        ("B3-2-A 内控制度.docx", ["B3-2-A"]),
        ("B1-1.pdf", ["B1-1-1"]),
        ("A1-3.pdf", []),
        ("A1-3/扫描0001.pdf", []),
        ("A1-3 财政拨款收入预决算差异率/调整预算批复.pdf", ["A1-3-2"]),
        ("A1-3/批复.pdf", []),
        ("A1-3/预算批复.pdf", ["A1-3-2"]),
        ("佐证/A1-3/A1-2-1.pdf", ["A1-2-1"]),
        ("A1-3-1/第1页.jpg", ["A1-3-1"]),
        ("佐证\\A1-3-1\\第1页.jpg", ["A1-3-1"]),
        ("财政拨款收入决算表.pdf", ["A1-3-1"]),
        ("2021年财政拨款收入决算表（盖章扫描件）.pdf", ["A1-3-1"]),
        ("财政拨款收入支出决算总表.xlsx", ["B1-1-1"]),
        ("部门三定方案.pdf", ["A1-1-2"]),
        ("三定方案.pdf", ["A1-1-2"]),
        ("预算公开网页截图.png", ["B2-1-1"]),
        ("2021决算公开截图.png", ["B2-1-2"]),
        ("公开截图.png", []),
        ("整体绩效目标申报表.pdf", ["A2-1-1"]),
        ("整体绩效目标申报表（指标部分）.pdf", ["A2-2-1"]),
        ("财务管理制度和采购合同.pdf", ["B1-2-2", "B3-1-2"]),
        ("C1-2/采购合同.pdf", ["B3-1-2"]),
        ("三公经费支出决算表.xlsx", ["C1-2-1"]),
        ("“三公”经费支出决算表.xlsx", ["C1-2-1"]),
        ("结转结余率.pdf", ["B1-1-1"]),
        ("项目监管/1.pdf", []),
        ("12345热线工单导出.xlsx", ["C4-1-2"]),
        ("IMG_20220527_101112.jpg", []),
        ("决算表.pdf", []),
        ("2021.pdf", []),
        ("<script>alert(1)</script>.pdf", []),
        ("../../etc/passwd", []),
        ("", []),
        ("/", []),
        ("a/" * 5000 + "A1-3-1.pdf", ["A1-3-1"]),
        ("采购合同" * 5000 + ".pdf", ["B3-1-2"]),
    ],
)
def test_paths(items: Mapping[str, Wanted], path: str, meant: list[str]) -> None:
    assert list(items_in_path(path, items).items) == meant


def test_every_item_is_known_by_its_own_name_and_code(items: Mapping[str, Wanted]) -> None:
    for number, (id, each) in zip(count(), items.items(), strict=False):
        for path in (f"{id}.pdf", f"{number}. {each.item.name}.pdf", f"{id} {each.item.name}.pdf"):
            assert items_in_path(path, items).items == (id,), path


def test_an_indicator_offers_its_items(items: Mapping[str, Wanted]) -> None:
    assert items_in_path("A1-3/扫描0001.pdf", items).candidates == ("A1-3-1", "A1-3-2")
    assert items_in_path("项目监管/1.pdf", items).candidates == ("B4-3-1", "B4-3-2")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("这是采购合同", ["B3-1-2"]),
        ("采购合同。", ["B3-1-2"]),
        ("A1-3-1", ["A1-3-1"]),
        ("归到A1-3-1", ["A1-3-1"]),
        ("2587.01万元", []),
        ("对", []),
        ("1", []),
        (
            "我们按照采购合同的约定支付了全部款项，没有超付，也没有提前支付的情况，合同执行情况良好",
            [],
        ),
    ],
)
def test_captions(items: Mapping[str, Wanted], text: str, meant: list[str]) -> None:
    assert list(items_in_caption(text, items)) == meant

"""The picture over all departments: its size on a phone, its type, what it shows by more than colour."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from reports.district import Cell, District, Line
from reports.pictures import district as module
from reports.pictures.board import RED, WIDTH
from reports.pictures.district import MOST, draw_district
from reports.pictures.type import Type, characters
from reports.wording import phrases

AT = datetime(2022, 6, 3, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
SECTIONS = ("有没有", "封面", "部门概况", "年度工作和绩效目标", "收入支出", "预算编制和目标设置",
            "资金管理和信息公开", "采购管理", "项目管理", "资产管理", "使用效益", "扣分说明", "问题和下一步")  # fmt: skip
STATES = ("填报中", "待审核", "已审核", "已报送", "已接收")
PHONE = 375
TWO_MB = 2 << 20


def line(number: int, state: str = "填报中", marks: tuple[str, ...] = ()) -> Line:
    cells = tuple(Cell(min(number % 5, at % 5), at % 5) for at in range(len(SECTIONS)))
    return Line(
        str(300 + number), f"城东区第{number}局", f"第{number}局", state, cells, 3, 5, 60,
        Decimal("41.53"), Decimal(88), marks,
    )  # fmt: skip


def district(*lines: Line) -> District:
    return District(
        "2021年度部门整体支出绩效自评", AT, "6月15日18:00", "还有8个工作日", SECTIONS, lines
    )


def drawn(given: District) -> Image.Image:
    png = draw_district(given)
    assert len(png) <= TWO_MB
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.width == WIDTH
    return image


def test_sixty_departments_fit_into_a_picture_for_a_phone() -> None:
    lines = [line(n, STATES[n // 12], ("late", "stuck") if n < 4 else ()) for n in range(60)]
    image = drawn(district(*lines))
    height = image.height * PHONE / WIDTH
    assert height < 2200  # three screens


def test_type_is_large_enough_on_a_phone() -> None:
    """Nine points at 375 points across are the least that can be read."""
    sizes = [kind.size for kind in vars(module).values() if isinstance(kind, Type)]
    assert min(sizes) * PHONE / WIDTH >= 9
    assert module._NAME.size * PHONE / WIDTH >= 11


def test_more_departments_than_fit_are_counted_and_the_troubled_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [line(n) for n in range(MOST + 40)]
    lines[-1] = replace(lines[-1], marks=("late",))
    chosen = module._chosen(lines)
    assert len(chosen) == MOST
    assert chosen[-1].marks == ("late",)
    assert chosen == sorted(chosen, key=lambda each: int(each.code))
    said: list[str] = []
    monkeypatch.setattr(module, "say", lambda code, **n: said.append(code) or "x")
    draw_district.__wrapped__(district(*lines))
    assert "district_more" in said


def test_a_late_department_and_a_contradiction_are_red() -> None:
    red = tuple(int(RED[at : at + 2], 16) for at in (1, 3, 5))

    def reddish(given: District) -> int:
        colours = drawn(given).getcolors(1 << 16) or []
        return sum(
            count
            for count, colour in colours
            if all(abs(a - b) < 24 for a, b in zip(colour, red, strict=True))
        )

    calm = district(line(2))
    late = district(line(2, marks=("late",)))
    bad = replace(line(2), cells=(Cell(1, 3, blocked=True), *line(2).cells[1:]))
    assert reddish(late) > reddish(calm) + 500
    assert reddish(district(bad)) > reddish(calm) + 300


def test_long_names_are_cut_in_the_middle_and_fit() -> None:
    name, kind = module._named("政务服务和数据资源管理委员会办公室")
    assert "…" in name
    assert name.endswith("办公室")
    assert kind.width(name) <= module._NAMES - 12


@pytest.mark.parametrize("count", [1, 5, 30])
def test_any_number_of_sections_can_be_drawn(count: int) -> None:
    short = replace(line(1), cells=tuple(Cell(1, 2) for _ in range(count)))
    given = replace(district(short), sections=tuple(f"第{n}部分" for n in range(count)))
    assert drawn(given).height > 400


def test_our_own_words_have_glyphs() -> None:
    own = "".join(str(value) for code, value in phrases().items() if code.startswith("district"))
    assert {c for c in own if not c.isspace()} - characters() == set()


def test_the_same_forms_give_the_same_bytes() -> None:
    first = draw_district.__wrapped__(district(line(3)))
    assert draw_district.__wrapped__(district(line(3))) == first

"""The workbook over all departments: its sheets, safe texts, and how it opens elsewhere."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from reports.district import Cell, District, Line
from reports.district_book import build_district_book

AT = datetime(2022, 6, 3, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
LINE = Line(
    code="301",
    department="梅州市梅江区科工商务局",
    name="科工商务局",
    state="填报中",
    cells=(Cell(2, 2), Cell(1, 3, blocked=True), Cell(0, 0)),
    done=3,
    total=5,
    percent=60,
    points=Decimal("41.5"),
    high=Decimal(88),
    marks=("blocked", "unproved"),
    what="1处数字对不上；1项得分没有材料（3分）",
    deadline=AT.replace(day=15, hour=18, minute=0),
    left=8,
    contacts="陈宇",
    leaders="分管领导 林帆",
    colleagues="温晴",
    last="5月30日15:20 陈宇填了题",
    idle=3,
    blockers=("收入合计与分项相差1万元。",),
    unproved=("A1-1 甲", "A1-2 乙"),
    missing=(("采购管理", 2),),
)


def district(*lines: Line) -> District:
    return District(
        "2021年度自评", AT, "6月15日18:00", "还有8个工作日", ("封面", "采购管理", "项目管理"), lines
    )


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_it_has_a_line_for_each_department_and_says_what_is_missing() -> None:
    done = replace(
        LINE,
        code="302",
        department="民政局",
        state="已报送",
        marks=(),
        what="",
        missing=(),
        blockers=(),
        unproved=(),
    )
    book = opened(build_district_book([district(LINE, done)]))
    assert book.sheetnames == ["进度", "分部分", "缺什么", "人员"]
    page = book["进度"]
    assert "填报中1、已报送1" in page["A2"].value
    assert [cell.value for cell in page[5]][:4] == [
        "301",
        "梅州市梅江区科工商务局",
        "填报中",
        "陈宇",
    ]
    assert (page["J5"].value, page["J5"].number_format) == (0.6, "0%")
    assert page["M5"].fill.fgColor.rgb != page["M6"].fill.fgColor.rgb
    assert [cell.value for cell in book["分部分"][5]][4:] == ["2/2", "1/3", "—"]
    missing = [[cell.value for cell in row][3:] for row in book["缺什么"].iter_rows(min_row=5)]
    assert missing == [
        ["没填的题", "采购管理", 2],
        ["数字对不上", "收入合计与分项相差1万元。", None],
        ["得分没有材料", "A1-1 甲、A1-2 乙", 2],
    ]
    assert [cell.value for cell in book["人员"][5]][2:] == ["陈宇", "分管领导 林帆", "温晴"]


def test_it_can_be_filtered_and_printed() -> None:
    page = opened(build_district_book([district(LINE)]))["进度"]
    assert page.auto_filter.ref == "A4:P5"
    assert page.freeze_panes == "C5"
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$4:$4"


def test_what_people_call_themselves_is_no_formula() -> None:
    bad = replace(LINE, contacts="=1+1", department='=HYPERLINK("http://x")', last="@SUM(1)")
    page = opened(build_district_book([district(bad)]))["进度"]
    assert [page[place].data_type for place in ("B5", "D5", "N5")] == ["s", "s", "s"]


def test_several_cycles_have_sheets_of_their_own() -> None:
    book = opened(build_district_book([district(LINE), district(LINE)]))
    assert book.sheetnames[:2] == ["进度1", "分部分1"]
    assert len(book.sheetnames) == 8


def test_the_same_forms_give_the_same_bytes() -> None:
    assert build_district_book([district(LINE)]) == build_district_book([district(LINE)])


@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(build_district_book([district(*[LINE] * 60)]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
        check=True,
        timeout=120,
        capture_output=True,
    )
    (first,) = tmp_path.glob("a-进度.csv")
    text = first.read_text("utf-8")
    assert text.count("梅州市梅江区科工商务局") == 60
    assert "#" not in text.replace("#N", "")

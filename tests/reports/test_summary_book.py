"""The summary's workbook, read back; and its figures."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from pypdf import PdfReader

from reports.cycle_results import (
    Change,
    CycleResults,
    Filing,
    Lost,
    Result,
    bands,
    cause_sums,
    cells_of,
    indicator_sums,
    mean,
    median,
    ranks,
)
from reports.summary_book import build_summary_book
from reports.wording import phrases
from scoring.engine import score
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.wording import explain_loss
from scoring.wording import phrases as scoring_phrases

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Shanghai")
DEADLINE = datetime(2022, 6, 15, 18, tzinfo=ZONE)


@pytest.fixture(scope="module")
def standard():
    return load("meijiang-2021")


@pytest.fixture(scope="module")
def found(standard) -> CycleResults:
    """Three delivered, one of them reviewed, one late; one still filled in."""
    results = [
        one_result(standard, "301", "科工商务局", "reference-case"),
        one_result(standard, "302", "=民政局", "poor-scores", late=2),
        one_result(standard, "303", "财政局", "small-unit", state="accepted"),
        Result("304", "教育局", "drafting", "填报中", Filing(DEADLINE)),
    ]
    results[0] = reviewed(results[0], "B3-2", Decimal("3.50"))
    grades = tuple((band.name, band.least) for band in standard.grades.bands)
    made = datetime(2022, 7, 1, 10, 5, tzinfo=ZONE)
    return CycleResults("2021年度自评", 2021, standard, grades, tuple(results), made)


def one_result(standard, code, name, example, state="delivered", late=0) -> Result:
    answers = read_answers_file(standard, ROOT / "examples" / f"{example}.yaml")
    sheet = score(standard, answers)
    lost = tuple(
        Lost(c, sheet[c].lost, sheet[c].losses, tuple(map(explain_loss, sheet[c].losses)), "原因")
        for c in sheet.lossy()
    )
    filing = Filing(DEADLINE, DEADLINE, DEADLINE, None, late > 0, late, 1, 0)
    return Result(
        *(code, name, state, "已报送", filing, 1, sheet.total.so_far),
        standard.grades.of(sheet.total.so_far).name,
        cells_of(sheet, sheet.indicators),
        lost=lost,
    )


def reviewed(one: Result, code: str, points: Decimal) -> Result:
    total = one.total - one.points[code] + points
    return replace(
        one,
        reviewed={**one.points, code: points},
        reviewed_total=total,
        reviewed_grade="优",
        review="issued",
        changes=(Change(code, one.points[code], points, "缺合同"),),
    )


@pytest.fixture(scope="module")
def book(found):
    return openpyxl.load_workbook(io.BytesIO(build_summary_book(found)))


def rows(book, tab: str) -> list[tuple]:
    return [row for row in book[tab].iter_rows(values_only=True) if any(c is not None for c in row)]


def test_the_tabs(book):
    assert book.sheetnames == [
        *("总览", "排名", "得分图", "自评得分", "核定得分", "核定调整"),
        *("指标失分", "失分原因", "失分明细", "报送情况"),
    ]


def test_the_ranking(book, found):
    ranking = rows(book, "排名")[2:]
    names = [row[3] for row in ranking]
    totals = {each.department: each.total for each in found.counted}
    assert names[:3] == sorted(totals, key=totals.__getitem__, reverse=True)
    assert names[3] == "教育局"
    assert [row[0] for row in ranking] == [1, 2, 3, None]
    mine = next(row for row in ranking if row[2] == "301")
    assert (mine[4], mine[6], mine[1]) == (95.45, pytest.approx(94.95), 1)


def test_words_are_never_formulas(book):
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert str(cell.value).startswith("=ROUND(AVERAGE(")
    assert any(row[3] == "=民政局" for row in rows(book, "排名"))


def test_points_by_indicator_add_up_to_the_total(book, found):
    for row in rows(book, "自评得分")[5:8]:
        assert sum(Decimal(str(cell)) for cell in row[2:-1]) == Decimal(str(row[-1]))
    assert len(rows(book, "核定得分")) == 7  # title, three heads, maxima, one department, average


def test_what_finance_changed(book):
    (line,) = rows(book, "核定调整")[2:]
    assert line[:4] == ("301", "科工商务局", "B3-2", "采购合规性")
    assert (line[5], line[6], line[7]) == (3.5, 3.5 - line[4], "缺合同")


def test_losses_by_indicator(found):
    sums = {each.code: each for each in indicator_sums(found)}
    for code, one in sums.items():
        own = [each.points[code] for each in found.counted]
        figures = [cell for cell in own if isinstance(cell, Decimal)]
        assert one.scored == len(figures)
        assert one.lost == one.maximum * len(figures) - sum(figures)
        assert one.losers == sum(cell < one.maximum for cell in figures)


def test_losses_by_cause_are_all_losses(found):
    by_cause = sum(each.points for each in cause_sums(found))
    by_loss = sum(
        loss.points for each in found.counted for lost in each.lost for loss in lost.losses
    )
    assert by_cause == by_loss > 0
    points = [each.points for each in cause_sums(found)]
    assert points == sorted(points, reverse=True)


def test_every_cause_of_a_loss_has_a_name():
    codes = {code for code in scoring_phrases() if code.startswith("lost_")}
    for code in codes:
        assert phrases()[f"summary_cause_{code.removeprefix('lost_')}"]


def test_late_is_marked(book):
    late = {row[0]: row[5] for row in rows(book, "报送情况")[2:]}
    assert late == {"301": None, "302": 2, "303": None, "304": None}


def test_there_are_native_charts(found):
    with ZipFile(io.BytesIO(build_summary_book(found))) as parts:
        charts = [name for name in parts.namelist() if "/charts/chart" in name]
    assert len(charts) == 5


def test_the_same_results_give_the_same_bytes(found):
    assert build_summary_book(found) == build_summary_book(found)


def test_a_cycle_in_which_nothing_has_come(found):
    none = replace(found, results=(found.results[3],))
    book = openpyxl.load_workbook(io.BytesIO(build_summary_book(none)))
    assert any("没有扣分" in str(row[0]) for row in rows(book, "失分原因"))
    empty = replace(found, results=())
    assert openpyxl.load_workbook(io.BytesIO(build_summary_book(empty)))


def test_figures():
    points = [Decimal("90"), None, Decimal("95"), Decimal("90")]
    assert ranks(points) == [2, None, 1, 2]
    assert ranks([]) == []
    assert (mean([]), median([])) == (None, None)
    assert median([Decimal(1), Decimal(2), Decimal(4)]) == Decimal(2)
    assert median([Decimal(1), Decimal(2)]) == Decimal("1.5")
    assert sum(count for *_, count in bands([Decimal(0), Decimal(100)], Decimal(100))) == 2
    assert bands([Decimal("110")], Decimal(110))[-1] == (105, 110, 1)


@pytest.mark.slow
def test_libreoffice_opens_it(found, tmp_path):
    file = tmp_path / "summary.xlsx"
    file.write_bytes(build_summary_book(found))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, timeout=110, capture_output=True)
    made = (tmp_path / "summary.pdf").read_bytes()
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "教育局" in text.replace("\n", "")
    assert "#REF" not in text
    assert "#NAME" not in text

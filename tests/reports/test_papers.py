"""What goes with the report: its version code, the covering letter, the evidence index, PDF."""

from __future__ import annotations

import io
import os
import re
import select
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from reports import pdf
from reports.completeness import NotComplete
from reports.evidence_index import build_evidence_index
from reports.given import Given
from reports.letter import build_letter
from reports.report import build_report
from reports.score_sheet import build_score_sheet
from scoring.engine import score
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Offline, Value

Answers = dict[str, Value]
CODE = "H4T2-8K"
AT = datetime(2022, 5, 20, 9, 30)  # noqa: DTZ001 - local time, as it is printed


@pytest.fixture
def sheet(standard: Standard, answers: Answers) -> ScoreSheet:
    return score(standard, answers)


def footers(data: bytes) -> dict[str, str]:
    """The texts of all feet by their kind."""
    section = Document(io.BytesIO(data)).sections[0]
    named = {"odd": section.footer, "even": section.even_page_footer}
    if section.different_first_page_header_footer:
        named["first"] = section.first_page_footer
    return {kind: foot.paragraphs[0].text for kind, foot in named.items()}


# ---- the code ----


def test_every_foot_of_the_final_bears_the_code(
    standard: Standard, answers: Answers, sheet: ScoreSheet
) -> None:
    data = build_report(standard, answers, sheet, draft=False, code=CODE)
    feet = footers(data)
    assert set(feet) == {"odd", "even"}
    assert feet["odd"].startswith(f"版本码 {CODE}\t—")
    assert feet["even"].endswith(f"—\t版本码 {CODE}")


def test_without_a_code_the_feet_are_as_before(
    standard: Standard, answers: Answers, sheet: ScoreSheet
) -> None:
    feet = footers(build_report(standard, answers, sheet, draft=False))
    assert all("版本码" not in text for text in feet.values())


def test_the_code_does_not_move_the_page_number(
    standard: Standard, answers: Answers, sheet: ScoreSheet
) -> None:
    """One character from the outer edge, with the code and without."""
    data = build_report(standard, answers, sheet, draft=False, code=CODE)
    section = Document(io.BytesIO(data)).sections[0]
    odd, even = section.footer._element.xml, section.even_page_footer._element.xml
    text_width = round((210 - 28 - 26) / 25.4 * 1440)
    stop = int(re.findall(r'<w:tab w:val="right" w:pos="(\d+)"', odd)[0])
    assert abs(stop - (text_width - 280)) <= 1
    assert 'w:left="280"' in even
    assert "w:left=" not in odd


def test_the_same_code_gives_the_same_bytes(
    standard: Standard, answers: Answers, sheet: ScoreSheet
) -> None:
    for build in (build_letter, build_score_sheet):
        assert build(standard, answers, sheet, code=CODE) == build(
            standard, answers, sheet, code=CODE
        )
    one = build_report(standard, answers, sheet, draft=False, code=CODE)
    assert one == build_report(standard, answers, sheet, draft=False, code=CODE)
    assert one != build_report(standard, answers, sheet, draft=False, code="A000-00")


def test_printed_score_sheets_bear_the_code(
    standard: Standard, answers: Answers, sheet: ScoreSheet
) -> None:
    book = load_workbook(io.BytesIO(build_score_sheet(standard, answers, sheet, code=CODE)))
    assert len(book.worksheets) == 2
    for page in book.worksheets:
        assert page.oddFooter.left.text == f"版本码 {CODE}"
        assert page.oddFooter.center.text


# ---- the letter ----


def test_the_letter_says_what_answers_and_standard_say(
    standard: Standard, answers: Answers, sheet: ScoreSheet, docx_text: Callable[[bytes], str]
) -> None:
    data = build_letter(standard, answers, sheet, code=CODE)
    lines = docx_text(data).split("\n")
    assert lines[0] == "梅州市梅江区科工商务局"
    assert "".join(lines[1:3]) == "关于报送2021年度部门整体支出绩效自评报告的函"
    text = "\n".join(lines)
    for words in (
        "梅州市梅江区财政局：",
        "自评95.45分（满分100分）",
        f"版本码{CODE}",
        "附件：1.区级部门整体绩效自评报告",
        "2.2021年度部门整体支出绩效自评评分表",
        "2022年5月27日",
        "（联系人：陈小禾，联系电话：0753-0000000）",
    ):
        assert words in text
    assert re.search("[{}\ue000-\uf8ff]", text) is None
    assert all(CODE in foot for foot in footers(data).values())
    assert "—" not in footers(data)["first"]


def test_the_letter_has_its_red_lines(
    standard: Standard, answers: Answers, sheet: ScoreSheet
) -> None:
    document = Document(io.BytesIO(build_letter(standard, answers, sheet)))
    sender = document.paragraphs[0]._p.xml
    assert 'w:val="thickThinSmallGap"' in sender
    foot = document.sections[0].first_page_footer.paragraphs[0]._p.xml
    assert 'w:val="thinThickSmallGap"' in foot
    assert document.styles["Sender"].element.xml.count('w:val="FF0000"') == 1


def test_no_letter_for_a_form_with_gaps(standard: Standard, answers: Answers) -> None:
    del answers["income_total"]
    with pytest.raises(NotComplete):
        build_letter(standard, answers, score(standard, answers))


# ---- the evidence index ----


def rows_of(data: bytes) -> list[list[str]]:
    (table,) = Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_index_names_files_in_the_order_of_the_indicators(
    standard: Standard, answers: Answers, sheet: ScoreSheet, docx_text: Callable[[bytes], str]
) -> None:
    given = [
        Given("B1-1-1", "决算总表.xlsx", "ab" * 32, "陈小禾", AT),
        Given("A1-1-1", "申报材料.pdf", "cd" * 32, "陈小禾", AT),
        Given("A1-1-1", "补充.pdf", "ef" * 32, "陆平", AT),
        Given("", "IMG_1.jpg", "12" * 32, "陈小禾", AT),
    ]
    data = build_evidence_index(standard, answers, sheet, given, code=CODE)
    heads, *rows = rows_of(data)
    assert heads == ["指标", "佐证材料", "文件名", "提交人和时间", "校验码"]
    assert rows[0] == [
        *("A1-1 预算编制合理性", "A1-1-1 部门预算申报材料", "申报材料.pdf"),
        *("陈小禾\n2022年5月20日09:30", "cd" * 6),
    ]
    assert rows[1][:3] == ["", "", "补充.pdf"]
    assert rows[2][1:3] == ["A1-1-2 部门“三定”方案", "另行提交"]
    assert rows[-1][1:3] == ["其他材料", "IMG_1.jpg"]
    wanted = sum(len(one.evidence) for one in standard.indicators)
    assert len(rows) == wanted + 2
    assert f"共需材料{wanted}项：已提交2项，另行提交{wanted - 2}项" in docx_text(data)
    assert all(CODE in foot for foot in footers(data).values())


def test_what_is_settled_on_paper_is_handed_in_there(standard: Standard, answers: Answers) -> None:
    answers["budget_reasonable"] = Offline()
    sheet = score(standard, answers)
    rows = rows_of(build_evidence_index(standard, answers, sheet, ()))
    assert [row[2] for row in rows if row[1].startswith("A1-1-")] == ["线下报送"] * 3


def test_hostile_names_of_files_are_printed_as_they_are(
    standard: Standard, answers: Answers, sheet: ScoreSheet
) -> None:
    name = '<w:t>&"\x00{{ x }}=1+1.pdf'
    given = [Given("A1-1-1", name, "ab" * 32, "陈小禾", AT)]
    data = build_evidence_index(standard, answers, sheet, given)
    assert rows_of(data)[1][2] == '<w:t>&"{{ x }}=1+1.pdf'
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


# ---- PDF ----


def test_without_libreoffice_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    assert pdf.make_pdf(b"anything") is None


def program(tmp_path: Path, body: str) -> str:
    """A stand-in for LibreOffice that runs some Python with the same arguments."""
    script = tmp_path / "soffice"
    script.write_text(f"#!{sys.executable}\nimport pathlib, subprocess, sys, time\n{body}\n")
    script.chmod(0o755)
    return str(script)


def test_the_program_gets_a_profile_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        "folder = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "assert sys.argv[1].startswith('-env:UserInstallation=file://' + str(folder))\n"
        "(folder / 'document.pdf').write_bytes(b'%PDF ' + (folder / 'document.docx').read_bytes())"
    )
    made = program(tmp_path, body)
    monkeypatch.setattr(pdf, "find_program", lambda: made)
    assert pdf.make_pdf(b"words") == b"%PDF words"


def test_a_program_that_hangs_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "child"
    body = (
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(left)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)"
    )
    made = program(tmp_path, body)
    monkeypatch.setattr(pdf, "find_program", lambda: made)
    with pytest.raises(pdf.PdfFailed, match="took more than"):
        pdf.make_pdf(b"words", seconds=1)
    assert is_over(int(left.read_text()))


def is_over(process: int) -> bool:
    """Whether a process that was killed ends, which it may take a moment to do."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 10)[0])
    finally:
        os.close(watched)


@pytest.mark.parametrize(
    ("body", "why"), [("sys.exit(3)", "ended with code 3"), ("pass", "gave no PDF")]
)
def test_a_program_that_gives_nothing_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, why: str
) -> None:
    made = program(tmp_path, body)
    monkeypatch.setattr(pdf, "find_program", lambda: made)
    with pytest.raises(pdf.PdfFailed, match=why):
        pdf.make_pdf(b"words")


@pytest.mark.slow
def test_every_printed_page_bears_the_code(
    standard: Standard, answers: Answers, sheet: ScoreSheet, tmp_path: Path
) -> None:
    papers: dict[str, Any] = {
        "report": build_report(standard, answers, sheet, draft=False, code=CODE),
        "letter": build_letter(standard, answers, sheet, code=CODE),
        "index": build_evidence_index(standard, answers, sheet, (), code=CODE),
    }
    for name, data in papers.items():
        made = pdf.make_pdf(data)
        assert made is not None
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(made)
        told = subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
        ).stdout
        pages = told.removesuffix("\f").split("\f")
        assert pages
        for number, page in enumerate(pages, start=1):
            # The letter names it in its text too.
            found = page.count(f"版本码 {CODE}")
            assert found == 1 or (name == "letter" and found), (name, number)
        if name != "letter":
            foots = [re.findall(r"—\s*(\d+)\s*—", page) for page in pages]
            assert foots == [[str(n)] for n in range(1, len(pages) + 1)]

"""Days off from a file: read as people write them, or refused with every fault named."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from bot.calendar_file import CalendarRefused, read_calendar_file
from dialogs.rounds.orders import DaySaid

CSV = "日期,安排,名称\n2027-02-08至2月9日,放假,春节\n2027年2月14日,上班,\n"
WANTED = (
    DaySaid(date(2027, 2, 8), False, "春节"),
    DaySaid(date(2027, 2, 9), False, "春节"),
    DaySaid(date(2027, 2, 14), True),
)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", CSV.encode()),
        ("a.csv", CSV.encode("gb18030")),
        ("a.csv", CSV.replace(",", "，").encode("utf-8-sig")),
        ("a.csv", CSV.replace(",", "\t").encode()),
        ("a.yaml", "2027-02-08至2027-02-09: 放假 春节\n2027-02-14: 上班\n".encode()),
        (
            "a.yml",
            "- {day: 2027-02-08至9日, kind: 放假, name: 春节}\n"
            "- {day: 2027-02-14, kind: 上班}\n".encode(),
        ),
        (
            "A.XLSX",
            workbook(
                ("日期", "安排", "名称"),
                (date(2027, 2, 8), "放假", "春节"),
                ("2027/2/9", "休息", "春节"),
                (),
                ("2027.2.14", "補班"),
            ),
        ),
    ],
)
def test_files_as_people_write_them(name: str, data: bytes) -> None:
    assert read_calendar_file(name, data) == WANTED


def test_all_faults_are_named_at_once() -> None:
    text = (
        "日期,安排,名称\n2月8日,放假,春节\n2027-02-30,放假,\n2027-02-10,也许,\n"
        "2027-02-11,,\n2027-02-12,放假,\n2027-02-12,上班,\n2027-02-14至2027-02-10,放假,\n"
        f"2027-02-20,放假,{'长' * 30}\n,放假,\n"
    )
    with pytest.raises(CalendarRefused) as refused:
        read_calendar_file("a.csv", text.encode())
    lines = "\n".join(refused.value.lines)
    assert len(refused.value.lines) == 8
    for part in (
        "第2行，日期“2月8日”",
        "第3行",
        "第4行，放假或上班“也许”",
        "第5行",
        "第7行",
        "第10行",
    ):
        assert part in lines


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"2027-02-08"),
        ("a.xlsx", b"no workbook"),
        ("a.csv", b"\xff\xff\xff"),
        ("a.csv", b""),
        ("a.yaml", b"a: ["),
        ("a.yaml", b"17"),
        ("a.yaml", b""),
        ("a.csv", b"2027-02-08,x\n" * 3000),
        ("a.csv", b"x" * 3_000_000),
    ],
)
def test_what_is_no_calendar_is_refused_in_words(name: str, data: bytes) -> None:
    with pytest.raises(CalendarRefused) as refused:
        read_calendar_file(name, data)
    assert refused.value.lines

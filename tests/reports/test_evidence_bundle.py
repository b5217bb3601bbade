"""All evidence in one zip: by indicator, indexed, hashed, with names that every system takes."""

from __future__ import annotations

import io
import os
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryFile
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from reports.bundle_names import BundleNames, plain_name
from reports.evidence_bundle import Packed, write_bundle
from reports.given import Given
from reports.pieces import Piece, Unreadable
from scoring.engine import score
from scoring.standard import Standard
from scoring.values import Offline, Value

AT = datetime(2022, 5, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
INDEX, SUMS = "00 佐证材料目录.xlsx", "00 校验码（SHA-256）.txt"
Write = Callable[..., tuple[Packed, bytes]]


def piece(item: str, name: str, content: bytes = b"%PDF one") -> Piece:
    given = Given(item, name, sha256(content).hexdigest(), "陈宇", AT)
    return Piece(given, len(content), lambda: [content[:3], content[3:]])


def broken(item: str, name: str) -> Piece:
    def read() -> Iterator[bytes]:
        yield b"the beginning"
        raise Unreadable

    return Piece(Given(item, name, "0" * 64, "陈宇", AT), 13, read)


@pytest.fixture
def write(standard: Standard, answers: dict[str, Value]) -> Write:
    def made(*pieces: Piece, given: dict[str, Value] = answers) -> tuple[Packed, bytes]:
        target = io.BytesIO()
        packed = write_bundle(
            target,
            standard,
            score(standard, given),
            pieces,
            department="城东区商务局",
            version=2,
            made_at=AT,
        )
        return packed, target.getvalue()

    return made


def opened(data: bytes) -> zipfile.ZipFile:
    bundle = zipfile.ZipFile(io.BytesIO(data))
    assert bundle.testzip() is None
    return bundle


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(opened(data).read(INDEX)))
    return list(book.active.iter_rows(min_row=5, values_only=True))


def test_files_stand_by_indicator_whatever_the_order_they_were_given_in(write: Write) -> None:
    _, data = write(piece("", "杂项.pdf"), piece("B1-1-1", "决算.pdf"), piece("A1-3-1", "决算.pdf"))
    first, second, third, *rest = opened(data).namelist()
    assert first.startswith("A1-3 财政拨款收入预决算差异率/A1-3-1 ")
    assert second.startswith("B1-1 ")
    assert third.startswith("其他材料/")
    assert rest == [INDEX, SUMS]


def test_a_file_for_two_items_is_in_both_folders_and_said_to_be_the_same(write: Write) -> None:
    packed, data = write(piece("A1-3-1", "决算.pdf"), piece("B1-1-1", "决算.pdf"))
    names = opened(data).namelist()
    assert packed.files == 2
    assert [name.partition(" ")[0] for name in names[:2]] == ["A1-3", "B1-1"]
    first, second = [row for row in rows_of(data) if row[3]]
    assert (first[9], second[9]) == ("", f"与序号{first[0]}是同一个文件")


def test_the_hashes_can_be_checked_with_a_common_program(write: Write, tmp_path: Path) -> None:
    _, data = write(piece("A1-3-1", "决算.pdf"), piece("C1-2-1", "公用 经费.pdf", b"two"))
    opened(data).extractall(tmp_path)
    lines = (tmp_path / SUMS).read_text(encoding="utf-8").splitlines()
    found = dict(reversed(line.split("  ", 1)) for line in lines)
    assert len(found) == 3
    for name, digest in found.items():
        assert sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_the_index_has_each_wanted_item_and_links_to_the_files(
    write: Write, standard: Standard
) -> None:
    _, data = write(piece("A1-3-1", "决算.pdf"))
    wanted = [item.id for each in standard.indicators for item in each.evidence]
    rows = rows_of(data)
    assert [row[2].split()[0] for row in rows] == wanted
    (row,) = [row for row in rows if row[3]]
    assert row[4:9] == (
        "决算.pdf",
        "陈宇",
        "2022-05-20 09:30",
        "1KB",
        sha256(b"%PDF one").hexdigest(),
    )
    book = openpyxl.load_workbook(io.BytesIO(opened(data).read(INDEX)))
    links = [cell.hyperlink for line in book.active.iter_rows() for cell in line if cell.hyperlink]
    assert [link.target.replace("\\", "/").replace("%20", " ") for link in links] == [row[3]]
    assert "已提交1项" in book.active["A3"].value


def test_what_is_not_there_is_told_apart(
    write: Write, standard: Standard, answers: dict[str, Value]
) -> None:
    given = {**answers, "sangong_actual": Offline()}
    states = {row[9] for row in rows_of(write(piece("A1-1-1", "a.pdf"), given=given)[1])}
    assert {"另行提交", "线下报送"} <= states


def test_a_damaged_file_leaves_no_trace_and_is_named(write: Write) -> None:
    packed, data = write(broken("A1-3-1", "坏的.pdf"), piece("A1-3-2", "好的.pdf"))
    assert packed == Packed(1, ("坏的.pdf",))
    assert len(opened(data).namelist()) == 3
    (row,) = [row for row in rows_of(data) if row[4] == "坏的.pdf"]
    assert "损坏" in row[9]


def test_the_same_evidence_gives_the_same_bytes(write: Write) -> None:
    given = [piece("A1-3-1", "决算.pdf"), piece("A1-3-2", "批复.txt", b"x" * 5000)]
    assert write(*given)[1] == write(*given)[1]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "C:\\收支.pdf",
        "a\u202efdp.exe",
        "con.pdf",
        "很长的名称" * 80 + ".pdf",
        "尾巴. ",
        "a\x00b\n.pdf",
        "100%#1&.pdf",
        "",
        ".pdf",
        "\ud800.pdf",
        "emoji😀.pdf",
        '=HYPERLINK("http://x").xlsx',
    ],
)
@pytest.mark.parametrize("item", ["A1-3-1", "", "no-such-item"])
def test_no_name_is_trouble_where_it_is_unpacked(standard: Standard, item: str, name: str) -> None:
    path = BundleNames(standard).place(item, name)
    folder, leaf = path.split("/")
    for part in (folder, leaf):
        assert part == part.strip(" .") != ""
        assert len(part.encode()) <= 255
        assert not set('<>:"|?*\\%#&\x00\n\u202e') & set(part)
        assert not PureWindowsPath(part).is_reserved()
    assert len(path) <= 180


def test_no_two_names_differ_in_case_only(standard: Standard) -> None:
    names = BundleNames(standard)
    paths = [
        names.place("A1-3-1", name) for name in ("表.pdf", "表.PDF", "表.pdf", "A.pdf", "a.pdf")
    ]
    assert len({path.casefold() for path in paths}) == len(paths)
    assert paths[2].endswith("（3）.pdf")


def test_a_name_is_cut_between_characters() -> None:
    assert plain_name("财政" * 50, 10) == "财政财"


def test_a_large_file_is_never_held_whole(standard: Standard, answers: dict[str, Value]) -> None:
    size, block = 48, os.urandom(1 << 20)
    digest = sha256()
    for _ in range(size):
        digest.update(block)
    given = Given("A1-3-1", "大.pdf", digest.hexdigest(), "陈宇", AT)
    large = Piece(given, size << 20, lambda: (block for _ in range(size)))
    sheet = score(standard, answers)
    more = {"department": "城东区商务局", "version": 1, "made_at": AT}
    tracemalloc.start()
    try:
        with TemporaryFile() as target:
            write_bundle(target, standard, sheet, [large], **more)
            assert target.tell() > size << 20
        assert tracemalloc.get_traced_memory()[1] < 24 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_the_index_can_be_opened(write: Write, tmp_path: Path) -> None:
    names = ["决算.pdf", "批复.docx", "很长的名称" * 12 + ".pdf"]
    _, data = write(*(piece("A1-3-1", name, name.encode()) for name in names))
    (tmp_path / "index.xlsx").write_bytes(opened(data).read(INDEX))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         str(tmp_path / "index.xlsx")],
        check=True, timeout=100, capture_output=True,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "index.pdf"), "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "佐证材料目录" in text
    assert "另行提交" in text

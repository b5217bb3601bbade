"""`jixiao summary`, `jixiao archive` and the erasing of a year."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.commands.erasing import erase

EXAMPLE = Path(__file__).parents[3] / "examples" / "district.yaml"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        "FILE_STORE": str(tmp_path / "files"),
        "CORP_ID": "wwemu0001",
        "AGENT_ID": "1000002",
        "SECRET": "s3cret-value",
        "TOKEN": "tok3n",
        "AES_KEY": AES_KEY,
    }
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(f"JIXIAO_{name}", value)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    assert invoke("district", "load", str(EXAMPLE)).exit_code == 0
    return invoke


def test_a_summary_is_written_and_not_over_another_file(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert run("summary", "--out", str(file)).exit_code == 0
    assert openpyxl.load_workbook(file).sheetnames[0] == "总览"
    again = run("summary", "--out", str(file))
    assert (again.exit_code, "没有覆盖" in again.output) == (2, True)
    assert run("summary", "--out", str(file), "--force").exit_code == 0
    wrong = run("summary", "--cycle", "9")
    assert (wrong.exit_code, "没有编号为9的年度" in wrong.output) == (2, True)


def test_an_archive_is_made_saved_and_verified(run: Any, tmp_path: Path) -> None:
    assert "还没有档案" in run("archive", "verify").output
    file, other = tmp_path / "a.zip", tmp_path / "b.zip"
    made = run("archive", "make", "--out", str(file))
    assert made.exit_code == 0, made.output
    assert "4个单位" in made.output
    assert run("archive", "save", str(other)).exit_code == 0
    assert other.read_bytes() == file.read_bytes()
    for command in (("archive", "verify"), ("archive", "verify", str(file))):
        whole = run(*command)
        assert (whole.exit_code, "档案完整" in whole.output) == (0, True), whole.output
    with ZipFile(file, "a") as archive:
        archive.writestr("x", "x")
    spoilt = run("archive", "verify", str(file))
    assert (spoilt.exit_code, "多了：x" in spoilt.output) == (2, True)
    assert run("archive", "verify", str(EXAMPLE)).exit_code == 2
    assert run("archive", "verify", str(tmp_path / "none.zip")).exit_code == 2


def test_an_open_year_is_not_erased(run: Any) -> None:
    def refused(*arguments: str) -> str:
        result = CliRunner().invoke(erase, list(arguments))
        assert result.exit_code == 2, result.output
        return result.output

    assert "还没有档案" in refused("1", "--yes")
    run("archive", "make")
    assert "还没有结束" in refused("1", "--yes")
    refused("7", "--yes")

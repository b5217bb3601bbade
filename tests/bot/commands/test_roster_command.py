"""`jixiao roster`: template, check, import, export, reconcile."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.wecom.errors import NotSent

EXAMPLE = Path(__file__).parents[3] / "examples" / "district.yaml"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command with whole settings in a folder of its own, the example district loaded."""
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        "FILE_STORE": str(tmp_path / "files"),
        "CORP_ID": "wwemu0001",
        "AGENT_ID": "1000002",
        "SECRET": "s3cret-value",
        "TOKEN": "tok3n",
        "AES_KEY": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    }
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(f"JIXIAO_{name}", value)

    def invoke(*arguments: str, given: str = "") -> Result:
        return CliRunner().invoke(main, ["roster", *arguments], input=given)

    CliRunner().invoke(main, ["district", "load", str(EXAMPLE)])
    return invoke


def change(path: Path, *cells: tuple[str, str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    for sheet, name, value in cells:
        book[sheet][name] = value
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())


def test_out_changed_and_in_again(run: Any, tmp_path: Path) -> None:
    assert run("export", "r.xlsx").exit_code == 0
    assert "没有要改的" in run("import", "r.xlsx").output
    change(tmp_path / "r.xlsx", ("部门", "B4", "梅江区水利局"))
    checked = run("check", "r.xlsx")
    assert checked.exit_code == 0
    assert "和现在有1处差别：部门改名1个。" in checked.output
    refused = run("import", "r.xlsx", given="n\n")
    assert "没有改。" in refused.output
    assert "1处差别" in run("check", "r.xlsx").output
    done = run("import", "r.xlsx", given="y\n")
    assert done.exit_code == 0, done.output
    assert "名册已更新：部门改名1个。" in done.output
    assert "没有要改的" in run("import", "r.xlsx", "--yes").output


def test_mistakes_end_it_with_all_of_them(run: Any, tmp_path: Path) -> None:
    run("export", "r.xlsx")
    change(tmp_path / "r.xlsx", ("人员", "B2", "张三"), ("部门", "A3", "301"))
    for command in (("check", "r.xlsx"), ("import", "r.xlsx", "--yes")):
        result = run(*command)
        assert result.exit_code == 2
        assert "r.xlsx有" in result.output
        assert "部门 第3行“部门代码”（A3）“301”" in result.output
        assert "人员 第2行“企业微信账号”（B2）“张三”" in result.output
        assert "Traceback" not in result.output


def test_files_are_not_overwritten_unless_asked(run: Any, tmp_path: Path) -> None:
    assert run("template", "t.xlsx").exit_code == 0
    result = run("template", "t.xlsx")
    assert result.exit_code == 2
    assert "已经存在" in result.output
    assert run("template", "t.xlsx", "--force").exit_code == 0
    assert run("export", "t.xlsx").exit_code == 2


def test_what_is_no_roster_is_refused(run: Any, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"name,userid\n")
    for name in ("x.xlsx", "missing.xlsx"):
        result = run("check", name)
        assert result.exit_code == 2
        assert "Traceback" not in result.output


def test_the_directory_is_asked_at_once(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def user(self: Any, userid: str) -> dict[str, Any]:
        return {"name": "别名" if userid == "chenyu" else "", "status": 1}

    monkeypatch.setattr("bot.wecom.api.WeComApi.user", user)
    result = run("reconcile")
    assert result.exit_code == 0, result.output
    assert "陈宇（chenyu，梅州市梅江区科工商务局填报人）：企业微信里的名字是“别名”" in result.output

    def fail(self: Any, userid: str) -> dict[str, Any]:
        raise NotSent("user/get", "no connection")

    monkeypatch.setattr("bot.wecom.api.WeComApi.user", fail)
    failed = run("reconcile")
    assert failed.exit_code == 2
    assert "没有得出任何结论" in failed.output

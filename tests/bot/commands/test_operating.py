"""The commands that operators use."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import requests
import yaml
from click.testing import CliRunner, Result

from bot.cli import main
from bot.commands.selftest import find_fault, make_check
from bot.services import Services
from bot.settings import Settings
from bot.wecom.callback import CallbackGuard
from storage import outbox, tasks
from storage.database import Database
from storage.outbox import OutboxRow

EXAMPLE = Path(__file__).parents[3] / "examples" / "district.yaml"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command with whole settings in a folder of its own."""
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

    return invoke


def test_a_district_is_loaded_twice_and_stands_once(run: Any, tmp_path: Path) -> None:
    for _ in range(2):
        result = run("district", "load", str(EXAMPLE))
        assert result.exit_code == 0, result.output
        assert "4个部门，14人" in result.output
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    with database.read() as tx:
        counts = [
            tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("cycles", "departments", "forms", "roles")
        ]
    database.close()
    assert counts == [1, 4, 4, 11]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"people": {}}, "chenyu"),
        ({"departments": []}, "departments"),
        ({"surprise": 1}, "surprise"),
        ({"cycle": {"name": "x"}}, "cycle.year"),
        ({"people": {"chenyu": {"name": "陈宇", "phone": "1"}}}, "people.chenyu.phone"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    run: Any, tmp_path: Path, change: dict[str, Any], named: str
) -> None:
    plan = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")) | change
    file = tmp_path / "wrong.yaml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    result = run("district", "load", str(file))
    assert result.exit_code == 2
    assert named in result.output
    assert "请" in result.output
    assert "Traceback" not in result.output


def test_a_file_that_is_no_yaml_is_refused(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("a: [", encoding="utf-8")
    assert "不是 YAML" in run("district", "load", str(file)).output
    assert "读不了" in run("district", "load", str(tmp_path / "missing.yaml")).output


def test_an_open_cycle_keeps_its_standard(run: Any, tmp_path: Path) -> None:
    run("district", "load", str(EXAMPLE))
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    with database.begin() as tx:
        tx.exec_driver_sql(
            "INSERT INTO standards SELECT 'old', name, text, stored_at FROM standards"
        )
        tx.exec_driver_sql("UPDATE cycles SET standard_hash = 'old'")
    database.close()
    result = run("district", "load", str(EXAMPLE))
    assert result.exit_code == 2
    assert "评分标准的另一个文本" in result.output


def test_an_older_open_cycle_is_not_opened_a_second_time(run: Any, tmp_path: Path) -> None:
    newer = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    newer["cycle"] |= {"name": "next", "year": newer["cycle"]["year"] + 1}
    file = tmp_path / "next.yaml"
    file.write_text(yaml.safe_dump(newer, allow_unicode=True), encoding="utf-8")
    for path in (EXAMPLE, file, EXAMPLE):
        assert run("district", "load", str(path)).exit_code == 0
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM cycles").scalar_one() == 2
    database.close()


def test_missing_settings_are_named_and_secrets_are_not(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIXIAO_TOKEN")
    monkeypatch.setenv("JIXIAO_AGENT_ID", "s3cret-in-the-wrong-place")
    result = run("db", "upgrade")
    assert result.exit_code == 2
    assert "JIXIAO_TOKEN" in result.output
    assert "JIXIAO_AGENT_ID" in result.output
    assert "s3cret" not in result.output


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["district", "load", str(EXAMPLE)]])
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("AES_KEY", "t00-sh0rt"),
        ("AES_KEY", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2+"),
        ("TOKEN", "not-allowed!"),
        ("TOKEN", "t" * 33),
        ("SECRET", ""),
        ("AGENT_ID", "abc"),
        ("DATABASE_URL", "mysql://u:p4ss@h/d"),
        ("DATABASE_URL", "nonsense"),
        ("FILE_STORE", "nowhere://x"),
        ("CA_BUNDLE", "/not/there.pem"),
        ("PAGE_REQUESTS", "often"),
        ("API_BASE", "http://localhost/cgi-bin/"),
        ("LOG_LEVEL", "loud"),
        ("PER_MEMBER_PER_MINUTE", "31"),
        ("CARDS", "perhaps"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_its_name_and_what_to_do(
    run: Any, monkeypatch: pytest.MonkeyPatch, command: list[str], setting: str, value: str
) -> None:
    monkeypatch.setenv(f"JIXIAO_{setting}", value)
    result = run(*command)
    assert result.exit_code == 2, result.output
    (line,) = result.output.splitlines()
    assert f"JIXIAO_{setting}" in line
    assert "请" in line
    assert "写得不对" not in line, "that sentence is for what nobody thought of"
    assert not value or value not in line


def test_a_settings_file_that_is_not_there_is_named(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_SETTINGS_FILE", "missing.env")
    result = run("serve")
    assert result.exit_code == 2
    assert "missing.env" in result.output


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["db", "upgrade"], ["outbox"]])
def test_a_database_that_cannot_be_used_is_told_in_words(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "file").touch()
    for path, told in (("folder.db", "数据库现在用不了"), ("file/x.db", "系统不允许")):
        monkeypatch.setenv("JIXIAO_DATABASE_URL", f"sqlite:///{tmp_path / path}")
        result = run(*command)
        assert result.exit_code == 2, result.output
        assert told in result.output


def test_the_demonstration_empties_only_its_own_folder(run: Any, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    result = run("demo", "--folder", str(tmp_path / "mine"))
    assert result.exit_code == 2
    assert "不敢清空" in result.output
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_upgrading_is_repeatable(run: Any) -> None:
    assert run("db", "upgrade").exit_code == run("db", "upgrade").exit_code == 0


def test_what_is_stuck_is_listed_without_content_and_tried_again(
    run: Any, services: Services, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_DATABASE_URL", services.settings.database_url)
    assert "没有卡住" in run("outbox").output
    with services.database.begin() as tx:
        outbox.add(tx, "chenyu", '{"private": 1}', "send", clock())
        (row,) = claimed(tx, clock)
        outbox.mark_failed(tx, row, "errcode 81013")
        tasks.add(tx, "preview", {"form_id": 1}, "k", clock())
        tasks.give_up(tx, 1, clock(), "ValueError")
    listed = run("outbox").output
    assert "81013" in listed
    assert "ValueError" in listed
    assert "private" not in listed
    for what in ("message", "task"):
        assert run("outbox", "requeue", what, "1").exit_code == 0
        assert run("outbox", "requeue", what, "1").exit_code == 2
    assert "没有卡住" in run("outbox").output


def claimed(tx: Any, clock: Any) -> list[OutboxRow]:
    from datetime import timedelta

    return outbox.claim(tx, "w", clock(), 1, timedelta(minutes=1))


def test_the_check_is_one_that_the_gate_accepts(settings: Settings, clock: Any) -> None:
    echo, query = make_check(settings, clock())
    guard = CallbackGuard("wwemu0001", "tok3n", AES_KEY)
    assert guard.verify_url(query, clock()) == echo


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [(200, b"123", None), (200, b'"123"', "body"), (403, b"", "signature"), (404, b"", "status")],
)
def test_what_is_wrong_with_an_answer(status: int, body: bytes, fault: str | None) -> None:
    answer = requests.Response()
    answer.status_code, answer._content = status, body
    assert find_fault(answer, "123") == fault


def test_an_address_where_nobody_is_says_so(run: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    result = run("selftest", "--url", f"http://127.0.0.1:{port}")
    assert result.exit_code == 2
    assert "没有回应" in result.output


def test_every_command_has_help(run: Any) -> None:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        options = [each for each in command.params if isinstance(each, click.Option)]
        for said in (command.help, *(option.help for option in options)):
            assert re.search("[\u4e00-\u9fff]", said or ""), name
        assert run(name, "--help").exit_code == 0


def test_scoring_loads_no_service() -> None:
    code = "import sys, bot.cli, bot.commands.score; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert not loaded & {"flask", "sqlalchemy", "requests", "alembic", "waitress", "docx"}

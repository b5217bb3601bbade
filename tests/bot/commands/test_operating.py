"""The commands that operators use."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

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
        assert "4个部门，10人" in result.output
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    with database.read() as tx:
        counts = [
            tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("cycles", "departments", "forms", "roles")
        ]
    database.close()
    assert counts == [1, 4, 4, 10]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"people": {}}, "chenyu"),
        ({"departments": []}, "departments"),
        ({"surprise": 1}, "surprise"),
        ({"cycle": {"name": "x"}}, "cycle.year"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    run: Any, tmp_path: Path, change: dict[str, Any], named: str
) -> None:
    plan = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")) | change
    file = tmp_path / "wrong.yaml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    result = run("district", "load", str(file))
    assert result.exit_code == 1
    assert named in result.output
    assert "Traceback" not in result.output


def test_a_file_that_is_no_yaml_is_refused(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("a: [", encoding="utf-8")
    assert "not YAML" in run("district", "load", str(file)).output


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
    assert result.exit_code == 1
    assert "another text of the standard" in result.output


def test_missing_settings_are_named_and_secrets_are_not(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIXIAO_TOKEN")
    monkeypatch.setenv("JIXIAO_AGENT_ID", "s3cret-in-the-wrong-place")
    result = run("db", "upgrade")
    assert result.exit_code == 1
    assert "JIXIAO_TOKEN" in result.output
    assert "JIXIAO_AGENT_ID" in result.output
    assert "s3cret" not in result.output


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
        assert run("outbox", "requeue", what, "1").exit_code == 1
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
    assert result.exit_code == 1
    assert "没有回应" in result.output


def test_every_command_has_help(run: Any) -> None:
    for name, command in main.commands.items():
        assert command.help, name
        assert run(name, "--help").exit_code == 0

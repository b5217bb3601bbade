"""A backup made under way, and put back: everything is there again, and nothing is sent twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.backups.making import NothingThere, make_backup
from bot.backups.restoring import NotRestored, restore_backup
from bot.cli import main
from bot.services import Services, make_services
from bot.settings import Settings
from storage import answers, files, leases, outbox
from tests.kills.scene import CONTACT, furnish

NOW = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
PAPER = b"%PDF-1.7 a paper of three pages"


def settings_in(folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        environment="development",
        database_url=f"sqlite:///{folder / 'jixiao.db'}",
        file_store=str(folder / "files"),
        corp_id="wwemu0001",
        agent_id=1000002,
        secret="s3cret",
        token="tok3n",
        aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
        log_level="error",
    )


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with a file and a message that waits."""
    folder = tmp_path_factory.mktemp("furnished")
    services = make_services(settings_in(folder), lambda: NOW)
    furnish(services.database, NOW)
    key = services.files.put(PAPER, "paper.pdf")
    with services.database.begin() as tx:
        files.keep(tx, key, "paper.pdf", len(PAPER), "application/pdf", NOW)
        outbox.add(tx, CONTACT, "{}", "send", NOW)
    services.close()
    return folder


@pytest.fixture
def services(furnished: Path, tmp_path: Path) -> Any:
    folder = tmp_path / "here"
    shutil.copytree(furnished, folder)
    made = make_services(settings_in(folder), lambda: NOW)
    yield made
    made.close()


def all_rows(services: Services) -> dict[str, list[Any]]:
    tables = ("forms", "people", "answer_events", "present_answers", "files", "cycles")
    with services.database.read() as tx:
        return {t: [tuple(r) for r in tx.execute(text(f"SELECT * FROM {t}"))] for t in tables}


def elsewhere(tmp_path: Path) -> Settings:
    folder = tmp_path / "there"
    folder.mkdir()
    return settings_in(folder)


def test_what_was_backed_up_is_there_again(services: Services, tmp_path: Path) -> None:
    before = all_rows(services)
    make_backup(services, tmp_path / "b.zip")
    settings = elsewhere(tmp_path)
    done = restore_backup(settings, tmp_path / "b.zip", NOW, replace=False)
    assert done.aside is None
    again = make_services(settings, lambda: NOW)
    assert all_rows(again) == before
    key = done.manifest.files[0].key
    assert again.files.get(key) == PAPER
    with again.database.read() as tx:
        assert answers.present(tx, 1) == answers.rebuild(tx, 1)
    again.close()


def test_writers_go_on_while_it_is_made(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(key: str) -> Any:
        with services.database.begin() as tx:
            answers.record(tx, 1, {"contact_name": "late"}, "late", CONTACT, NOW)
        return real(key)

    real = services.files.pieces
    monkeypatch.setattr(services.files, "pieces", write)
    make_backup(services, tmp_path / "b.zip")
    settings = elsewhere(tmp_path)
    restore_backup(settings, tmp_path / "b.zip", NOW, replace=False)
    again = make_services(settings, lambda: NOW)
    with again.database.read() as tx:
        assert "late" not in str(answers.history(tx, 1, "contact_name"))
    again.close()


def test_what_waited_is_not_sent_again_by_itself(services: Services, tmp_path: Path) -> None:
    make_backup(services, tmp_path / "b.zip")
    settings = elsewhere(tmp_path)
    assert restore_backup(settings, tmp_path / "b.zip", NOW, replace=False).doubtful == 1
    again = make_services(settings, lambda: NOW)
    with again.database.begin() as tx:
        assert outbox.claim(tx, "w", NOW, 10, timedelta(seconds=60)) == []
        (row,) = outbox.stuck(tx)
        assert row.state == "unknown"
        assert outbox.requeue(tx, row.id, NOW)
    again.close()


def test_the_database_that_was_there_is_kept_aside(services: Services, tmp_path: Path) -> None:
    make_backup(services, tmp_path / "b.zip")
    with services.database.begin() as tx:
        answers.record(tx, 1, {"contact_name": "later"}, "later", CONTACT, NOW)
    settings = services.settings
    services.close()
    with pytest.raises(NotRestored, match="something_there"):
        restore_backup(settings, tmp_path / "b.zip", NOW, replace=False)
    done = restore_backup(settings, tmp_path / "b.zip", NOW, replace=True)
    assert done.aside
    old = make_services(settings.model_copy(update={"database_url": f"sqlite:///{done.aside}"}))
    with old.database.read() as tx:
        assert answers.present(tx, 1)["contact_name"] == "later"
    old.close()


def test_not_while_a_worker_runs(services: Services, tmp_path: Path) -> None:
    make_backup(services, tmp_path / "b.zip")
    with services.database.begin() as tx:
        leases.take(tx, "tick", "somebody", NOW, timedelta(seconds=30))
    with pytest.raises(NotRestored, match="still_running"):
        restore_backup(services.settings, tmp_path / "b.zip", NOW, replace=True)


def harmed(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Rewrites a zip with its members changed or, for None, left out."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in members.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda n, c: c + b"x" if n.startswith("files/") else c, "damaged"),
        (lambda n, c: None if n.startswith("files/") else c, "damaged"),
        (lambda n, c: c[:-4000] if n.endswith("sqlite3") else c, "damaged"),
        (lambda n, c: None if n.endswith("sqlite3") else c, "damaged"),
        (lambda n, c: None if n == "manifest.json" else c, "not_a_backup"),
        (lambda n, c: b"{}" if n == "manifest.json" else c, "not_a_backup"),
        (lambda n, c: c.replace(b'"00', b'"99') if n == "manifest.json" else c, "newer_version"),
    ],
)
def test_a_harmed_backup_changes_nothing(
    services: Services, tmp_path: Path, change: Any, code: str
) -> None:
    make_backup(services, tmp_path / "b.zip")
    harmed(tmp_path / "b.zip", change)
    settings = elsewhere(tmp_path)
    with pytest.raises(NotRestored, match=code):
        restore_backup(settings, tmp_path / "b.zip", NOW, replace=False)
    assert [each.name for each in (tmp_path / "there").iterdir()] == []


def test_a_backup_that_fails_leaves_nothing_behind(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_key: str) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(services.files, "pieces", full)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(OSError, match="No space"):
        make_backup(services, out / "b.zip")
    assert list(out.iterdir()) == []


def test_a_database_without_anything_is_told(tmp_path: Path) -> None:
    services = make_services(settings_in(tmp_path), lambda: NOW)
    services.database.check()
    with pytest.raises(NothingThere):
        make_backup(services, tmp_path / "b.zip")
    services.close()
    assert not list(tmp_path.glob("*.zip*"))


def test_by_command(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in services.settings.model_dump(exclude_none=True).items():
        plain = getattr(value, "get_secret_value", lambda value=value: value)()
        if isinstance(plain, str | int) and plain != "":
            monkeypatch.setenv(f"JIXIAO_{name.upper()}", str(plain))
    run = CliRunner().invoke
    made = run(main, ["backup", str(tmp_path / "b.zip")])
    assert made.exit_code == 0
    assert "1个文件" in made.output
    assert run(main, ["backup", str(tmp_path / "b.zip")]).exit_code == 2
    refused = run(main, ["restore", str(tmp_path / "b.zip")])
    assert refused.exit_code == 2
    assert "--replace" in refused.output
    done = run(main, ["restore", str(tmp_path / "b.zip"), "--replace"])
    assert done.exit_code == 0, done.output
    assert "jixiao outbox" in done.output
    (tmp_path / "n.zip").write_bytes(b"no zip")
    assert run(main, ["restore", str(tmp_path / "n.zip")]).exit_code == 2

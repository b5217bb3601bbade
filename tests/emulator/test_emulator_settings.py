"""The guards that keep the emulator away from real corporations."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from emulator.__main__ import main
from emulator.settings import Settings, load_settings


def changed(settings: Settings, **more: Any) -> Settings:
    return Settings.model_validate(settings.model_dump() | more)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("corp_id", "ww1234567890abcdef", "does not begin with 'wwemu'"),
        ("callback_url", "https://bot.example.gov.cn/callback", "does not lead to this machine"),
        ("callback_url", "http://10.0.0.5/callback", "does not lead to this machine"),
        ("callback_url", "http://localhost.evil.example/x", "does not lead to this machine"),
        ("callback_url", "ftp://127.0.0.1/x", "does not lead to this machine"),
        ("host", "0.0.0.0", "can be reached from outside"),
        ("aes_key", "short", "43 letters"),
        ("token", "with-dash", "token"),
        ("members", [{"userid": "a", "name": "甲"}, {"userid": "A", "name": "乙"}], "given twice"),
        ("unknown", 1, "unknown"),
    ],
)
def test_settings_that_could_do_harm_are_refused(
    settings: Settings, field: str, value: object, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        changed(settings, **{field: value})


@pytest.mark.parametrize("url", ["http://127.0.0.1:5000/x", "http://localhost/x", "http://[::1]/x"])
def test_this_machine_is_accepted(settings: Settings, url: str) -> None:
    assert changed(settings, callback_url=url).callback_url == url


def test_settings_come_from_yaml(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "emulator.yaml"
    path.write_text(settings.model_dump_json(), encoding="utf-8")
    assert load_settings(path) == settings
    path.write_text("- nonsense", encoding="utf-8")
    with pytest.raises(ValueError, match="holds no settings"):
        load_settings(path)


def test_the_command_line_refuses_a_real_corporation(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "emulator.yaml"
    raw = settings.model_dump_json().replace("wwemu0001", "wwabc")
    path.write_text(raw, encoding="utf-8")
    result = CliRunner().invoke(main, ["--config", str(path)])
    assert result.exit_code == 1
    assert "does not begin with 'wwemu'" in result.output

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import Settings, load_settings

CONFIGURATION = Path(__file__).parents[2] / "docs" / "configuration.md"
LEAST = {
    "corp_id": "ww1",
    "agent_id": 1,
    "secret": "s3cret-value",
    "token": "t0kenvalue",
    "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
}


def make(**changes: Any) -> Settings:
    return Settings(_env_file=None, **(LEAST | changes))


def test_production_is_the_default() -> None:
    assert make().environment == "production"


@pytest.mark.parametrize(
    "changes",
    [
        {"clock_file": "clock.json"},
        {"api_base": "http://127.0.0.1:8090/cgi-bin/"},
        {"api_base": "http://localhost:8090/cgi-bin/"},
        {"api_base": "http://[::1]:8090/cgi-bin/"},
        {"api_base": "http://0.0.0.0:8090/cgi-bin/"},
        {"api_base": "http://app.localhost:8090/cgi-bin/"},
        {"oauth_base": "http://127.0.0.1:8090/connect/oauth2/authorize"},
    ],
)
def test_production_refuses_what_belongs_to_demonstrations(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="development"):
        make(**changes)
    assert make(environment="development", **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"api_base": "qyapi.weixin.qq.com"},
        {"public_url": "bot.example.cn"},
        {"timezone": "Asia/Nowhere"},
        {"verify_file": "../secrets.txt"},
        {"per_member_per_minute": 31},
        {"agent_id": 0},
        {"log_level": "loud"},
        {"deadline_met_by": "fax"},
        {"working_hours": "9-17"},
        {"working_hours": "17:30-09:00"},
        {"returned_working_days": 0},
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make(**changes)


def test_secrets_are_not_shown() -> None:
    shown = repr(make()) + str(make().model_dump())
    assert not any(str(LEAST[name]) in shown for name in ("secret", "token", "aes_key"))


@pytest.mark.parametrize("name", ["secret", "token", "aes_key"])
def test_a_refusal_shows_no_value(name: str) -> None:
    wrong = [{"api_base": "http://localhost/"}, {"agent_id": "pr1vate!"}]
    for changes in wrong if name == "secret" else [*wrong, {name: "pr1vate!"}]:
        with pytest.raises(ValidationError) as caught:
            make(**changes)
        shown = str(caught.value) + repr(caught.value)
        assert "pr1vate!" not in shown
        assert str(LEAST[name]) not in shown


def test_settings_come_from_the_environment_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bot.env"
    file.write_text("JIXIAO_AGENT_ID=7\nJIXIAO_CARDS=false\n", encoding="utf-8")
    monkeypatch.setenv("JIXIAO_SETTINGS_FILE", str(file))
    for name in ("corp_id", "secret", "token", "aes_key"):
        monkeypatch.setenv(f"JIXIAO_{name.upper()}", str(LEAST[name]))
    settings = load_settings()
    assert (settings.agent_id, settings.cards, settings.corp_id) == (7, False, "ww1")


def test_every_setting_is_documented_with_its_default() -> None:
    rows = [line for line in CONFIGURATION.read_text(encoding="utf-8").splitlines() if "|" in line]
    for name, field in Settings.model_fields.items():
        (row,) = [line for line in rows if f"`JIXIAO_{name.upper()}`" in line]
        if not field.is_required():
            default = (
                str(field.default).lower() if isinstance(field.default, bool) else field.default
            )
            shown = f"`{default}`" if default not in (None, "") else "none"
            assert shown in row, f"{name}: {shown} is not in {row}"


def test_no_setting_is_documented_that_does_not_exist() -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `JIXIAO_")]
    names = {f"JIXIAO_{name.upper()}" for name in Settings.model_fields}
    assert {row.split("`")[1] for row in rows} == names

"""`jixiao menu`: what is listed, what is sent, what is said when it is refused."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.wecom.api import WeComApi
from bot.wecom.errors import ApiError, reaction_to


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command with settings from the environment; gives its result."""
    values = {
        "ENVIRONMENT": "development",
        "DATABASE_URL": f"sqlite:///{tmp_path}/x.db",
        "FILE_STORE": str(tmp_path / "files"),
        "CORP_ID": "wwemu0001",
        "AGENT_ID": "1000002",
        "SECRET": "s3cret",
        "TOKEN": "tok3n",
        "AES_KEY": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
        "PUBLIC_URL": "https://jixiao.example.gov.cn",
    }

    def command(*arguments, **more):
        for name, value in (values | more).items():
            monkeypatch.setenv(f"JIXIAO_{name}", value)
        return CliRunner().invoke(main, ["menu", *arguments])

    monkeypatch.chdir(tmp_path)
    return command


@pytest.fixture
def sent(monkeypatch):
    menus = []
    monkeypatch.setattr(WeComApi, "create_menu", lambda self, menu: menus.append(menu))
    return menus


def test_the_menu_is_listed_and_sent(run, sent):
    result = run()
    assert result.exit_code == 0, result.output
    assert "继续填报" in result.output
    assert "我的得分" in result.output
    assert [button["name"] for button in sent[0]["button"]] == ["继续填报", "材料", "更多"]


def test_show_sends_nothing(run, sent):
    assert run("--show").exit_code == 0
    assert sent == []


def test_without_an_address_it_says_what_is_missing(run, sent):
    result = run(PUBLIC_URL="")
    assert "JIXIAO_PUBLIC_URL" in result.output
    assert [button["name"] for button in sent[0]["button"]] == ["继续填报", "更多"]


@pytest.mark.parametrize("text", ["- name: 这个名称太长了\n  say: 继续\n", "a: [", "just words"])
def test_a_bad_file_is_refused_in_words(run, sent, tmp_path, text):
    file = tmp_path / "menu.yaml"
    file.write_text(text, encoding="utf-8")
    result = run(MENU_FILE=str(file))
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert "Traceback" not in result.output
    assert sent == []


def test_a_refusal_of_wechat_work_is_told(run, monkeypatch):
    def refuse(self, menu):
        raise ApiError("menu/create", 40016, "invalid button size", reaction_to(40016))

    monkeypatch.setattr(WeComApi, "create_menu", refuse)
    result = run()
    assert result.exit_code == 2
    assert "40016" in result.output
    assert "s3cret" not in result.output

"""The chat in a terminal, against the real service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo.terminal import Terminal
from emulator.app import create_app
from emulator.transport import wsgi_session

District = Any  # of conftest.py, which can't be imported


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def terminal(district: District, shown: list[str]) -> Terminal:
    session = wsgi_session(create_app(district.world))
    return Terminal(
        "http://emulator/", "chenyu", shown.append, session, pause=lambda _: district.drain()
    )


def test_what_is_typed_is_said_and_what_comes_is_shown(
    terminal: Terminal, shown: list[str]
) -> None:
    terminal.open()
    assert any("陈宇您好" in each for each in shown)
    assert any(each.startswith("[/1] A ") for each in shown)
    shown.clear()
    assert terminal.take("/2 8")
    assert any("选了政府采购" in each for each in shown)
    shown.clear()
    assert terminal.take("0753-2345678")
    assert any("0753-2345678" in each for each in shown)
    assert not terminal.take("/quit")


def test_a_card_that_is_not_there_is_said(terminal: Terminal, shown: list[str]) -> None:
    terminal.take("/1")
    assert shown == ["现在没有可以点的卡片，或者没有这个序号。"]


def test_others_can_be_talked_as_and_the_talk_kept(
    terminal: Terminal, shown: list[str], tmp_path: Path
) -> None:
    terminal.take("/as hesui")
    terminal.take("帮助")
    file = tmp_path / "kept.yaml"
    terminal.take(f"/save {file}")
    [dialogue] = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert [step.get("said") for step in dialogue["steps"]] == [None, "帮助"]
    assert str(file) in shown[-1]

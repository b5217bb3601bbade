"""The app's menu: within WeChat Work's limits, and what each entry says is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.menu import menu_of, read_menu
from bot.settings import Settings
from dialogs.understand.command import read_command
from emulator.menu import check_menu


@pytest.fixture
def with_pages(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": "https://jixiao.example.gov.cn"})


def entries(menu):
    return [each for button in menu["button"] for each in button.get("sub_button", [button])]


def test_the_houses_menu_is_taken_by_wechat_work(with_pages):
    menu = menu_of(with_pages, read_menu(None))
    assert check_menu(menu) == menu


def test_what_an_entry_says_is_a_command(with_pages):
    said = [each["key"] for each in entries(menu_of(with_pages, read_menu(None))) if "key" in each]
    assert len(said) >= 5
    assert all(read_command(text) for text in said)


def test_pages_are_opened_under_the_public_address(with_pages):
    opened = [
        each["url"] for each in entries(menu_of(with_pages, read_menu(None))) if "url" in each
    ]
    assert "https://jixiao.example.gov.cn/pages/texts" in opened
    assert not any("?" in url for url in opened)


def test_without_a_public_address_only_words_are_left(settings):
    menu = menu_of(settings, read_menu(None))
    assert check_menu(menu) == menu
    assert all(each["type"] == "click" for each in entries(menu))


def write(folder: Path, text: str) -> str:
    file = folder / "menu.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_an_own_menu_replaces_the_houses(tmp_path, with_pages):
    file = write(tmp_path, "- name: 打卡\n  say: 继续\n")
    only = {"type": "click", "name": "打卡", "key": "继续"}
    assert menu_of(with_pages, read_menu(file)) == {"button": [only]}


@pytest.mark.parametrize(
    "text",
    [
        "- name: 这个名称太长了\n  say: 继续\n",
        "- name: 两样\n  say: 继续\n  page: texts\n",
        "- name: 没有\n",
        "[]",
        "- {name: 一, say: 一}\n- {name: 二, say: 二}\n- {name: 三, say: 三}\n- {name: 四, say: 四}\n",
        "- name: 多\n  entries:\n  - {name: 深, entries: [{name: 底, say: 一}]}\n",
        "just words",
    ],
)
def test_a_menu_that_wechat_work_would_refuse_is_refused_here(tmp_path, text):
    with pytest.raises(ValidationError):
        read_menu(write(tmp_path, text))

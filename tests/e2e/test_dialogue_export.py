"""A conversation over the real service, written down, plays again as a dialogue test."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from dialogs.case import Person, Role
from scoring.loading import load

District = Make = Any  # the types of conftest.py, which can't be imported
CONTACT = "chenyu"
DIALOGS = Path(__file__).parents[1] / "dialogs"


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"played_{name}", DIALOGS / f"{name}.py")
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


def test_a_conversation_can_be_kept_as_a_dialogue_test(district: District) -> None:
    district.open(CONTACT)
    district.submit(CONTACT, ["B", "H"])
    district.say(CONTACT, "0753-2345678")
    district.say(CONTACT, "这个为什么要问")
    district.say(CONTACT, "联系电话改成0753-8765432")
    kept = yaml.safe_load(district.world.dialogue(CONTACT, "导出的对话"))
    [dialogue] = kept
    assert [next(iter(step)) for step in dialogue["steps"]] == ["opened", "chosen", *["said"] * 3]
    assert all(step["answered"] for step in dialogue["steps"])

    playing, talk_of = module("test_dialogues"), module("conftest")
    person = Person(CONTACT, "陈宇", frozenset({Role.CONTACT}), dialogue["text_only"])
    talk = talk_of.Conversation(load("meijiang-2021"), person=person)
    for step in dialogue["steps"]:
        playing.check(talk, step, playing.act(talk, step))
    assert talk.answers["contact_phone"].plain() == "0753-8765432"

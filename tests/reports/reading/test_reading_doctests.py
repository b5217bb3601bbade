"""The examples in docstrings run; every sentence of a note or an error stands in the catalogue."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import reports.reading
from reports.wording import phrases

MODULES = [f"reports.reading.{one.name}" for one in pkgutil.iter_modules(reports.reading.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_code_has_its_sentence_and_every_sentence_its_use() -> None:
    folder = Path(reports.reading.__file__).parent
    code = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    used = set(re.findall(r'"((?:note|unreadable)_[a-z_]+)"', code))
    known = {name for name in phrases() if name.startswith(("note_", "unreadable_"))}
    ours = {name for name in known if name in (folder.parent / "phrases/reading.yaml").read_text()}
    assert used == ours

"""What people write, in tests/utterances: each read as its kind, as `jixiao understand` reads it.

A file `<kind>.yaml` is a list of entries {text, value} or {text, ask: true}; beside them may stand
`today`, `options` and `unit` (what the question named) and `says` (a regular expression on what
is asked). An entry with neither text nor value gives defaults to all that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.understanding import understand
from scoring.loading import load
from scoring.standard import Standard

FILES = sorted((Path(__file__).parents[1] / "utterances").glob("*.yaml"))
HOLE = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("meijiang-2021")


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """The entries with their defaults; the kind is the file's name up to a dash."""
    defaults: dict[str, Any] = {"kind": path.stem.split("-")[0]}
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        if "text" not in entry:
            defaults = {**defaults, **entry}
            continue
        yield {**defaults, **entry}


def wrong(entry: Mapping[str, Any], standard: Standard) -> str:
    """What is not as the entry says, "" where all is."""
    # YAML reads an unquoted day as a date; requests are JSON.
    request = {k: str(v) if k == "today" else v for k, v in entry.items()}
    got = understand(request, standard)
    if "value" in entry:
        value = entry["value"]
        same = str(got.get("value")) == str(value) and not isinstance(value, bool)
        return "" if same else f"{entry['text']!r}: {got}, not {value!r}"
    asked = str(got.get("ask", ""))
    if not asked or HOLE.search(asked):
        return f"{entry['text']!r}: {got}, but is to be asked"
    if not re.search(entry.get("says", ""), asked):
        return f"{entry['text']!r}: asks {asked!r}, not {entry['says']!r}"
    return ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_utterances(path: Path, standard: Standard) -> None:
    said = list(entries(path))
    odd = [each["text"] for each in said if ("value" in each) == bool(each.get("ask"))]
    assert said, "nothing is said"
    assert not odd, "either a value or `ask: true`"
    failures = [failure for failure in (wrong(entry, standard) for entry in said) if failure]
    assert not failures, "\n" + "\n".join(failures)


def test_the_harness_sees_what_is_wrong(standard: Standard) -> None:
    entry = {"kind": "amount", "text": "98.31万元"}
    assert not wrong({**entry, "value": "983100"}, standard)
    assert wrong({**entry, "value": "98.31"}, standard)
    assert wrong({**entry, "ask": True}, standard)
    assert wrong({"kind": "yesno", "text": "有", "value": "no"}, standard)
    assert wrong({"kind": "count", "text": "12", "value": 13}, standard)
    assert wrong({"kind": "amount", "text": "很多", "ask": True, "says": "日期"}, standard)

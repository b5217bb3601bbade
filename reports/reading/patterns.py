"""The patterns by which a report is read, from patterns.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def patterns() -> Mapping[str, Any]:
    """The whole catalogue as data."""
    text = resources.files(__package__).joinpath("patterns.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def compiled(text: str) -> re.Pattern[str]:
    """A pattern with its shapes ({money}, {count} …) put in.

    >>> bool(compiled("x{count}y").search("x12y"))
    True
    """
    for name, shape in patterns()["shapes"].items():
        text = text.replace(f"{{{name}}}", shape)
    return re.compile(text)


def pattern(*path: str) -> re.Pattern[str]:
    """The compiled pattern that stands at a path of the catalogue."""
    return compiled(str(part(*path)))


def part(*path: str) -> Any:
    """What stands at a path of the catalogue."""
    found: Any = patterns()
    for step in path:
        found = found[step]
    return found

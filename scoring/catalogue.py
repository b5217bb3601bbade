"""Catalogues of sentences: the file phrases.yaml of a room, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def catalogue(package: str) -> Mapping[str, Any]:
    """The sentences of a room by code, from the phrases.yaml that stands in its package."""
    text = resources.files(package).joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded

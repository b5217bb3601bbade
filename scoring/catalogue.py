"""Catalogues of sentences: the file phrases.yaml of a room and those in its folder phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


class SameCode(ValueError):
    """Two sentences of a room have the same code."""


@cache
def catalogue(package: str) -> Mapping[str, Any]:
    """The sentences of a room by code, from phrases.yaml in its package and phrases/*.yaml beside
    it. Groups (mappings) of the same name are put together. Raises SameCode."""
    found: dict[str, Any] = {}
    for text in _texts(package):
        _add(found, yaml.safe_load(text))
    return found


def _texts(package: str) -> Iterator[str]:
    room = resources.files(package)
    yield room.joinpath("phrases.yaml").read_text(encoding="utf-8")
    folder = room.joinpath("phrases")
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.name.endswith(".yaml"):
                yield file.read_text(encoding="utf-8")


def _add(found: dict[str, Any], more: Mapping[str, Any]) -> None:
    for code, sentence in more.items():
        if code not in found:
            found[code] = dict(sentence) if isinstance(sentence, dict) else sentence
        elif isinstance(found[code], dict) and isinstance(sentence, dict):
            _add(found[code], sentence)
        else:
            raise SameCode(code)

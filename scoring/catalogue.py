"""Catalogues of sentences: the file phrases.yaml of a room and those in its folder phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


class SameCode(ValueError):
    """Two sentences of a room have the same code."""


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a code written twice in one file, where the last would win."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    codes = [code.value for code, _ in node.value]
    twice = [code for code in codes if codes.count(code) > 1]
    if twice:
        raise SameCode(twice[0])
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


@cache
def catalogue(package: str) -> Mapping[str, Any]:
    """The sentences of a room by code, from phrases.yaml in its package and phrases/*.yaml beside
    it. Groups (mappings) of the same name are put together. Raises SameCode."""
    found: dict[str, Any] = {}
    for text in _texts(package):
        _add(found, read(text))
    return found


def read(text: str) -> dict[str, Any]:
    """The sentences of one file. Raises SameCode.

    >>> read("ask: what\\nask: who")
    Traceback (most recent call last):
    scoring.catalogue.SameCode: ask
    """
    plain: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    return plain


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

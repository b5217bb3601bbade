"""The reference answers, their score sheet, and documents read back."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from reports.report import build_report
from scoring.engine import score
from scoring.loading import load
from scoring.plain import read_value
from scoring.source import read_source
from scoring.standard import Standard
from scoring.values import Value

Answers = dict[str, Value]


@cache
def _standard() -> Standard:
    return load("meijiang-2021")


@pytest.fixture(scope="session")
def standard() -> Standard:
    return _standard()


@pytest.fixture
def plain() -> dict[str, Any]:
    """The reference answers as plain data, to be changed by a test."""
    text = Path(__file__).with_name("reference.yaml").read_text(encoding="utf-8")
    return dict(read_source("reference.yaml", text).data)


def _values(standard: Standard, plain: Mapping[str, Any]) -> Answers:
    return {name: read_value(standard.facts[name], given) for name, given in plain.items()}


@pytest.fixture
def values() -> Callable[..., Answers]:
    """Reads plain data into answers: values(standard, plain)."""
    return _values


@pytest.fixture
def answers(standard: Standard, plain: dict[str, Any]) -> Answers:
    return _values(standard, plain)


@pytest.fixture
def text_of(standard: Standard) -> Callable[..., str]:
    """The whole text of the report of some answers, tables included."""

    def read(answers: Answers, *, draft: bool = False, by: Standard = standard) -> str:
        data = build_report(by, answers, score(by, answers), draft=draft)
        return _docx_text(data)

    return read


@pytest.fixture
def docx_text() -> Callable[[bytes], str]:
    return _docx_text


def _docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    lines = [one.text for one in document.paragraphs]
    for table in document.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)

"""What the tests of the ground floor share: the built-in standard and the example forms."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.standard import Standard
from scoring.values import Value

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def standard() -> Standard:
    return load("meijiang-2021")


@pytest.fixture(scope="session")
def reference(standard: Standard) -> Mapping[str, Value]:
    return read_answers_file(standard, EXAMPLES / "reference-case.yaml")


@pytest.fixture(scope="session")
def poor(standard: Standard) -> Mapping[str, Value]:
    return read_answers_file(standard, EXAMPLES / "poor-scores.yaml")

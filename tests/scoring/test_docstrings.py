"""The examples in the docstrings of the ground floor run and are true."""

import doctest
import importlib
import pkgutil

import pytest

import scoring

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(scoring.__path__, prefix="scoring.")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0


def test_there_are_examples() -> None:
    tried = [doctest.testmod(importlib.import_module(name)).attempted for name in MODULES]
    assert sum(tried) > 20


def test_every_rule_kind_shows_an_example() -> None:
    from scoring.rules import KINDS

    assert all(">>>" in (kind.__doc__ or "") for kind in KINDS.values())

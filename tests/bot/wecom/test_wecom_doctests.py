"""The examples in the docstrings of the protocol layer are true."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["card_limits", "errors", "redaction", "texts"])
def test_the_examples_hold(name):
    result = doctest.testmod(importlib.import_module(f"bot.wecom.{name}"))
    assert result.attempted
    assert not result.failed

"""Sentences of the catalogue with numbers put in, the way they are written on paper."""

from __future__ import annotations

import string
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

from scoring.rules.base import Loss, Remark
from scoring.values import Count, Day, Letters, Money, Number, Percent, Text, decimal_text

_FINE = Decimal("0.0001")


class _Figures(string.Formatter):
    """`{x}` writes a value as on paper; `{x:p}` adds a percent sign; lists are joined."""

    def format_field(self, value: Any, format_spec: str) -> str:
        suffix = "%" if format_spec == "p" else ""
        return written(value) + suffix


def written(value: Any) -> str:
    """A value or number as it is written on paper; decimals to at most four places.

    >>> written(Percent(Decimal("15.00020"))), written(Decimal("2.50"))
    ('15.0002%', '2.5')
    """
    match value:
        case Money() | Percent() | Text() | Day() | Count():
            return str(value.plain())
        case Number(value=number):
            return written(number)
        case Letters(value=letters):
            return "".join(letters)
        case Decimal():
            fine = value.quantize(_FINE, ROUND_HALF_UP) if abs(value) < 10**20 else value
            return decimal_text(fine)
        case list() | tuple():
            return phrases()["list_comma"].join(written(v) for v in value)
    return str(value)


@cache
def phrases() -> Mapping[str, str]:
    """The catalogue of this floor: sentences by code."""
    text = resources.files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return loaded


def say(code: str, numbers: Mapping[str, Any] | None = None) -> str:
    """The sentence of a code with its numbers.

    >>> say("judged", {"points": Decimal("9.50"), "maximum": Decimal(10)}).count("9.5")
    1
    """
    return _Figures().vformat(phrases()[code], (), dict(numbers or {}))


def explain(remark: Remark) -> str:
    """A step of an explanation in words."""
    return say(remark.code, remark.numbers)


def explain_loss(loss: Loss) -> str:
    """Why points were lost, in words."""
    return say(f"lost_{loss.code}", {"lost": loss.points, **loss.numbers})

"""Sentences of the catalogue with numbers put in, the way they are written on paper."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from scoring.catalogue import catalogue
from scoring.rules.base import Loss, Remark
from scoring.values import (
    Count,
    Day,
    Letters,
    Money,
    NotApplicable,
    Number,
    Offline,
    Percent,
    Rows,
    Text,
    YesNo,
    decimal_text,
)

if TYPE_CHECKING:
    from scoring.checks.base import Finding

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
        case YesNo(value=answer):
            return phrases()["yes" if answer else "no"]
        case Rows(value=rows):
            return say("rows", {"count": len(rows)})
        case NotApplicable():
            return say("not_applicable", {"reason": value.reason})
        case Offline():
            return phrases()["on_paper"]
        case list() | tuple():
            return phrases()["list_comma"].join(written(v) for v in value)
    return str(value)


def phrases() -> Mapping[str, str]:
    """The catalogue of this floor: sentences by code."""
    return catalogue("scoring")


def say(code: str, numbers: Mapping[str, Any] | None = None) -> str:
    """The sentence of a code with its numbers.

    >>> say("judged", {"points": Decimal("9.50"), "maximum": Decimal(10)}).count("9.5")
    1
    """
    return fill(phrases()[code], numbers)


def fill(sentence: str, numbers: Mapping[str, Any] | None = None) -> str:
    """A sentence of any catalogue with its numbers put in, written as on paper.

    >>> fill("{x:p}", {"x": Decimal("12.50")})
    '12.5%'
    """
    return _Figures().vformat(sentence, (), dict(numbers or {}))


def sentences(text: str) -> list[str]:
    """The sentences of a text, without what ends them.

    >>> sentences("one; two")
    ['one', 'two']
    """
    ends = re.escape(phrases()["sentence_ends"])
    return [part.strip() for part in re.split(f"[{ends}]", text) if part.strip()]


def explain(remark: Remark) -> str:
    """A step of an explanation in words."""
    return say(remark.code, remark.numbers)


def explain_loss(loss: Loss) -> str:
    """Why points were lost, in words."""
    return say(f"lost_{loss.code}", {"lost": loss.points, **loss.numbers})


def explain_finding(finding: Finding) -> str:
    """What does not fit and where, in words."""
    return say(f"finding_{finding.code}", finding.numbers)

"""An example of every fact, as it would stand in a FACTS file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.commands.phrases import say
from scoring.plain import read_cell, read_value
from scoring.questionnaire import Column, Fact, Kind
from scoring.values import Money, decimal_text


def example_of(fact: Fact) -> Any:
    """Plain data that reads as a value of the fact; never None."""
    if fact.example is not None:
        return read_value(fact, fact.example).plain()
    if fact.type is Kind.ROWS:
        return [{name: _cell(column) for name, column in fact.columns.items()}]
    if fact.type is Kind.CHECKLIST:
        return list(fact.options)
    return _made_up(fact)


def _cell(column: Column) -> Any:
    return read_cell(column, column.example).plain() if column.example else _made_up(column)


def _made_up(spec: Fact | Column) -> Any:
    least = spec.min or Decimal(1)
    match spec.type:
        case Kind.MONEY:
            return Money(max(least, Decimal(10_000)), "yuan").plain()
        case Kind.PERCENT:
            return f"{decimal_text(spec.max or Decimal(100))}%"
        case Kind.NUMBER:
            return decimal_text(least)
        case Kind.COUNT:
            return int(least)
        case Kind.DATE:
            return "2021-12-31"
        case Kind.YESNO:
            return True
    return say("example_text")

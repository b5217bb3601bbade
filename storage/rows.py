"""Rows as frozen dataclasses: a query names its columns by the dataclass it fills."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Column, Table


def columns(table: Table, shape: type) -> list[Column[Any]]:
    """Gives the table's columns in the order of the dataclass's fields: `shape(*row)` then fits."""
    return [table.c[field.name] for field in fields(shape)]

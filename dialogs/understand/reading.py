"""The two ways in which reading an answer can end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Got(Generic[T_co]):
    """What was understood; `note` is the code of something worth saying about it, or ""."""

    value: T_co
    note: str = ""


@dataclass(frozen=True)
class Ask:
    """What must be asked instead of guessed: a code of the catalogue and its numbers."""

    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)

"""What is wrong with a standard: file, line, what is wrong, what was expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from scoring.source import Path, Source
from scoring.wording import phrases, say


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a standard's file."""

    file: str
    line: int
    code: str
    numbers: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: " + say(f"standard_{self.code}", self.numbers)


class StandardError(Exception):
    """A standard is refused; `problems` says all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def from_validation(source: Source, error: ValidationError) -> list[Problem]:
    """The problems of a file whose parts have the wrong shape."""
    return [_problem(source, detail) for detail in error.errors()]


def _problem(source: Source, detail: Any) -> Problem:
    path: Path = tuple(detail["loc"])
    where = ".".join(str(part) for part in path)
    line = source.line(path)
    if detail["type"] == "value_error":
        code, *rest = str(detail["ctx"]["error"]).split(":", 2)
        numbers = {"where": where, "count": rest[0] if rest else "", "given": rest[-1:] or ""}
        if f"standard_{code}" in phrases():
            return Problem(source.name, line, code, numbers)
    if detail["type"] in ("missing", "extra_forbidden"):
        numbers = {"where": where, "name": str(path[-1])}
        return Problem(source.name, line, detail["type"], numbers)
    given = detail.get("input")
    shown = given if isinstance(given, str | int | float) else type(given).__name__
    numbers = {"where": where, "given": shown, "expected": detail["msg"]}
    return Problem(source.name, line, "shape", numbers)

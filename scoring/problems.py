"""What is wrong with a standard: file, line, what is wrong, what was expected."""

from __future__ import annotations

import re
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


def from_validation(source: Source, error: ValidationError, at: Path = ()) -> list[Problem]:
    """The problems of a file, or of its part `at`, whose parts have the wrong shape."""
    return [_problem(source, detail, at) for detail in error.errors()]


def _problem(source: Source, detail: Any, at: Path) -> Problem:
    path: Path = (*at, *detail["loc"])
    if detail["type"] == "value_error":
        return _own(source, path, str(detail["ctx"]["error"]))
    line, where = source.line(path), _where(source, path)
    if detail["type"] in ("missing", "extra_forbidden"):
        numbers: dict[str, Any] = {"where": _where(source, path[:-1]), "name": str(path[-1])}
        return Problem(source.name, line, detail["type"], numbers)
    numbers = {"where": where, "given": _shown(detail.get("input")), "expected": _expected(detail)}
    return Problem(source.name, line, "shape", numbers)


def _own(source: Source, path: Path, error: str) -> Problem:
    """A problem that a part of the standard raised itself, as `code:first:second`."""
    code, *rest = error.split(":", 2)
    first, given = [*rest, "", ""][:2]
    if code == "unknown_kind":
        path = (*path, "kind")
    numbers = {"where": _where(source, path), "count": first, "given": given}
    return Problem(source.name, source.line(path), code, numbers)


def _where(source: Source, path: Path) -> str:
    """How a part is called: items of a list by their own code or id where they have one."""
    steps: list[str] = []
    for at, step in enumerate(path, start=1):
        part = source.part(path[:at])
        own = part.get("code") or part.get("id") if isinstance(part, dict) else None
        if isinstance(step, int) and isinstance(own, str):
            # A code says all that leads to it: A1-1 rather than indicators.A.children.A1.…
            steps = [own] if "code" in part else [*steps, own]
        else:
            steps.append(str(step))
    return ".".join(steps) or say("whole_file")


def _shown(given: Any) -> str:
    if isinstance(given, dict | list):
        return say("given_mapping" if isinstance(given, dict) else "given_list")
    return say("given_nothing") if given is None else str(given)


def _expected(detail: Any) -> str:
    """What pydantic expected, in words; the kinds of error that a standard can have."""
    code = f"expected_{detail['type']}"
    known = code if code in phrases() else "expected_other"
    numbers = {"detail": detail["msg"], **detail.get("ctx", {})}
    if "expected" in numbers:
        # pydantic lists what it knows as English: 'a', 'b' or 'c'.
        numbers["expected"] = re.findall("'([^']*)'", numbers["expected"])
    return say(known, numbers)

"""The answers of a whole form read from a FACTS file (`fact: value`, one a line)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.plain import BadValue, read_value
from scoring.source import Source, SourceError, read_source
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import say

_SHOWN = 40


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a FACTS file: where, and a code of the catalogue."""

    file: str
    line: int
    code: str
    numbers: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: " + say(self.code, self.numbers)


class FactsError(Exception):
    """A FACTS file is refused; `mistakes` says all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)


def read_answers_file(standard: Standard, path: Path) -> dict[str, Value]:
    """The answers in a FACTS file. Raises FactsError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FactsError([Mistake(str(path), 1, "facts_not_utf8", {})]) from error
    except OSError as error:
        raise FactsError([Mistake(str(path), 1, "facts_absent", {})]) from error
    return read_answers(standard, str(path), text)


def read_answers(standard: Standard, name: str, text: str) -> dict[str, Value]:
    """The answers in the text of a FACTS file called `name`; an empty value is no answer.

    Raises FactsError with everything that is wrong: file, line, what was understood, what to do.
    """
    try:
        source = read_source(name, text)
    except SourceError as error:
        mistake = Mistake(name, error.line, "facts_not_yaml", {"problem": error.problem})
        raise FactsError([mistake]) from error
    if not isinstance(source.data, dict | None):
        raise FactsError([Mistake(name, 1, "facts_not_mapping", {})])
    answers: dict[str, Value] = {}
    mistakes: list[Mistake] = []
    for fact, given in (source.data or {}).items():
        try:
            _read(standard, source, fact, given, answers)
        except FactsError as error:
            mistakes += error.mistakes
    if mistakes:
        raise FactsError(mistakes)
    return answers


def _read(
    standard: Standard, source: Source, name: Any, given: Any, answers: dict[str, Value]
) -> None:
    fact = standard.facts.get(name)
    if fact is None:
        raise FactsError([_unknown(standard, source, name)])
    if given is None:
        return
    try:
        answers[name] = read_value(fact, given)
    except BadValue as bad:
        line = source.line((name, *bad.path))
        raise FactsError([Mistake(source.name, line, bad.code, bad.numbers)]) from bad


def _unknown(standard: Standard, source: Source, name: Any) -> Mistake:
    """A fact that does not exist, with those whose id or label comes nearest."""
    labels = {fact.label: known for known, fact in standard.facts.items()}
    near = difflib.get_close_matches(str(name), [*standard.facts, *labels], n=2)
    known = [_called(standard, labels.get(n, n)) for n in near]
    numbers = {"given": _named(name), "near": list(dict.fromkeys(known))}
    code = "facts_unknown" if near else "facts_unknown_far"
    return Mistake(source.name, source.line((name,)), code, numbers)


def _named(name: Any) -> str:
    """The start of what stands where the name of a fact should."""
    words = say("given_nothing") if name is None else str(name)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _called(standard: Standard, fact: str) -> str:
    return say("fact_called", {"fact": fact, "label": standard.facts[fact].label})

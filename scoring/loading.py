"""Standards from folders and stored texts, refused with file and line where they are wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scoring.losses import with_loss_questions
from scoring.outline import Outline
from scoring.problems import Problem, StandardError, from_validation
from scoring.questionnaire import Questionnaire
from scoring.soundness import problems_of
from scoring.source import Source, SourceError, read_source
from scoring.standard import Standard
from scoring.tree import Tree

_Model = TypeVar("_Model", bound=BaseModel)
FILES = ("tree.yaml", "questionnaire.yaml", "outline.yaml")


def load(folder: str | Path) -> Standard:
    """The standard in a folder, or the built-in one of that name ("meijiang-2021").

    Raises StandardError with every problem found: file, line, what is wrong, what was expected.
    """
    place: Traversable = Path(folder)
    if not place.is_dir():
        place = resources.files("scoring").joinpath("standards", str(folder))
    absent = [name for name in FILES if not place.joinpath(name).is_file()]
    if absent:
        lines = [Problem(f"{folder}/{name}", 1, "file_missing", {}) for name in absent]
        raise StandardError(lines)
    texts = {name: place.joinpath(name).read_text(encoding="utf-8") for name in FILES}
    return from_text(json.dumps(texts, ensure_ascii=False, sort_keys=True), str(folder))


def built_in() -> tuple[str, ...]:
    """The names of the standards that come with the program."""
    folder = resources.files("scoring").joinpath("standards")
    return tuple(sorted(p.name for p in folder.iterdir() if p.joinpath("tree.yaml").is_file()))


def from_text(text: str, place: str = "") -> Standard:
    """The standard from its stored text (`Standard.text`). Raises StandardError."""
    files: Mapping[str, str] = json.loads(text)
    sources = {name: _read(place, name, files[name]) for name in FILES}
    tree = _parse(Tree, sources["tree.yaml"])
    questionnaire = with_loss_questions(
        _parse(Questionnaire, sources["questionnaire.yaml"]), tree.indicators
    )
    standard = Standard(
        tree.id,
        tree.name,
        tree.issuer,
        tree.year,
        tree.max,
        tree.indicators,
        questionnaire,
        _parse(Outline, sources["outline.yaml"]),
        text,
    )
    problems = problems_of(standard, sources)
    if problems:
        raise StandardError(problems)
    return standard


def _read(place: str, name: str, text: str) -> Source:
    try:
        return read_source(f"{place}/{name}" if place else name, text)
    except SourceError as error:
        problem = Problem(error.name, error.line, "not_yaml", {"problem": error.problem})
        raise StandardError([problem]) from error


def _parse(model: type[_Model], source: Source) -> _Model:
    data: Any = source.data
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise StandardError(from_validation(source, error)) from error

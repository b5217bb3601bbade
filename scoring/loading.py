"""Standards from folders and stored texts, refused with file and line where they are wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from scoring.checks import KINDS, Check
from scoring.grades import grades_of
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
    texts, problems = dict[str, str](), list[Problem]()
    for name in FILES:
        try:
            texts[name] = place.joinpath(name).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(f"{folder}/{name}", 1, "not_utf8", {}))
        except OSError:
            problems.append(Problem(f"{folder}/{name}", 1, "file_missing", {}))
    if problems:
        raise StandardError(problems)
    return from_text(json.dumps(texts, ensure_ascii=False, sort_keys=True), str(folder))


def built_in() -> tuple[str, ...]:
    """The names of the standards that come with the program."""
    folder = resources.files("scoring").joinpath("standards")
    return tuple(sorted(p.name for p in folder.iterdir() if p.joinpath("tree.yaml").is_file()))


@lru_cache(maxsize=16)
def from_text(text: str, place: str = "") -> Standard:
    """The standard from its stored text (`Standard.text`), read once in a process: it never
    changes. Raises StandardError."""
    files: Mapping[str, str] = json.loads(text)
    problems: list[Problem] = []
    sources = {name: _read(place, name, files[name], problems) for name in FILES}
    tree = _parse(Tree, sources["tree.yaml"], problems)
    questionnaire = _parse(Questionnaire, sources["questionnaire.yaml"], problems)
    outline = _parse(Outline, sources["outline.yaml"], problems)
    checks = _checks(questionnaire, sources["questionnaire.yaml"], problems)
    if tree is None or questionnaire is None or outline is None or problems:
        raise StandardError(problems)
    standard = Standard(
        id=tree.id,
        name=tree.name,
        issuer=tree.issuer,
        year=tree.year,
        maximum=tree.max,
        roots=tree.indicators,
        grades=grades_of(tree),
        questionnaire=with_loss_questions(questionnaire, tree.indicators),
        outline=outline,
        text=text,
        checks=checks,
    )
    problems = problems_of(standard, sources)
    if problems:
        raise StandardError(problems)
    return standard


def _read(place: str, name: str, text: str, problems: list[Problem]) -> Source:
    """The source of a file; an empty one, and a problem more, where it cannot be read."""
    try:
        return read_source(f"{place}/{name}" if place else name, text)
    except SourceError as error:
        problems.append(Problem(error.name, error.line, "not_yaml", {"problem": error.problem}))
        return Source(error.name, None, {})


def _parse(model: type[_Model], source: Source, problems: list[Problem]) -> _Model | None:
    if source.data is None and any(problem.file == source.name for problem in problems):
        return None
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        problems.extend(from_validation(source, error))
        return None


def _checks(
    questionnaire: Questionnaire | None, source: Source, problems: list[Problem]
) -> tuple[Check, ...]:
    """The checks of a questionnaire, each read by its kind."""
    checks = []
    for number, given in enumerate(questionnaire.checks if questionnaire else ()):
        path = ("checks", number)
        kind = KINDS.get(str(given.get("kind")))
        if kind is None:
            numbers = {"given": given.get("kind", ""), "known": sorted(KINDS)}
            problems.append(Problem(source.name, source.line(path), "unknown_check", numbers))
            continue
        try:
            checks.append(kind.model_validate({**given}))
        except ValidationError as error:
            problems.extend(from_validation(source, error, path))
    return tuple(checks)

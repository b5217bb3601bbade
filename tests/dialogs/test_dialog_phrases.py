"""The catalogue and the code agree: no dead sentence, no missing one, no Chinese in the code."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import dialogs
from dialogs.wording import phrases

HOUSE = Path(dialogs.__file__).parent
MODULES = sorted(HOUSE.rglob("*.py"))
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SPEAKING = {"say", "Ask"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def constants() -> set[str]:
    return {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def beginnings() -> set[str]:
    """What made-up ids such as f"state_{state}" begin with."""
    return {
        node.values[0].value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value).endswith("_")
    }


def named_in_calls() -> set[str]:
    """Ids that are given to say() and Ask() as they are."""
    return {
        node.args[0].value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SPEAKING
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_sentence_is_said_somewhere() -> None:
    said, made = constants(), tuple(beginnings())
    dead = [code for code in phrases() if code not in said and not code.startswith(made)]
    assert dead == []


def test_every_sentence_that_is_said_exists() -> None:
    assert named_in_calls() - set(phrases()) == set()


def test_every_state_and_desk_has_its_sentence() -> None:
    states = ("drafting", "in_review", "approved", "delivered", "accepted")
    wanted = {f"state_name_{state}" for state in states} | {
        f"state_{state}" for state in states[1:]
    }
    wanted |= {"desk_empty_reviewer", "desk_empty_finance", "desk_help_coordinator"}
    assert wanted <= set(phrases())


def test_a_sentence_is_text_that_can_be_filled() -> None:
    for code, sentence in phrases().items():
        assert isinstance(sentence, str), code
        names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        assert all(name.isidentifier() for name in names), code
        assert sentence.strip() or code == "cell_gap", code


def test_sentences_for_people_stand_in_the_catalogue_only() -> None:
    """Chinese in the code is allowed in docstrings, and in the lexicons of understand/."""
    found = []
    for path, tree in trees():
        if path.parent.name == "understand":
            continue
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found += [
            f"{path.name}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and CJK.search(node.value)
        ]
    assert found == []


def test_files_and_functions_stay_short() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 300, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, (path, node.name)


def modules() -> list[str]:
    return [found.name for found in pkgutil.walk_packages(dialogs.__path__, "dialogs.")]


def test_examples_in_docstrings_hold() -> None:
    results = [doctest.testmod(importlib.import_module(name)) for name in modules()]
    assert sum(result.failed for result in results) == 0
    assert sum(result.attempted for result in results) > 30

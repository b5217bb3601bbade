"""The catalogue: every code has a sentence that takes its numbers, and no sentence is left over."""

import ast
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.losses import cause_of, improvement_of
from scoring.questionnaire import Kind
from scoring.standard import Standard
from scoring.values import (
    Count,
    Letters,
    Money,
    NotApplicable,
    Number,
    Offline,
    Percent,
    Rows,
    Text,
    YesNo,
)
from scoring.wording import phrases, say, sentences, written

SCORING = Path(__file__).parents[2] / "scoring"
# Families of codes: the class or function that is given a code, and what the catalogue puts
# before it. The position of the code among the arguments is the second number.
FAMILIES = {
    "Remark": ("", 0),
    "Loss": ("lost_", 1),
    "BadValue": ("", 0),
    "Problem": ("standard_", 2),
    "problem_at": ("standard_", 2),
    "report": ("standard_", 0),
    "Finding": ("finding_", 3),
    "_finding": ("finding_", 3),
    "Mistake": ("", 2),
    "say": ("", 0),
}
# Codes that are put together at run time, so that no literal shows them.
BUILT = re.compile(
    r"^(expected_.*|basis_(quoted|derived|assumed)|(given)_(mapping|list|nothing)|yes|no)$"
)


def trees() -> list[ast.Module]:
    files = sorted(SCORING.rglob("*.py"))
    return [ast.parse(path.read_text(encoding="utf-8")) for path in files]


def literals(node: ast.AST | None) -> list[str]:
    """The strings that an expression can be."""
    if isinstance(node, ast.IfExp):
        return [*literals(node.body), *literals(node.orelse)]
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return [node.value] if is_text else []


def used_codes() -> set[str]:
    """Every code that the source names where a code is taken."""
    found: set[str] = set()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                prefix, place = FAMILIES.get(name, ("", -1))
                if 0 <= place < len(node.args):
                    found |= {prefix + code for code in literals(node.args[place])}
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                found |= raised(node.exc)
    return found


def raised(call: ast.Call) -> set[str]:
    """Codes of problems that parts of a standard raise as ValueError."""
    if getattr(call.func, "id", "") != "ValueError" or not call.args:
        return set()
    text = call.args[0]
    first = text.values[0] if isinstance(text, ast.JoinedStr) else text
    return {f"standard_{code.split(':')[0]}" for code in literals(first)}


def mentioned() -> set[str]:
    """Every string literal of the source that could be the end of a code."""
    found: set[str] = set()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.split(":")[0])
    return found


def test_every_code_has_a_sentence() -> None:
    missing = {code for code in used_codes() if code and code not in phrases()}
    assert missing == set()


def test_codes_are_found_at_all() -> None:
    """The scan above would pass on an empty set."""
    codes = used_codes()
    assert {"criteria_met", "lost_mean", "bad_money_unit", "standard_sum", "finding_total"} <= codes


def test_every_sentence_is_used() -> None:
    known = mentioned()
    prefixes = ("", "lost_", "standard_", "finding_")
    unused = {
        code
        for code in phrases()
        if not BUILT.match(code)
        and not any(code.startswith(p) and code.removeprefix(p) in known for p in prefixes)
    }
    assert unused == set()


def test_no_code_stands_twice_in_the_catalogue() -> None:
    text = (SCORING / "phrases.yaml").read_text(encoding="utf-8")
    keys = [key.value for key, _ in yaml.compose(text).value]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Money(Decimal("25870100"), "wan"), "2587.01万元"),
        (Percent(Decimal("15.00020")), "15.0002%"),
        (Number(Decimal("9.50")), "9.5"),
        (Count(7), "7"),
        (YesNo(True), "是"),
        (YesNo(False), "否"),
        (Letters(("A", "C")), "AC"),
        (Rows(({}, {})), "2行"),
        (Text("话"), "话"),
        (NotApplicable("没有"), "不适用：没有"),
        (Offline(), "线下报送"),
        (["甲", "乙"], "甲、乙"),
        (Decimal("0.00"), "0"),
    ],
)
def test_values_as_on_paper(value: Any, words: str) -> None:
    assert written(value) == words


def test_people_cannot_put_codes_into_sentences() -> None:
    """What a person typed is put in as it is, never read as a place for a number."""
    assert "{label}" in say("bad_text", {"label": "x", "given": "{label}{0.__class__}"})


def test_sentences() -> None:
    assert sentences("一。二；三\n\n四！") == ["一", "二", "三", "四"]


def test_loss_facts_follow_the_codes(standard: Standard) -> None:
    for indicator in standard.indicators:
        for fact in (cause_of(indicator.code), improvement_of(indicator.code)):
            assert standard.facts[fact].type is Kind.TEXT
            assert standard.facts[fact].example

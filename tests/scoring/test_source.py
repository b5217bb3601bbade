"""YAML as a person means it, and the line of everything."""

from decimal import Decimal

import pytest

from scoring.source import SourceError, read_source


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1.50", Decimal("1.50")),
        ("a: -3", -3),
        ("a: 0753123", "0753123"),
        ("a: 2021-02-30", "2021-02-30"),
        ("a: 10:30", "10:30"),
        ("a: 1_000", "1_000"),
        ("a: yes", "yes"),
        ("a: true", True),
        ("a: ~", None),
        ("a:", None),
        ("a: 2.10万元", "2.10万元"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    assert read_source("x.yaml", text).data == {"a": value}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3", 3),
        ("a: &x [1]\nb: *x", 2),
        ("a: &x [*x]", 1),
        ("a: 1\nb: [", 3),
        ("a: 1\nb: c: d", 2),
        ("a: 1\nb: \x01", 2),
        ("[" * 5000 + "]" * 5000, 1),
        ("a: 1\n? [1]\n: 2", 2),
        ("a: 1\nb: !!python/object:os.system x", 2),
        ("a: 1\n--- \nb: 2", 2),
        ("a: 1\nb: !!int x", 2),
        ("a: 1\nb: !!float x", 2),
        ("a: 1\nb: !!bool x", 2),
        ("a: 1\nb: !!timestamp x", 2),
    ],
)
def test_refused_with_the_line(text: str, line: int) -> None:
    with pytest.raises(SourceError) as refused:
        read_source("x.yaml", text)
    assert (refused.value.name, refused.value.line) == ("x.yaml", line)
    assert str(refused.value).startswith(f"x.yaml:{line}: ")


def test_lines_of_parts() -> None:
    source = read_source("x.yaml", "a:\n- b: 1\n  c: 2\n- {b: 3, c: 4}\n")
    assert source.line(("a", 0, "c")) == 3
    assert source.line(("a", 1, "c")) == 4
    assert source.line(("a", 1, "nothing", "below")) == 4
    assert source.line(("nothing",)) == 1
    assert source.find(("a",), 4) == ("a", 1, "c")
    assert source.find(("a",), 5) == ("a",)

"""Bad YAML is told in words for somebody who fills in forms, not in the parser's English."""

import re

import pytest

from scoring.source import SourceError, read_source


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\n\tb: 2", "制表符"),
        ("a: 1\nb:\n  - x\n\t- y", "制表符"),
        ("a: @x", "加上引号"),
        ("a: %98", "加上引号"),
        ("a: 1\n  b: 2", "缩进"),
        ("a: b: c", "冒号"),
        ("a: [1, 2\nb: 3", "括号"),
        ("a: {x: 1", "括号"),
        ('a: "x', "引号没有合上"),
        ("a: 1\nbcd\n", "冒号"),
        ("- a\nb: 1", "对齐"),
        ("a: 1\n---\nb: 1", "只能有一份"),
        ("a: *重点*", "* 或 &"),
        (r'a: "\q"', "反斜杠"),
        ("a: !!int x", "!!int"),
    ],
)
def test_told_in_chinese(text: str, words: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_source("x.yaml", text)
    assert words in refused.value.problem
    english = re.findall("[A-Za-z]{3,}", refused.value.problem.replace("!!int", ""))
    assert set(english) <= {"YAML", "Tab"}

"""What is wrong with the writing of a YAML file, in words for somebody who fills in forms."""

from __future__ import annotations

import yaml

from scoring.wording import say

# What the parser says, and the code of what a person is told.
_TROUBLES = (
    ("tab character", "yaml_tab"),
    ("cannot start any token", "yaml_symbol"),
    ("mapping values are not allowed", "yaml_colon"),
    ("expected ',' or", "yaml_bracket"),
    ("expected node content", "yaml_bracket"),
    ("unexpected end of stream", "yaml_quote"),
    ("expected ':'", "yaml_no_colon"),
    ("expected key", "yaml_indent"),
    ("expected '-' indicator", "yaml_indent"),
    ("another document", "yaml_documents"),
    ("alphabetic or numeric", "yaml_star"),
    ("escape", "yaml_escape"),
)


def syntax_words(error: yaml.MarkedYAMLError, text: str) -> str:
    """What is wrong with the YAML of `text`, where the parser gave up with `error`."""
    said = error.problem or ""
    code = next((code for words, code in _TROUBLES if words in said), "yaml_other")
    if code == "yaml_symbol" and _line(error, text).lstrip(" ").startswith("\t"):
        code = "yaml_tab"
    return say("yaml_syntax", {"detail": say(code)})


def _line(error: yaml.MarkedYAMLError, text: str) -> str:
    lines = text.splitlines()
    number = error.problem_mark.line if error.problem_mark else len(lines)
    return lines[number] if number < len(lines) else ""

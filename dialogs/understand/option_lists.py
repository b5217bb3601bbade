"""The options of a question as a request lists them: letters, labels, both, or how many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dialogs.understand.letters import LETTERS

_CODED = re.compile(r"([A-Za-z])\s*[.、．:：)）]\s*(.+)", re.S)
_NOTHING = " ,、"


def option_labels(given: Any) -> dict[str, str] | None:
    """The labels by letter, where there is only a letter it is its own label; None where it can't
    be read.

    >>> option_labels(2), option_labels("AB"), option_labels(["A. 甲", "B. 乙"])
    ({'A': 'A', 'B': 'B'}, {'A': 'A', 'B': 'B'}, {'A': '甲', 'B': '乙'})
    >>> option_labels(["甲", "乙"]), option_labels({"1": "甲"}), option_labels(None)
    ({'A': '甲', 'B': '乙'}, None, {})
    """
    if isinstance(given, int) and not isinstance(given, bool) and 0 < given <= len(LETTERS):
        return {letter: letter for letter in LETTERS[:given]}
    if given in (None, "", [], {}):
        return {}
    if isinstance(given, Mapping):
        listed = [(str(key).strip().upper(), str(label)) for key, label in given.items()]
    elif isinstance(given, str | list) and all(isinstance(one, str) for one in given):
        listed = _listed([one for one in given if one.strip(_NOTHING)])
    else:
        listed = []
    if not listed or any(len(key) != 1 or key not in LETTERS for key, _ in listed):
        return None
    return dict(listed)


def _listed(given: list[str]) -> list[tuple[str, str]]:
    """Letters as they are; `A. label` taken apart; bare labels lettered in their order."""
    if all(len(one.strip()) == 1 and one.strip().upper() in LETTERS for one in given):
        return [(one.strip().upper(), one.strip().upper()) for one in given]
    coded = [_CODED.fullmatch(one.strip()) for one in given]
    if all(coded):
        return [(match[1].upper(), match[2]) for match in coded if match]
    return list(zip(LETTERS, given, strict=False)) if len(given) <= len(LETTERS) else []

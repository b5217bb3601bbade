"""A conversation as it went, written down as a dialogue test: what was said, what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from emulator.chat import Bubble

Step = dict[str, Any]
_MOST_LINES = 4
_LINE_LIMIT = 60
# What differs from one play to the next: progress, days, times, links.
_PASSING = re.compile(r"\d{4}-\d{2}-\d{2}|\d+/\d+|\d{1,2}:\d{2}|https?://\S+")


@dataclass(frozen=True)
class Doing:
    """One thing that a member did: a step of a dialogue, and the newest bubble at that moment."""

    userid: str
    step: Step
    after: int


def said(text: str) -> Step:
    """The step of a text message."""
    return {"said": text}


def tapped(options: list[str]) -> Step:
    """The step of a click on the card shown last."""
    return {"chosen": {"card": "last", "options": options}}


def as_dialogue(name: str, doings: list[Doing], bubbles: list[Bubble]) -> str:
    """YAML of one dialogue: each thing done with the first lines of all that the bot answered,
    as regular expressions."""
    answers = [bubble for bubble in bubbles if bubble.sender == "bot" and not bubble.recalled]
    ends = [doing.after for doing in doings[1:]] + [10**12]
    steps = []
    for doing, end in zip(doings, ends, strict=True):
        found = [bubble for bubble in answers if doing.after < bubble.id <= end]
        # A greeting depends on where it is said: only the question behind it is kept.
        heard = found[-1:] if "opened" in doing.step else found
        lines = [line for bubble in heard for line in _lines(bubble)]
        answered = {"answered": list(dict.fromkeys(lines))} if lines else {}
        steps.append({**doing.step, **answered})
    dialogue = [{"name": name, "text_only": False, "steps": steps}]
    return yaml.safe_dump(dialogue, allow_unicode=True, sort_keys=False, width=100)


def _lines(bubble: Bubble) -> list[str]:
    """The first lines of a bubble as patterns; what changes from play to play is left open."""
    if bubble.kind not in ("text", "template_card"):
        return []
    lines = [line.strip() for line in bubble.words().split("\n") if line.strip()]
    return [_pattern(line) for line in lines[:_MOST_LINES]]


def _pattern(line: str) -> str:
    parts = _PASSING.sub("\0", line)[:_LINE_LIMIT].split("\0")
    return ".*".join(re.escape(part).replace("\\ ", " ") for part in parts)

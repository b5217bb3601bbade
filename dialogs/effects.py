"""What a step asks the house to do; each effect is carried out by one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.values import Value


class Effect:
    """Something that a step asks for; the kinds of it are frozen dataclasses."""


@dataclass(frozen=True)
class RecordAnswer(Effect):
    """Keep values for facts of the form; None takes an answer back. `raw` is what was typed."""

    values: Mapping[str, Value | None]
    raw: str


@dataclass(frozen=True)
class SendIn(Effect):
    """送审: hand the form to its reviewers."""


@dataclass(frozen=True)
class Withdraw(Effect):
    """撤回: take a form back that waits for its reviewers."""


@dataclass(frozen=True)
class Preview(Effect):
    """预览: send the asker a draft of the report."""


@dataclass(frozen=True)
class Approve(Effect):
    """A reviewer approves the form; the delivery to finance follows by itself."""

    form_id: int


@dataclass(frozen=True)
class SendBack(Effect):
    """退回: reviewer or finance returns the form with words."""

    form_id: int
    words: str


@dataclass(frozen=True)
class Accept(Effect):
    """接收: finance accepts the delivered form."""

    form_id: int


@dataclass(frozen=True)
class PreferText(Effect):
    """The person wants text instead of cards, or cards again."""

    text_only: bool

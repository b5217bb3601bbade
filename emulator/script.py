"""What a play script may say; it knows nothing of the product that it plays with.

Example::

    {"title": "demo", "speed": 30, "pace": 0.4,
     "rules": [{"who": "zhang", "when": "^$", "say": ["hello"]},
               {"who": "zhang", "when": "how many", "say": ["12"]},
               {"who": "zhang", "when": "sure\\\\?", "press": "yes", "times": null}],
     "stop_when": {"who": "zhang", "when": "thank you"}}
"""

import re
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

ACTS = ("say", "press", "submit", "menu", "open", "advance")


class Condition(BaseModel):
    """True when `when`, a regular expression, is found in a bot's message to `who` (None: anybody).

    Before the bot has said anything the message counts as an empty text, found by ``^$``.
    """

    model_config = ConfigDict(extra="forbid")

    who: str | None = None
    when: str

    @field_validator("when")
    @classmethod
    def _check_pattern(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"{value!r} is no regular expression: {error}") from error
        return value

    def meets(self, userid: str, words: str) -> bool:
        who_fits = self.who is None or self.who.lower() == userid.lower()
        return who_fits and re.search(self.when, words) is not None


class Rule(Condition):
    """What a person does when the condition holds; at most `times` times (None: always)."""

    say: list[str] | None = None
    press: str | None = None
    """Key or text of a button."""
    submit: list[str] | dict[str, str] | None = None
    """Ids or labels of options; for a multiple card question key -> id or label."""
    menu: str | None = None
    open: bool = False
    advance: float | None = None
    """Shown seconds by which the shared clock is moved on, before anything else is done."""
    times: int | None = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _need_act(self) -> Self:
        if not any(getattr(self, act) for act in ACTS):
            raise ValueError(f"a rule must do one of {', '.join(ACTS)}")
        return self


class Script(BaseModel):
    """A whole play; seconds are real ones except in a rule's `advance`."""

    model_config = ConfigDict(extra="forbid")

    title: str = ""
    speed: float | None = Field(default=None, gt=0, le=100_000)
    """Speed of the shared clock during the play; None leaves it as it is."""
    pace: float = Field(default=0.5, ge=0)
    settle: float = Field(default=0.3, ge=0)
    """A message is answered only after nothing newer came for so long."""
    patience: float = Field(default=20, gt=0)
    headroom: int = Field(default=10, ge=1)
    """Nothing is done while somebody has fewer messages than this left within the minute."""
    most_steps: int = Field(default=2000, ge=1)
    rules: list[Rule]
    stop_when: Condition | None = None

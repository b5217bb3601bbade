"""放行: letting a contradiction pass, which one and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.plain_text import BETWEEN, clean

_VERB = re.compile(r"放行[\s,，:：、。]*(?P<rest>.*)", re.S)
_NUMBERED = re.compile(
    r"(?:第\s?)?(?P<number>\d{1,2})\s?(?:处|条|个|项)?(?=[\s,，:：、。]|$|[^\d.%万元])(?P<reason>.*)",
    re.S,
)


@dataclass(frozen=True)
class Choice:
    """Which of a list (from 1, 0 for none named), and the reason."""

    number: int
    reason: str


def read_waive(text: str) -> str | None:
    """What stands behind 放行; None for any other message.

    >>> read_waive("放行 民政局 2 口径不同"), read_waive("不放行")
    ('民政局 2 口径不同', None)
    """
    match = _VERB.fullmatch(clean(text))
    return match["rest"].strip() if match else None


def read_choice(text: str) -> Choice:
    """A number with a reason behind it.

    >>> read_choice("2 决算口径不同"), read_choice("口径不同")
    (Choice(number=2, reason='决算口径不同'), Choice(number=0, reason='口径不同'))
    """
    match = _NUMBERED.fullmatch(text.strip())
    if match is None:
        return Choice(0, text.strip(BETWEEN + "\n"))
    return Choice(int(match["number"]), match["reason"].strip(BETWEEN + "\n"))

"""A command as it was understood from words."""

from __future__ import annotations

from dataclasses import dataclass, field

LAST = "刚才"
"""The target of a correction that names nothing: what was answered last."""


@dataclass(frozen=True)
class Command:
    """A command: its name, what it is about, and the new value (or the reason, or the person)
    that came with it.

    `spaced`: it stood apart (修改 before its target, 不对 before a correction) or was said as
    nobody writes in prose; `loose`: it was said as a text or a row may say it, too. `old` is the
    former figure that was named beside the target, `said` the whole message.
    """

    name: str
    target: str = ""
    value: str = ""
    spaced: bool = field(default=False, compare=False, repr=False)
    loose: bool = field(default=False, compare=False, repr=False)
    old: str = field(default="", compare=False, repr=False)
    said: str = field(default="", compare=False, repr=False)

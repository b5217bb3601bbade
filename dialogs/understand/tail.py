"""A command behind an answer in the same message: 98.31万，下一题; 没有。还差几题？"""

from __future__ import annotations

import re

from dialogs.understand.asking import asked_in_words
from dialogs.understand.command import Command, read_command
from dialogs.understand.plain_text import clean, narrow

_BREAK = re.compile(r"[\s,，。;；!！]+")
_LONGEST = 30
_BEHIND = frozenset(
    {"progress", "score", "why", "help", "preview", "submit", "materials", "history", "whatif"}
    | {"skip", "back", "continue", "thanks", "wait", "later", "delegate"}
)
_IN_PROSE = frozenset({"progress", "score", "materials"})
_SORRY = re.compile("错|反了")  # 刚才写错了 behind a correction is no wish to go back
_CLEARLY = re.compile(r"[?？]$|几题|几分|多少分|填到哪|还差|还剩")


def split_tail(text: str, *, prose: bool = False) -> tuple[str, Command] | None:
    """The message without the command behind it, and that command; None where there is none.
    In `prose` only what is clearly asked of us counts.

    >>> split_tail("98.31万，下一题"), split_tail("没有。还差几题？")
    (('98.31万', Command(name='skip', target='', value='')), ('没有', Command(name='progress', target='', value='')))
    >>> split_tail("全面抓好规划，进度", prose=True), split_tail("98.31万元")
    (None, None)
    """
    typed = clean(text)
    for gap in _BREAK.finditer(typed):
        body, tail = typed[: gap.start()], typed[gap.end() :]
        if not body or not tail or len(tail) > _LONGEST:
            continue
        command = _command(tail)
        if command and command.name in _BEHIND and not (prose and not _is_clear(command, tail)):
            return body, command
    return None


def _command(tail: str) -> Command | None:
    command = read_command(tail)
    if command:
        return None if command.name == "back" and _SORRY.search(tail) else command
    name = "" if _SORRY.search(tail) else asked_in_words(tail)
    return Command(name, said=tail) if name else None


def _is_clear(command: Command, tail: str) -> bool:
    return command.name in _IN_PROSE and _CLEARLY.search(narrow(tail)) is not None

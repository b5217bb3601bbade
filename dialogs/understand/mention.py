"""How people mention a question: by number, by name, with its old figure behind."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow

_NUMBER = re.compile("第?([0-9]{1,3})(?:题|号)?")
_ALONE = re.compile("(?<![0-9.])[0-9]{1,3}(?![0-9.]*[0-9]|万|亿|元|%)")
_OLD_FIGURE = re.compile(r"[从由]?[0-9][0-9.,]*(?:%|亿元|万元|亿|万|元|[个件家人份条分])?$")


def bare(said: str) -> str:
    """What was said without brackets and quotes around it.

    >>> bare("【实际采购金额】的")
    '实际采购金额'
    """
    return narrow(said).strip("【】[]「」“”\"' 。的")


def question_number(said: str) -> int | None:
    """The number of a question, if that is all that was said.

    >>> question_number("第12题"), question_number("12345工单")
    (12, None)
    """
    match = _NUMBER.fullmatch(bare(said))
    return int(match.group(1)) if match else None


def numbers_in(said: str) -> tuple[int, ...]:
    """All numbers of up to three digits that stand alone in what was said.

    >>> numbers_in("等下，8题不对"), numbers_in("是2587.01万元")
    ((8,), ())
    """
    return tuple(int(found) for found in _ALONE.findall(narrow(said)))


def without_old_figure(said: str) -> str:
    """A name without the figure behind it.

    >>> without_old_figure("实际采购金额98.31万元")
    '实际采购金额'
    """
    return _OLD_FIGURE.sub("", bare(said)).strip()

"""A message taken apart into clauses that each say one thing, and a name with its figure."""

from __future__ import annotations

import re

from dialogs.understand.correction import read_setting
from dialogs.understand.plain_text import simple
from dialogs.understand.spoken import LAST

_BREAK = re.compile(r"[\n;；。!！]+|[,，、](?![0-9]{3}(?![0-9]))|\s+(?=[^0-9\s]{2})")
_ALSO = re.compile(
    r"^(?:另外|还有|此外|顺便|对了|同时|以及|再有|另|然后|补充一下|补充)(?:一个|一下|说一下|的)?[\s,，:：]*"
)
_PAIR = re.compile(
    r"(?P<name>(?:12345)?[^0-9:：=]{2,24}?)\s*+(?:[:：=]|是|为|有|共|填)*+\s*+(?P<value>(?:约|大约)?-?[0-9].*)"
)

_LONGEST = 150
"""A longer clause is prose, whatever stands in it."""


def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a message; a comma within a figure doesn't part it.

    >>> clauses("采购计划100万，实际98.31万，另外三公预算4.5万")
    ('采购计划100万', '实际98.31万', '另外三公预算4.5万')
    """
    return tuple(part.strip() for part in _BREAK.split(text) if part.strip())


def name_and_value(clause: str) -> tuple[str, str] | None:
    """The name and the value in a clause, also where it says that something is to be changed.

    >>> name_and_value("另外三公预算是4.5万"), name_and_value("采购计划应该是120万")
    (('三公预算', '4.5万'), ('采购计划', '120万'))
    >>> name_and_value("98.31万")
    """
    if len(clause) > _LONGEST:
        return None
    typed = _ALSO.sub("", simple(clause).strip(" 。.!！~"))
    setting = read_setting(typed)
    if setting and setting.name == "set" and setting.target != LAST:
        return setting.target, setting.value
    match = _PAIR.fullmatch(typed)
    return (match["name"].strip(), match["value"].strip()) if match else None

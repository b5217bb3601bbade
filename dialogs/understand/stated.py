"""A figure said of something by its name, where nothing is asked: 三公实际支出是2.1万元."""

from __future__ import annotations

import re

from dialogs.understand.correction import is_figure
from dialogs.understand.mention import of_other_year
from dialogs.understand.plain_text import simple
from dialogs.understand.spoken import Command

_STATED = re.compile(r"(?P<target>[^\n,，。;；0-9]{2,24}?)(?:就是|是|为|=|:)\s*(?P<value>.+)")


def read_stated(text: str) -> Command | None:
    """The name with its figure as a correction, None for any other message.

    >>> read_stated("三公实际支出是2.1万元")
    Command(name='set', target='三公实际支出', value='2.1万元')
    >>> read_stated("去年的租金是3万元"), read_stated("租金是很高的")
    (None, None)
    """
    match = _STATED.fullmatch(simple(text).strip(" 。.!"))
    if match is None or of_other_year(match["target"]) or not is_figure(match["value"]):
        return None
    return Command("set", match["target"], match["value"])

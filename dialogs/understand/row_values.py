"""A row that is said to have another figure, without a word like 改成: 科普经费是23万."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow

_IS = re.compile(
    r"(?P<what>[^\n\t]{2,40}?)(?:那|这)?(?:一)?(?:条|个|项|笔)?(?:的|写错了|填错了|错了|不对|有误)*[\s,，:：]*"
    r"(?:应该是|应当是|应该|应是|应为|其实是|实际是|是|为)\s*(?P<value>[-约]?[0-9][^\s,，、;；]*)"
)


def said_to_be(text: str) -> tuple[str, str] | None:
    """What is spoken of and its figure; None where a message is none of that.

    >>> said_to_be("科普经费是23万"), said_to_be("电商补贴自评分不对，应该90")
    (('科普经费', '23万'), ('电商补贴自评分', '90'))
    >>> said_to_be("科普经费 23万 95")
    """
    match = _IS.fullmatch(narrow(text).strip(" 。.!！~"))
    return (match["what"].strip(" ,，"), match["value"]) if match else None

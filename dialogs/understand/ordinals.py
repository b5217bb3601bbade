"""Figures that are numbered as the question numbers them: ①100万②98.31万, 第一个…第二个…, 前者…后者…"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CIRCLED = re.compile(r"[\s,，;；、]*([①②③④⑤⑥⑦⑧⑨])\s*[:：.、]?\s*")
_COUNTED = re.compile(
    r"(?:^|[\s,，;；、])\s*第?([一二三四五六七八九1-9])(?:个|项|空|处)(?:数|是|为|填|[:：\s])*"
)
_LISTED = re.compile(r"(?:^|[\s,，;；])[(（]?([1-9])[、)）:：]\s*(?=[^\s、])")
_BEFORE_AND_AFTER = re.compile(
    r"(?:^|[\s,，;；、])\s*(前者|后者|前(?:面|一)(?:的|那个|个)?|后(?:面|一)(?:的|那个|个)?)(?:数|是|为|填|[:：\s])*"
)
_WRITTEN = {char: number for number, char in enumerate("一二三四五六七八九", start=1)}


def by_labels(text: str, names: Sequence[str]) -> str:
    """The message with the names of the fields, as they were shown, in the place of ordinals. What
    is numbered otherwise than 1, 2, 3 … stays as it is.

    >>> by_labels("①100万②98.31万", ("计划", "实际"))
    '\\n计划:100万\\n实际:98.31万'
    >>> by_labels("前面是100万，后面是98.31万", ("计划", "实际"))
    '\\n计划:100万\\n实际:98.31万'
    >>> by_labels("1.100万", ("计划", "实际"))
    '1.100万'
    """
    for pattern in (_CIRCLED, _COUNTED, _LISTED, _BEFORE_AND_AFTER):
        found = [_number(match[1]) for match in pattern.finditer(text)]
        if not found or max(found) > len(names) or len(set(found)) < len(found):
            continue
        if pattern is not _CIRCLED and sorted(found) != list(range(1, len(names) + 1)):
            continue
        return pattern.sub(lambda match: f"\n{names[_number(match[1]) - 1]}:", text)
    return text


def _number(mark: str) -> int:
    if mark[0] in "前后":
        return 1 if mark[0] == "前" else 2
    if mark in _WRITTEN:
        return _WRITTEN[mark]
    return int(mark) if mark.isascii() else ord(mark) - 0x245F

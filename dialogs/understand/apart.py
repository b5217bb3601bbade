"""A message with several figures brought to one figure a line, as `fields` deals them out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.understand.fields import Field
from dialogs.understand.plain_text import narrow

_UNIT_OF_ALL = re.compile(
    r"[\s,，;；。(（]*(?:(?:以上)?(?:金额)?单位(?:都是|均为|都为|是|为|:|：)*|(?:都|均|全)(?:是|为|按)?(?:以)?)\s*"
    r"(?P<unit>亿元|万元|元|万|亿|件|个|人|份|家|条)(?:为?单位|计|算)?[\s)）。]*$"
)
_BARE = re.compile(
    r"(?<![0-9.,])(?P<figure>-?[0-9][0-9,]*(?:\.[0-9]+)?)(?![0-9.,]*[0-9]|\s*[万亿元%千百块角分])"
)
_AND = re.compile(
    r"(?<=[0-9元万亿%件个份人家条整百千角分])\s*(?:和|与|跟|以及|及|/|\|)\s*(?=[-0-9一二三四五六七八九两壹贰叁肆伍陆柒捌玖])"
)
_FIGURE = r"-?[0-9][0-9,.]*\s*(?:亿元|万元|亿|万|元|块|%|[件个份人家条])?"
_FIGURE_END = r"(?<=[0-9元万亿%件个份人家条)])"
THIS_YEAR = ("今年度", "本年度", "今年", "本年", "当年")
LAST_YEAR = ("上一年度", "去年度", "上年度", "上一年", "去年", "上年")


def year_names(label: str, others: Sequence[str]) -> tuple[str, ...]:
    """今年 and 去年 as names, where one label is of the year before and another is not.

    >>> year_names("收入", ["收入上年决算数"])[-3:], year_names("收入上年决算数", ["收入"])[-1]
    (('今年', '本年', '当年'), '上年')
    >>> year_names("收入", ["支出"])
    ()
    """
    mine, theirs = "上年" in label, any("上年" in other for other in others)
    if mine == theirs:
        return ()
    return LAST_YEAR if mine else THIS_YEAR


_LONGEST = 600
"""More than the figures of one question ever take."""


def apart(text: str, fields: Sequence[Field]) -> str:
    """The message with a line for each figure that has a name, the unit that was said of all put
    to each, and figures joined by 和 set apart.

    >>> money = lambda t: t[0].isdigit()
    >>> both = [Field("a", ("收入", "今年"), money, False), Field("b", ("去年",), money, False)]
    >>> apart("今年2587.01去年2249.57", both)
    '今年2587.01\\n去年2249.57'
    >>> apart("100和98.31，单位万元", both)
    '100万元,98.31万元'
    """
    if len(text) > _LONGEST:
        return narrow(text)
    typed = _with_unit(narrow(text))
    typed = _AND.sub(",", typed)
    names = sorted({n for f in fields for n in (*f.names, *f.partials)}, key=len, reverse=True)
    if not names:
        return typed
    starts = "|".join(re.escape(narrow(name)) for name in names)
    behind = rf"(?P<figure>{_FIGURE})\s*(?:[(](?:是|为)?(?P<in>{starts})[)]|(?:是|为)(?P<is>{starts})(?=$|[\s,，;；。]))"
    typed = re.sub(behind, lambda m: f"\n{m['in'] or m['is']}:{m['figure']}\n", typed)
    typed = re.sub(
        rf"{_FIGURE_END}\s*[(]\s*(?=(?:{starts}))(?P<inner>[^()]*)[)]", r"\n\g<inner>", typed
    )
    return re.sub(rf"{_FIGURE_END}\s*(?=(?:{starts}))", "\n", typed)


def _with_unit(typed: str) -> str:
    """The message with the unit of all at each figure that has none."""
    match = _UNIT_OF_ALL.search(typed)
    if match is None or not re.search("[0-9]", typed[: match.start()]):
        return typed
    return _BARE.sub(lambda found: found["figure"] + match["unit"], typed[: match.start()])

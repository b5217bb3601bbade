"""Why a message holds no certain figure: a range, two numbers, a hedge, a bound and the like.

Each doubt has a name; the readers ask about it in the words of their kind.
"""

from __future__ import annotations

import re

from dialogs.understand.numerals import NUMERAL, read_quantity
from dialogs.understand.wrapping import Wrapped

_N = f"[{NUMERAL}]"
_ANY = r"(?:万元|亿元|千元|元|块|个百分点|个|件|项|家|人|条|次|份|%)?"
_NEGATIVE = re.compile(rf"-\s*{_N}|负{_N}|\({_N}+(?:万元|元|万|亿)?\)|负数|亏损?{_N}")
_SUM = re.compile(rf"{_N}{_ANY}(?:\+|\*|×|÷|再?加上?|减去?|乘以?|扣除|除以)人?民?币?[¥]?{_N}")
_RANGE = re.compile(
    rf"{_N}{_ANY}(?:-+|~+|…|到|至)[¥]?{_N}|之间|介于"
    r"|一二|二三|两三|三四|三五|四五|五六|六七|七八|八九"
)
_BOUND = re.compile(
    r"不到|不足|未到|没到|不满|超过|超出|突破|至少|最多|最少|顶多|以上|以下|以内|之内|不超|不低于"
    r"|不少于|不多于|不高于|低于|高于|多于|少于|大于|小于|将近|接近|逼近|出头|起码|上限|下限|封顶"
    r"|往上|[<>≤≥]|几乎"
)
_VAGUE = re.compile(
    rf"{_N}[万亿]?[元块]?[个件项家人条]?(?:多|来|余|几|好几|把)|[几数好上]{_N}|好?几[个件项家人条]"
    rf"|多[万元亿个]|[多数]个|若干|一些|不少|许多|好些|大几|半|一两[个件项家人条]|{_N}[kK]?[?]{{2,}}|很多|很少|少量|部分"
)
_HEDGED = re.compile(
    r"应该|应当|应是|应为|可能|也许|或许|好像|好象|似乎|估计|估摸|估算|预计|预估|猜|不确定|记不清"
    r"|记得|印象|吧|吗|[?]|么$|好吧|不是|大概率|据说|听说|暂时|暂定|暂按|初步|未核|没核|待定|待核"
    r"|目前没|还没|[🤔🤷😕❓]|要不|随便|不知道|拿不准|说不准|我看"
)
_SPAN = re.compile(rf"{_N}+")


def doubt_of(typed: Wrapped) -> str:
    """The name of what makes a figure uncertain, "" where no such thing is seen: `negative`,
    `sum`, `range`, `two`, `exact` (a bound or a vague word) or `hedged`.

    >>> from dialogs.understand.wrapping import unwrap
    >>> [doubt_of(unwrap(text)) for text in ("-5万", "50+48万", "三四万", "98 97", "98万多", "98吧")]
    ['negative', 'sum', 'range', 'two', 'exact', 'hedged']
    """
    numbers = figures(typed.whole)
    if _NEGATIVE.match(typed.core):
        return "negative"
    if _SUM.search(typed.whole):
        return "sum"
    if _RANGE.search(typed.whole) and not any(map(_is_called, numbers)):
        return "range"
    if len(numbers) > 1:
        return "two"
    if _BOUND.search(typed.whole) or _VAGUE.search(typed.whole):
        return "exact"
    return "hedged" if _HEDGED.search(typed.whole) else ""


def figures(whole: str) -> list[str]:
    """The numbers that stand in a text; a single character such as in 一共 is none.

    >>> figures("一共98.31万元，不是一百万")
    ['98.31万', '一百万']
    """
    spans = [span.strip(",.点零") for span in _SPAN.findall(whole)]
    return [span for span in spans if _is_number(span)]


def _is_number(span: str) -> bool:
    is_written_out = len(span) > 1 and read_quantity(span) is not None
    return is_written_out or any(char.isascii() and char.isdigit() for char in span)


def _is_called(number: str) -> bool:
    """Whether a number is one to call, whose 0 stands in front."""
    return number.startswith("0") and "." not in number and len(number) > 1

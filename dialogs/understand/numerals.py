"""Numbers in figures, in characters, in the characters of cheques, and in mixtures; exact.

Nothing is rounded and nothing made up: what is no number, or no proper one, gives None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_ALIKE = str.maketrans(
    "壹弌貳贰弍貮叁參叄参弎肆伍陆陸柒捌玖拾佰仟萬億圓圆塊點○俩倆毛廿卅",
    "一一二二二二三三三三三四五六六七八九十百千万亿元元块点零两两角〹〺",
)
_TENS = {"〹": "二十", "〺": "三十"}
_LETTER_SCALE = re.compile(r"(?<=[0-9])\s*([wWkK])(?![a-zA-Z])")
_DIGITS = {char: n % 10 for n, char in enumerate("〇一二三四五六七八九零")} | {"两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_FIGURE = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]{0,17})(?:\.[0-9]{1,8})?")
_STEP = re.compile(r"([0-9]+(?:\.[0-9]+)?|[一二三四五六七八九两])?([十百千])")
_WAN, _YI = 10**4, 10**8
# After a unit only a small figure or one written out to the full is clear without 元.
_WIDTH = {_WAN: 4, _YI: 8}

NUMERAL = "0-9.,零〇一二两三四五六七八九十百千万亿点"
"""The characters of a number, for character classes, once `alike` has been over it."""


@dataclass(frozen=True)
class Quantity:
    """A number: its value, the scale that its last part was written in (1, 万 or 亿), and whether
    its end was left out as in speech (两万五, 三千五)."""

    value: Decimal
    scale: int = 1
    loose: bool = False


def alike(text: str) -> str:
    """The text with the digits and scales of cheques and of traditional script as common ones,
    and w and k behind a figure as 万 and 千.

    >>> alike("貳拾柒萬"), alike("2.5w"), alike("廿五")
    ('二十七万', '2.5万', '二十五')
    """
    text = text.translate(_ALIKE)
    for char, written in _TENS.items():
        text = text.replace(char, written)
    return _LETTER_SCALE.sub(lambda match: "万" if match[1] in "wW" else "千", text)


def read_quantity(text: str, ended: bool = False) -> Quantity | None:
    """The number that the whole text is, None where it is none; `ended` says that 元 follows,
    so that the last part stands for itself.

    >>> read_quantity("二十七万六千七百七十三").value, read_quantity("1,234.50").value
    (Decimal('276773'), Decimal('1234.50'))
    >>> read_quantity("两万五").value, read_quantity("两万五", ended=True)
    (Decimal('25000'), None)
    >>> read_quantity("三四"), read_quantity("1,00"), read_quantity("百万")
    (None, None, None)
    """
    if text.count("亿") > 1:
        return None
    high, mark, low = text.partition("亿")
    found = _joined(_below_yi(high), low, _YI, ended) if mark else _below_yi(text, ended)
    return None if found and found.loose and ended else found


def _below_yi(text: str, ended: bool = False) -> Quantity | None:
    if text.count("万") > 1:
        return None
    high, mark, low = text.partition("万")
    return _joined(_section(high), low, _WAN, ended) if mark else _section(text)


def _joined(high: Quantity | None, low: str, scale: int, ended: bool) -> Quantity | None:
    """A number of 万 or 亿 together with what follows it."""
    if high is None or high.loose:
        return None
    value = high.value * scale
    if not low:
        return Quantity(value, scale)
    if high.value != int(high.value) or not high.value:
        return None
    if low in _DIGITS or re.fullmatch("[1-9]", low):
        digit = _DIGITS[low] if low in _DIGITS else int(low)
        # 一百万五 may as well be said for 一百五十万.
        is_clear = digit and high.value % 100
        return Quantity(value + digit * scale // 10, scale, loose=True) if is_clear else None
    rest = _rest(low, scale, ended)
    if rest is None or rest.value >= scale:
        return None
    return Quantity(value + rest.value, rest.scale, rest.loose)


def _rest(low: str, scale: int, ended: bool) -> Quantity | None:
    """What follows 万 or 亿: after a 零 anything, a figure only where nothing can be missing."""
    figure = re.fullmatch(r"([0-9]+)(\.[0-9]{1,8})?", low)
    if figure:
        width = len(figure[1])
        clear = width == _WIDTH[scale] or (ended and scale == _WAN and 1 < width < _WIDTH[scale])
        return Quantity(Decimal(low)) if clear else None
    bare = low.removeprefix("零").removeprefix("〇")
    if bare != low and bare in _DIGITS:
        return Quantity(Decimal(_DIGITS[bare]))
    return _below_yi(bare, ended) if scale == _YI else _section(bare)


def _section(text: str) -> Quantity | None:
    """A number without 万 and 亿."""
    if _FIGURE.fullmatch(text):
        return Quantity(Decimal(text.replace(",", "")))
    whole, mark, behind = text.partition("点")
    if mark:
        return _pointed(whole, behind)
    return Quantity(Decimal(_DIGITS[text])) if text in _DIGITS else _stepped(text)


def _pointed(whole: str, behind: str) -> Quantity | None:
    """A decimal said with 点: 九十八点三一."""
    before = _section(whole)
    digits = [str(_DIGITS.get(char, char)) for char in behind]
    if before is None or before.loose or "." in str(before.value) or not 0 < len(digits) <= 8:
        return None
    figure = "".join(digits)
    return (
        Quantity(Decimal(f"{before.value}.{figure}"))
        if figure.isascii() and figure.isdigit()
        else None
    )


def _stepped(text: str) -> Quantity | None:
    """A number in steps of 千, 百 and 十, from high to low."""
    total, last, at, apart, lone = Decimal(0), 10 * _WAN, 0, False, True
    while match := _STEP.match(text, at):
        said, step = match[1], _STEPS[match[2]]
        first = at == 0
        at = match.end()
        factor = _factor(said, step, alone=first and at == len(text))
        if factor is None or step >= last or not lone:
            return None
        total, last, apart = total + factor * step, step, False
        lone = factor == int(factor)
        if text[at : at + 1] in ("零", "〇") and at + 1 < len(text):
            at, apart = at + 1, True
    end = text[at:]
    if last > 1000 or (end and end not in _DIGITS and not re.fullmatch("[1-9]", end)):
        return None
    digit = _DIGITS.get(end, int(end) if end.isascii() and end else 0) if end else 0
    if end and not digit:
        return None
    loose = bool(end) and not apart and last > 10
    return Quantity(total + (digit * last // 10 if loose else digit), 1, loose)


def _factor(said: str | None, step: int, alone: bool) -> Decimal | None:
    """What stands before 千, 百 or 十; only before 十 it may be left out."""
    if said is None:
        return Decimal(1) if step == 10 else None
    if said in _DIGITS:
        return Decimal(_DIGITS[said])
    number = Decimal(said) if _FIGURE.fullmatch(said) else None
    # 12千 and 1.5千 stand for themselves; in a longer number only one digit can.
    return number if number and (alone or number in range(1, 10)) else None

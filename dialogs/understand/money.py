"""What an amount is made of: a number, its unit, 角 and 分, a sign for the currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dialogs.understand.numerals import NUMERAL, read_quantity

AMOUNT_HEADS = (
    *("总金额", "合计金额", "金额", "数额", "总额", "资金", "经费", "支出了", "支出", "收入了"),
    *("收入", "花了", "用了", "花费", "到账", "拨了", "拨款", "大写", "小写"),
)
AMOUNT_TAILS = ("整", "正", "钱", "(含税)", "(不含税)", "含税", "不含税")
_SIGNS = ("人民币", "RMB", "CNY", "rmb", "cny", "Rmb", "¥", "￥", "(人民币)", "(大写)", "大写", ":")
_UNIT_APART = re.compile(r"\((亿元|万元|元)\)$")
_ONE = "[0-9〇零一二三四五六七八九两]"
_SUM = re.compile(
    rf"(?:(?P<main>[{NUMERAL}]+)(?P<yuan>元|块钱?)?)?"
    rf"(?:[零〇]?(?P<jiao>{_ONE})角钱?)?(?:[零〇]?(?P<fen>{_ONE})分钱?)?(?P<odd>{_ONE})?"
)
_TWICE = re.compile(r"(.+?)(?:\(|,?(?:即|也就是|就是|=))(.+?)\)?")
_NOTHING = re.compile(
    r"(?:都|均|也|一直|今年|本年|当年|年内)*(?:没有?|没得|木有|无|未|零)"
    r"(?:发生|产生|支出|收入|花钱?|用钱|开支|安排|这项|此项|这笔|这块)*(?:过|费用|支出|收入|资金)?"
    r"|(?:一[分角]钱?|一块钱|分文)(?:都|也)?(?:没有?|未|无)(?:花|用|支出|收|发生)?(?:过)?"
)
_SCALES = {1: "", 10**4: "wan", 10**8: "yi"}


@dataclass(frozen=True)
class Sum:
    """An amount as written: its number (in 元 where a unit was given), the unit that its last part
    was given in or "", whether its end was left out as in speech, whether a sign stood at it."""

    value: Decimal
    unit: str = ""
    loose: bool = False
    is_signed: bool = False


def is_nothing(core: str) -> bool:
    """Whether somebody says that there was no amount at all, and means 0.

    >>> is_nothing("没有发生"), is_nothing("一分钱也没花"), is_nothing("没有数据")
    (True, True, False)
    """
    return _NOTHING.fullmatch(core) is not None


def read_sum(core: str) -> Sum | None:
    """The amount that a text without the words around it is, also said twice in two ways.

    >>> read_sum("27万6773元3角3分").value, read_sum("98块5").value, read_sum("983100元(98.31万元)")
    (Decimal('276773.33'), Decimal('98.5'), Sum(value=Decimal('983100'), unit='yuan', loose=False, is_signed=False))
    >>> read_sum("两万五元"), read_sum("98.31吨"), read_sum("98元即99元")
    (None, None, None)
    """
    found = _single(core)
    match = None if found else _TWICE.fullmatch(core)
    if match is None:
        return found
    first, second = (_single(part.rstrip("整正")) for part in match.groups())
    same = first and second and first.unit and second.unit and first.value == second.value
    return first if same else None


def _single(core: str) -> Sum | None:
    bare = _unsigned(_UNIT_APART.sub(r"\1", core).replace("个亿", "亿"))
    match = _SUM.fullmatch(bare)
    if match is None or not bare:
        return None
    change = _change(match)
    if change is None:
        return None
    if not match["main"]:
        return Sum(change, "yuan") if change or match["jiao"] or match["fen"] else None
    return _whole(match, change, is_signed=_unsigned(core) != core)


def _whole(match: re.Match[str], change: Decimal, is_signed: bool) -> Sum | None:
    """The amount with a whole part; what is behind 元 needs a whole number before it."""
    quantity = read_quantity(match["main"], ended=bool(match["yuan"]))
    has_change = match["jiao"] or match["fen"] or match["odd"]
    if quantity is None or (has_change and quantity.value != int(quantity.value)):
        return None
    if has_change and not match["yuan"]:
        return None
    unit = _SCALES[quantity.scale]
    is_scaled = "万" in match["main"] or "亿" in match["main"]
    if change or (not unit and (match["yuan"] or is_signed or is_scaled)):
        unit = "yuan"
    alone = is_signed and not match["yuan"] and not is_scaled
    return Sum(quantity.value + change, unit, quantity.loose, alone)


def _change(match: re.Match[str]) -> Decimal | None:
    """角 and 分 in 元; a digit behind 块 is 角 (98块5), one behind 角 is 分."""
    jiao, fen, odd = (_digit(match[name]) for name in ("jiao", "fen", "odd"))
    if match["odd"]:
        if match["fen"]:
            return None
        if match["jiao"]:
            fen = odd
        elif match["yuan"] == "块":
            jiao = odd
        else:
            return None
    return Decimal(jiao * 10 + fen) / 100


def _digit(char: str | None) -> int:
    quantity = read_quantity(char) if char else None
    return int(quantity.value) if quantity else 0


def _unsigned(core: str) -> str:
    """The text without the signs of the currency before or behind it."""
    for sign in _SIGNS:
        core = core.removeprefix(sign)
    for sign in _SIGNS:
        core = core.removesuffix(sign)
    return core

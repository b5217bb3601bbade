"""Percentages on the scale 0–100, in figures and in words: 98.31%, 百分之九十八, 九成八."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from dialogs.understand.doubts import doubt_of
from dialogs.understand.numerals import NUMERAL, read_quantity
from dialogs.understand.reading import Ask, Got
from dialogs.understand.wrapping import Wrapped, unwrap
from scoring.values import CENT, Percent

_HEADS = (
    *("满意度", "满意率", "执行率", "完成率", "支付率", "利用率", "使用率", "合格率", "及时率"),
    *("比例", "占比", "比率", "百分比", "达到了", "达到", "达", "完成了", "完成", "占"),
)
_WHOLE = {
    *("全部", "全额", "足额", "百分百", "百分之百", "十成", "全部完成", "全都完成", "都完成"),
    *("全完成", "全部支付", "全额支付", "全部用完", "100%全部"),
}
_NOTHING = {"没有", "无", "没", "都没有"}
_N = f"[{NUMERAL}]"
_DIGIT = "[0-9一二三四五六七八九]"
_FORMS = (
    (re.compile(rf"({_N}+)(?:%|个?百分点|个点)"), Decimal(1)),
    (re.compile(rf"百分之({_N}+)%?"), Decimal(1)),
    (re.compile(rf"({_N}+)‰|千分之({_N}+)"), Decimal("0.1")),
    (re.compile(rf"万分之({_N}+)"), Decimal("0.01")),
)
_TENTHS = re.compile(rf"({_N}+)成({_DIGIT})?")
_PARTS = re.compile(rf"({_N}+)(?:/|:|比)({_N}+)|({_N}+)分之({_N}+)")
_MOST = 10**6
_HALF = re.compile(r"一半|半数|对半|五五开")
_ONE = re.compile(rf"百分之{_N}+|{_N}+(?:%|个?百分点|个点)|{_N}+成{_DIGIT}?")
_OTHER_KIND = re.compile(r"[0-9万亿](?:元|块|年|月|日|号|件|项|家|人|条|次|份|吨)|[0-9][万亿]")


def read_percent(text: str) -> Got[Percent] | Ask:
    """A percentage on the scale 0–100; what may as well be a fraction is asked about. One above
    100 is read as it stands: whether it may be, the fact says.

    >>> [read_percent(text).value.plain() for text in ("98.31％", "百分之九十八点三", "九成八")]
    ['98.31%', '98.3%', '98%']
    >>> read_percent("0.98").code, read_percent("三分之二").numbers["percent"]
    ('ask_percent_fraction', Decimal('66.67'))
    """
    typed = unwrap(text.replace("百份", "百分"), _HEADS, ("满意",))
    if typed is None:
        return Ask("ask_percent", {"text": text})
    note = "about" if typed.about else ""
    number = _marked(typed.core)
    if number is not None:
        return Got(Percent(number), note)
    number = _number(typed.core)
    if number is None or number >= _MOST:
        return _doubt(text, typed)
    if 0 < number < 2:
        # 1 may be the whole as well as a hundredth of it.
        return Ask("ask_percent_fraction", {"text": typed.core, "percent": number * 100})
    return Got(Percent(number), note)


def _marked(core: str) -> Decimal | None:
    """A percentage that says that it is one."""
    if core in _WHOLE:
        return Decimal(100)
    for form, factor in _FORMS:
        match = form.fullmatch(core)
        number = _number(match[match.lastindex or 0]) if match else None
        if number is not None:
            return number * factor
    match = _TENTHS.fullmatch(core)
    tenths = _number(match[1]) if match else None
    if match is None or tenths is None or tenths > 10:
        return None
    unit = _number(match[2]) if match[2] else Decimal(0)
    return None if match[2] and tenths != int(tenths) else tenths * 10 + (unit or 0)


def _number(text: str) -> Decimal | None:
    quantity = read_quantity(text) if "," not in text else None
    is_plain = quantity and not quantity.loose and quantity.scale == 1
    return quantity.value if quantity and is_plain else None


def _doubt(text: str, typed: Wrapped) -> Ask:
    """What is asked about a text that is no certain percentage."""
    if typed.core in _NOTHING:
        return Ask("ask_percent_none", {"text": text})
    if _OTHER_KIND.search(typed.whole):
        return Ask("ask_percent", {"text": text})
    parts = _PARTS.fullmatch(typed.core)
    share = _share(parts) if parts else None
    if share is not None:
        return Ask("ask_percent_perhaps", {"text": text, "percent": share})
    if _HALF.fullmatch(typed.core):
        return Ask("ask_percent_perhaps", {"text": text, "percent": Decimal(50)})
    reason = doubt_of(typed)
    said = [_marked(match[0]) for match in _ONE.finditer(typed.whole)]
    if reason == "negative":
        return Ask("ask_percent_negative", {"text": text})
    if reason in ("two", "range", "exact"):
        code = {"exact": "ask_figure_vague"}.get(reason, f"ask_figure_{reason}")
        return Ask(code, {"text": text})
    if len(said) == 1 and said[0] is not None:
        return Ask("ask_percent_perhaps", {"text": text, "percent": said[0]})
    return Ask("ask_percent", {"text": text})


def _share(parts: re.Match[str]) -> Decimal | None:
    """What a part is of a whole, in percent to two decimals: a suggestion only."""
    part, whole = (_number(parts[1]), _number(parts[2])) if parts[1] else (None, None)
    if parts[3]:
        whole, part = _number(parts[3]), _number(parts[4])
    if part is None or not whole or part > whole:
        return None
    return (part / whole * 100).quantize(CENT, ROUND_HALF_UP)

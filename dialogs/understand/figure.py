"""Counts, other plain numbers, and percentages, which have a room of their own."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.understand.doubts import doubt_of
from dialogs.understand.numerals import NUMERAL, read_quantity
from dialogs.understand.percentage import read_percent
from dialogs.understand.reading import Ask, Got
from dialogs.understand.wrapping import Wrapped, unwrap
from scoring.values import Count, Number

__all__ = ["read_count", "read_number", "read_percent"]

_MEASURE = r"(?:人次|户次|家次|件次|批次|场次|[个件条项家份人户名宗笔起批台套辆所处位场期篇张种类例单栋座次部本支只])"
_NOUN = (
    r"(?:单位|部门|科室|股室|项目|问题|企业|公司|人|人员|事项|指标|任务|目标|案件|事件|投诉|合同|活动"
    r"|职工|干部|同志|员工|编制|资产|制度|文件|村|社区|镇|街道|学校|家庭|公告|会议|信访件?|建议|提案|工单|热线工单|热线件|来信|来访|财务问题|审计问题|岗位|股|科|批复)"
)
_N = f"[{NUMERAL}]"
_COUNT = re.compile(rf"({_N}+?)({_MEASURE}{_NOUN}?)?")
_ONE_COUNT = re.compile(rf"(?<!第)({_N}+){_MEASURE}")
_NONE = re.compile(
    rf"(?:都|也|均|今年|本年|全年)*(?:没有?|无|未)(?:(?:发现|存在|发生|收到|产生)过?(?:问题|情况)?)?"
    rf"|一{_MEASURE}{_NOUN}?(?:都|也)?(?:没有?|无)|全部说清|都说清|全都说清"
)
_MOST = 10**9
_SCORE_HEADS = ("自评分", "自评", "得分", "得", "打", "评", "给")
_PLUS = re.compile(r"\+|再?加上?")
_OTHER_KIND = re.compile(r"%|‰|百分|[0-9万亿](?:元|块|年|月|日|号|成|吨|米)|[0-9]:|/")


def read_count(text: str) -> Got[Count] | Ask:
    """A whole number of things; 没有 means none.

    >>> [read_count(text).value.value for text in ("421件", "一百零三个", "没有", "一共12个单位")]
    [421, 103, 0, 12]
    >>> [read_count(text).code for text in ("三四个", "十几个", "12.5", "应该12个吧")]
    ['ask_figure_range', 'ask_figure_vague', 'ask_count_whole', 'ask_count_perhaps']
    """
    typed = unwrap(text)
    if typed is None:
        return Ask("ask_count", {"text": text})
    if _NONE.fullmatch(typed.core):
        return Got(Count(0))
    number = _count(typed.core)
    if number is None:
        return _doubt(text, typed)
    if number != int(number):
        return Ask("ask_count_whole", {"text": text})
    if number >= _MOST:
        return Ask("ask_count", {"text": text})
    return Got(Count(int(number)), "about" if typed.about else "")


def _count(core: str) -> Decimal | None:
    match = _COUNT.fullmatch(core.replace("仨", "三"))
    quantity = read_quantity(match[1], ended=bool(match[2])) if match else None
    # 12万 with nothing behind it is rather an amount.
    is_whole = match and quantity and (match[2] or quantity.scale == 1)
    return quantity.value if quantity and is_whole else None


def _doubt(text: str, typed: Wrapped) -> Ask:
    """What is asked about a text that is no certain count."""
    if _OTHER_KIND.search(typed.whole):
        return Ask("ask_count", {"text": text})
    reason = doubt_of(typed)
    if reason == "negative":
        return Ask("ask_count_negative", {"text": text})
    if reason == "sum":
        return _added(text, typed)
    if reason in ("two", "range", "exact"):
        code = {"exact": "ask_figure_vague"}.get(reason, f"ask_figure_{reason}")
        return Ask(code, {"text": text})
    said = [_count(match[1]) for match in _ONE_COUNT.finditer(typed.whole)]
    if reason == "hedged" and not said:
        said = [_count(number) for number in re.findall(r"[0-9]+", typed.whole)]
    if len(said) == 1 and said[0] is not None and said[0] == int(said[0]):
        return Ask("ask_count_perhaps", {"text": text, "count": said[0]})
    return Ask("ask_count", {"text": text})


def _added(text: str, typed: Wrapped) -> Ask:
    parts = [_count(part) for part in _PLUS.split(typed.core)]
    known = [part for part in parts if part is not None and part == int(part)]
    if len(known) < 2 or len(known) < len(parts):
        return Ask("ask_figure_sum", {"text": text})
    return Ask("ask_count_perhaps", {"text": text, "count": sum(known, Decimal(0))})


def read_number(text: str) -> Got[Number] | Ask:
    """A decimal number such as a score; 满分 is left to the caller.

    >>> read_number("9.5分").value.value, read_number("九点五").value.value
    (Decimal('9.5'), Decimal('9.5'))
    """
    typed = unwrap(text, _SCORE_HEADS)
    if typed is None:
        return Ask("ask_number", {"text": text})
    match = re.fullmatch(rf"(-?)({_N}+)分?", typed.core)
    quantity = read_quantity(match[2]) if match else None
    if match is None or quantity is None or quantity.loose or quantity.value >= _MOST:
        return _number_doubt(text, typed)
    sign = -1 if match[1] else 1
    return Got(Number(sign * quantity.value), "about" if typed.about else "")


def _number_doubt(text: str, typed: Wrapped) -> Ask:
    reason = doubt_of(typed)
    if reason in ("two", "range", "sum"):
        return Ask(f"ask_figure_{reason}", {"text": text})
    if reason == "exact":
        return Ask("ask_figure_vague", {"text": text})
    return Ask("ask_number", {"text": text})

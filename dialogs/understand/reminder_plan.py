"""提醒计划 in words: 提醒计划 10、5、3、1，当天2次，逾期每天."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.plan import Plan
from dialogs.understand.manners import without_manners
from dialogs.understand.numerals import alike, read_quantity

_ASKED = re.compile(
    r"^(?:(?:修改|调整|设置|设定|更改|改|查看|看看?|看一下)(?:一下)?)?(?:自评)?提醒(?:计划|安排|设置|方案|节奏)"
    r"(?:改成|改为|调整为|改到|设为|定为|改|是|为|[\s:：,，])*(?P<rest>.*)$",
    re.S,
)
_USUAL = re.compile(r"(?:恢复|按|用|照)?(?:系统)?(?:默认|原样)(?:的|计划)?")
_NONE = re.compile(r"(?:都|全部|全)?(?:不提醒|不要|关闭|关掉|取消|不用提醒|停)了?")
_NUMBER = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_ON = re.compile(
    rf"(?:截止|到期)?(?:当[天日]|那[天日]|(?:截止|到期)日)\s*(?:提醒)?(?:(?P<no>不(?:再)?(?:提醒|催)?)|(?P<times>{_NUMBER})\s*[次遍](?:提醒)?)"
)
_AFTER = re.compile(
    rf"(?:逾期|过期|超期|超时|截止(?:以|之)?后|过后|之后|以后)(?:后|了)?\s*(?:(?P<no>不(?:再)?(?:提醒|催)?)|(?:每隔?(?P<every>{_NUMBER})?个?(?:工作日|[天日])|天天)(?:提醒|催)?(?:一?次)?)"
)
_FILLERS = re.compile(
    r"提前|截止前?|到期前?|工作日|提醒|一次|各|[天日个前次和、,，;；。.\s/]|再|以及"
)


@dataclass(frozen=True)
class PlanWish:
    """What is said of the plan; None for what isn't said. `shows`: only to see it; `unclear` are
    words that were not understood."""

    before: tuple[int, ...] | None = None
    on_the_day: int | None = None
    after: int | None = None
    shows: bool = False
    unclear: str = ""

    def applied(self, plan: Plan) -> Plan:
        """The plan as it is to be."""
        return Plan(
            plan.before if self.before is None else self.before,
            plan.on_the_day if self.on_the_day is None else self.on_the_day,
            plan.after if self.after is None else self.after,
        )


def read_plan_wish(text: str) -> PlanWish | None:
    """What a message says about the plan of reminders; None for one about other things.

    >>> read_plan_wish("提醒计划 10、5、3、1").before, read_plan_wish("提醒计划").shows
    ((10, 5, 3, 1), True)
    >>> wish = read_plan_wish("提醒计划改成七、三、一，当天一次，逾期不催")
    >>> wish.before, wish.on_the_day, wish.after
    ((7, 3, 1), 1, 0)
    """
    match = _ASKED.fullmatch(without_manners(text))
    if match is None:
        return None
    rest = match["rest"].strip()
    if not rest:
        return PlanWish(shows=True)
    usual = Plan()
    if _USUAL.fullmatch(rest):
        return PlanWish(usual.before, usual.on_the_day, usual.after)
    if _NONE.fullmatch(rest):
        return PlanWish((), 0, 0)
    on, after = _ON.search(rest), _AFTER.search(rest)
    left = _AFTER.sub(" ", _ON.sub(" ", rest))
    before = tuple(_number(each) for each in re.findall(_NUMBER, left))
    unclear = _FILLERS.sub("", re.sub(_NUMBER, "", left))
    said = before or on or after
    return PlanWish(
        tuple(sorted(set(before), reverse=True)) if before else None,
        _times(on) if on else None,
        _every(after) if after else None,
        unclear=unclear or ("" if said else rest),
    )


def _times(match: re.Match[str]) -> int:
    return 0 if match["no"] else _number(match["times"])


def _every(match: re.Match[str]) -> int:
    return 0 if match["no"] else _number(match["every"] or "1")


def _number(typed: str) -> int:
    quantity = read_quantity(alike(typed))
    # A number that is none is as wrong as one that is too high.
    return int(quantity.value) if quantity else 999

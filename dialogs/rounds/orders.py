"""What a coordinator agreed to, as effects, and as plain data between the preview and the tap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dialogs.effects import Effect
from dialogs.plan import Plan


@dataclass(frozen=True)
class Extension:
    """A form's deadline as it stands and as it is to be; `until` None takes its own away.
    `returned`: it is about when a form that came back is to be there again."""

    form_id: int
    stands: datetime
    until: datetime | None
    returned: bool = False


@dataclass(frozen=True)
class DaySaid:
    """What is said of a day: whether it is worked, None to forget what was said before."""

    day: date
    working: bool | None
    name: str = ""


class RoundOrder(Effect):
    """Something that a coordinator wants done with an exercise, or with the calendar."""


@dataclass(frozen=True)
class MoveDeadline(RoundOrder):
    """截止改到: move the deadline of everybody who has none of their own."""

    cycle_id: int
    deadline: datetime
    version: int


@dataclass(frozen=True)
class ExtendForms(RoundOrder):
    """延期: give departments a deadline of their own, or take it away."""

    cycle_id: int
    extensions: tuple[Extension, ...]


@dataclass(frozen=True)
class PlanReminders(RoundOrder):
    """提醒计划: plan the reminders anew."""

    cycle_id: int
    plan: Plan
    version: int


@dataclass(frozen=True)
class OpenCycle(RoundOrder):
    """开始: open a year's exercise on the standard of this name."""

    year: int
    standard: str
    opens_at: datetime
    deadline: datetime
    name: str = ""
    plan: Plan = field(default_factory=Plan)


@dataclass(frozen=True)
class CloseCycle(RoundOrder):
    """结束自评: end an exercise."""

    cycle_id: int
    version: int


@dataclass(frozen=True)
class ReopenCycle(RoundOrder):
    """重新开放: go on with one that was ended."""

    cycle_id: int


@dataclass(frozen=True)
class SetDays(RoundOrder):
    """放假, 上班: say which days are worked."""

    days: tuple[DaySaid, ...]


def plain_of(order: RoundOrder) -> dict[str, Any]:
    """An order as plain data: its name and its parts."""
    return {"order": type(order).__name__} | {
        name: _plain(value) for name, value in vars(order).items()
    }


def read_order(plain: Mapping[str, Any]) -> RoundOrder:
    """The order from plain data.

    >>> order = CloseCycle(3, 2)
    >>> read_order(plain_of(order)) == order
    True
    """
    parts = {name: value for name, value in plain.items() if name != "order"}
    read = {name: _READ.get(name, _as_is)(value) for name, value in parts.items()}
    return _ORDERS[plain["order"]](**read)


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Plan):
        return value.plain()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Extension | DaySaid):
        return {name: _plain(part) for name, part in vars(value).items()}
    return value


def _as_is(value: Any) -> Any:
    return value


def _extensions(given: Any) -> tuple[Extension, ...]:
    return tuple(
        Extension(
            each["form_id"],
            datetime.fromisoformat(each["stands"]),
            datetime.fromisoformat(each["until"]) if each["until"] else None,
            each["returned"],
        )
        for each in given
    )


def _days(given: Any) -> tuple[DaySaid, ...]:
    return tuple(
        DaySaid(date.fromisoformat(each["day"]), each["working"], each["name"]) for each in given
    )


_READ: Mapping[str, Callable[[Any], Any]] = {
    "deadline": datetime.fromisoformat,
    "opens_at": datetime.fromisoformat,
    "plan": Plan.read,
    "extensions": _extensions,
    "days": _days,
}
_ORDERS: Mapping[str, Callable[..., RoundOrder]] = {
    order.__name__: order
    for order in (
        MoveDeadline,
        ExtendForms,
        PlanReminders,
        OpenCycle,
        CloseCycle,
        ReopenCycle,
        SetDays,
    )
}

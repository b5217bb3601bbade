"""The plan of reminders of a cycle (提醒计划): how many working days before the deadline, how often
on the day, how often after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_DAYS = 60
MOST_REMINDERS = 10
USUAL_DAYS = (10, 5, 3, 1)


@dataclass(frozen=True)
class Plan:
    """`before` are working days before the deadline, most first; `on_the_day` is 0, 1 or 2 times;
    `after` is every how many working days once it is over, 0 for never.

    >>> Plan.read({}) == Plan() == Plan.read(Plan().plain())
    True
    >>> Plan((3, 1), 1, 0).plain()
    {'before': [3, 1], 'on_the_day': 1, 'after': 0}
    """

    before: tuple[int, ...] = USUAL_DAYS
    on_the_day: int = 2
    after: int = 1

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Plan:
        """The plan kept with a cycle; what is not kept is as usual."""
        usual = cls()
        return cls(
            tuple(int(day) for day in plain.get("before", usual.before)),
            int(plain.get("on_the_day", usual.on_the_day)),
            int(plain.get("after", usual.after)),
        )

    def plain(self) -> dict[str, Any]:
        """As it is kept with a cycle."""
        return {"before": list(self.before), "on_the_day": self.on_the_day, "after": self.after}

    @property
    def is_sound(self) -> bool:
        """Whether it can be kept: days of 1 to 60, each once, most first."""
        days = sorted(set(self.before), reverse=True)
        return (
            list(self.before) == days
            and all(0 < day <= MOST_DAYS for day in days)
            and len(days) <= MOST_REMINDERS
            and self.on_the_day in (0, 1, 2)
            and 0 <= self.after <= MOST_DAYS
        )

"""How the people of a department behave over a cycle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from random import Random


@dataclass(frozen=True)
class Temperament:
    """Shares of the working days between opening and deadline at which the contact `begins` and
    has sent in (`ends`; beyond 1 after the deadline); working days that the leader and finance
    take; how often finance returns it and after how many working days it is mended. Somebody
    `away` wants no reminders from that share on until the next week; one who is `extended` gets two
    working days more from the coordinator."""

    name: str
    begins: float
    ends: float
    leader_days: int = 1
    finance_days: int = 1
    returned: int = 0
    mends_after: int = 2
    away: float = inf
    extended: bool = False
    helped: float = inf
    objects: bool = False

    @property
    def shares(self) -> bool:
        """Whether a colleague fills in a part."""
        return self.helped < inf

    @property
    def span(self) -> tuple[float, float]:
        """From when to when the contact fills in."""
        return self.begins, self.ends


EARLY = Temperament("early", 0.05, 0.35)
STEADY = Temperament("steady", 0.2, 0.8)
LATE = Temperament("late", 0.88, 1.0)
OVERDUE = Temperament("overdue", 0.7, 1.15)
EXTENDED = Temperament("extended", 0.7, 1.07, extended=True)
NEVER = Temperament("never", inf, inf)
RETURNED_TWICE = Temperament("returned_twice", 0.1, 0.5, returned=2)
SLOW_MENDING = Temperament("slow_mending", 0.1, 0.6, returned=1, mends_after=5)
ON_HOLIDAY = Temperament("on_holiday", 0.15, 0.95, away=0.6)
SLOW_LEADER = Temperament("slow_leader", 0.15, 0.6, leader_days=6)
SLOW_FINANCE = Temperament("slow_finance", 0.1, 0.55, finance_days=7)
SHARING = Temperament("sharing", 0.1, 0.7, helped=0.92)
OBJECTING = Temperament("objecting", 0.1, 0.4, objects=True)

ALL = (
    EARLY, STEADY, LATE, OVERDUE, EXTENDED, NEVER, RETURNED_TWICE, SLOW_MENDING, ON_HOLIDAY,
    SLOW_LEADER, SLOW_FINANCE, SHARING, OBJECTING,
)  # fmt: skip
_WEIGHTS = (6, 20, 12, 5, 2, 3, 4, 2, 4, 3, 3, 3, 2)


def deal(count: int, random: Random) -> list[Temperament]:
    """One for each department: all there are, as far as there are departments, then by weight;
    each a little different from its like."""
    dealt = [*ALL, *random.choices(ALL, _WEIGHTS, k=max(0, count - len(ALL)))][:count]
    random.shuffle(dealt)
    return [_varied(each, random) for each in dealt]


def _varied(each: Temperament, random: Random) -> Temperament:
    shift = random.uniform(-0.04, 0.04)
    return replace(each, begins=max(0.0, each.begins + shift), ends=each.ends + shift)

"""When people can be reminded, as the conversation sees it: working hours, days off, what was
said about it before, until when their forms are due, and who could be reminded of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FURTHEST = 60
"""How many days ahead somebody can be reminded, or left alone."""
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Owing:
    """A form that a person has to do with, and until when it is due."""

    department: str
    deadline: datetime


@dataclass(frozen=True)
class Whom:
    """Somebody who can be reminded."""

    userid: str
    name: str


@dataclass(frozen=True)
class Behind:
    """A form for which people may be reminded (催办): `receivers` are its contacts, in review those
    whose turn it is; `reviewers` the first who will be asked. `gone` and `days` are the working
    days of its time, those that are over and all; `nudged` says that somebody was told so today."""

    form_id: int
    receivers: tuple[Whom, ...] = ()
    reviewers: tuple[Whom, ...] = ()
    gone: int = 0
    days: int = 0
    nudged: bool = False


@dataclass(frozen=True)
class Hours:
    """`off` are the days from today on that are not worked, `unsure` years whose holidays are not
    announced yet. `until` is what was said before, `wakes` that a reminder was wished for then."""

    zone: ZoneInfo
    opens: time
    closes: time
    off: frozenset[date] = frozenset()
    unsure: frozenset[int] = frozenset()
    until: datetime | None = None
    wakes: bool = False
    owing: tuple[Owing, ...] = ()

    def works(self, day: date) -> bool:
        """Whether people work on a day."""
        return day not in self.off

    def next_worked(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, count: int) -> date:
        """The day that is so many working days after another."""
        for _ in range(count):
            day = self.next_worked(day + timedelta(days=1))
        return day

    def at(self, day: date, clock: time) -> datetime:
        """A time of a day, here."""
        return datetime.combine(day, clock, self.zone)

    def moved(self, moment: datetime) -> datetime:
        """The moment, or the first after it at which something may be sent; late in the day a
        little before, so that it still leaves on that day."""
        local = moment.astimezone(self.zone)
        day, clock = local.date(), local.time().replace(second=0, microsecond=0)
        if clock >= self.closes:
            day, clock = day + timedelta(days=1), self.opens
        return self.at(self.next_worked(day), min(max(clock, self.opens), self.last))

    def soonest(self, now: datetime) -> datetime:
        """The first moment from which on a message still leaves on that day, for everybody."""
        found = self.moved(now)
        if found.date() != now.astimezone(self.zone).date():
            return self.at(found.date(), self.opens)
        if found < now.replace(second=0, microsecond=0):
            return self.at(self.after(found.date(), 1), self.opens)
        return found

    @property
    def last(self) -> time:
        """The latest time of a day to send something: everybody has a minute of their own in the
        half hour after it."""
        return (datetime.combine(date.min, self.closes) - HALF_HOUR).time()

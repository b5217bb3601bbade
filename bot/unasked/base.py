"""What everything that people are told unasked has in common: why, to whom, when, in which words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.acts.base import holders
from bot.calendar import Calendar, calendar_of
from bot.documents import Document
from bot.lifecycle import By
from bot.services import Services
from dialogs.bubbles import Choice
from storage import running_forms
from storage.running_forms import RunningForm

MORNING, AFTERNOON = time(9), time(14, 30)
"""From when on something is said in the morning, and in the afternoon; a person's own minute
comes on top, so that nothing leaves at the full or half hour."""


@dataclass(frozen=True)
class Reason:
    """Why somebody is to hear from us.

    `kind` begins with reminder, digest, escalation or notice. `key` is different for all that
    happens once: it holds whatever makes it meaningless when it changes (the deadline, the
    plan's version, the day). `at` is from when on, an aware time; `about` has departments' codes.
    """

    userid: str
    kind: str
    key: str
    at: datetime
    about: tuple[str, ...] = ()
    form_id: int | None = None

    @property
    def once(self) -> str:
        """The key in the ledger."""
        return f"{self.kind}:{self.userid}:{self.key}"


@dataclass(frozen=True)
class Said:
    """What is said for the reasons of one kind: a card with these buttons, under the key `card`;
    together with other kinds, or where it doesn't fit, a text. `pictures` follow it."""

    title: str
    lines: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    card: str = ""
    pictures: tuple[Document, ...] = ()


class Look:
    """What is looked at to find out what is due: the forms (of these departments, by code, or of
    all), the calendar, the day. It belongs to one transaction and remembers what it has read."""

    def __init__(
        self,
        services: Services,
        tx: Connection,
        now: datetime,
        codes: Collection[str] = (),
    ) -> None:
        self.services, self.tx, self.now, self._codes = services, tx, now, codes
        self._holders: dict[tuple[By, int], list[str]] = {}

    @property
    def zone(self) -> ZoneInfo:
        return self.services.settings.zone

    @cached_property
    def local(self) -> datetime:
        """The moment as it is called here."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.local.date()

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.tx)

    @cached_property
    def forms(self) -> list[RunningForm]:
        """All forms of open cycles that have begun."""
        found = running_forms.running(self.tx, self._codes)
        return [form for form in found if form.opens_at <= self.now]

    def holders(self, role: By, department_id: int) -> list[str]:
        """The userids of the active holders of a role for a department."""
        if (role, department_id) not in self._holders:
            self._holders[role, department_id] = holders(self.tx, role, department_id)
        return self._holders[role, department_id]

    def day_of(self, moment: datetime) -> date:
        """The day on which a moment falls here."""
        return moment.astimezone(self.zone).date()

    def today_at(self, hour: time) -> datetime:
        """A time of today."""
        return datetime.combine(self.today, hour, self.zone)

    def waited(self, since: datetime) -> int:
        """How many working days have come since a moment, with today."""
        return self.calendar.working_days_between(self.day_of(since), self.today)


Due = Callable[[Look], Iterable[Reason]]
"""Everything that is due now or was earlier today, whether or not it has been said."""
Say = Callable[[Look, Sequence[Reason]], Said | None]
"""The words for one person's reasons of this kind; None where they have lost their meaning."""


@dataclass(frozen=True)
class Kind:
    """One kind of what people are told unasked."""

    name: str
    due: Due
    say: Say


def is_snoozable(kind: str) -> bool:
    """Whether 这周别提醒 stops it: reminders, but for what somebody wants them to hear now."""
    return kind.startswith("reminder_") and kind not in ("reminder_nudge", "reminder_asked")

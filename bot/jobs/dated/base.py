"""What dated jobs have in common: their pace, and for reminders working hours, one message a person and working day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.calendar import at_work, working_days_between
from bot.jobs.tick import Dated
from bot.phrases import phrase
from bot.services import Services
from dialogs.bubbles import Words
from storage import ledger
from storage.waiting_forms import WaitingForm

PAUSE = timedelta(minutes=5)
"""How often a reminder looks: nothing is that urgent."""

Due = Callable[[Services, Connection, datetime], Mapping[str, Sequence[WaitingForm]]]
"""Who is to be reminded now (userid), and of which forms."""
Say = Callable[[Services, Connection, Sequence[WaitingForm], datetime], str]


@dataclass(frozen=True)
class Reminder:
    """A kind of reminder: whom it concerns, and the sentence, made when it is sent."""

    due: Due
    say: Say

    def job(self, kind: str) -> Dated:
        """The dated job of this kind."""

        def look(services: Services, now: datetime) -> None:
            if at_work(services.settings.working_hours)(now.astimezone(services.settings.zone)):
                self.remind(kind, services, now)

        return paced(look, PAUSE)

    def remind(self, kind: str, services: Services, now: datetime) -> None:
        """Queues what is due, each person once a day. A second run finds it in the ledger."""
        day = now.astimezone(services.settings.zone).date()
        with services.database.begin() as tx:
            for userid, forms in self.due(services, tx, now).items():
                if forms and ledger.once(tx, f"{kind}:{userid}:{day}", now):
                    words = Words(self.say(services, tx, forms, now))
                    services.postbox.post(tx, userid, (words,), now)


def paced(look: Dated, pause: timedelta) -> Dated:
    """The same job, which looks once in a pause although the worker ticks every moment; it
    remembers when it looked last."""
    looked: list[datetime] = []

    def look_again(services: Services, now: datetime) -> None:
        # A clock that was set back must not keep it from looking.
        if looked and timedelta() <= now - looked[0] < pause:
            return
        looked[:] = [now]
        look(services, now)

    return look_again


def all_waiting(code: str) -> Say:
    """The sentence that lists forms with how long each has waited: `code`, a line for each, and
    what to do (`<code>_how`)."""

    def say(services: Services, tx: Connection, forms: Sequence[WaitingForm], now: datetime) -> str:
        lines = [
            phrase(
                "reminder_line",
                number=number,
                department=form.department,
                days=waited(services, form, now),
            )
            for number, form in enumerate(forms, start=1)
        ]
        head = phrase(code, count=len(forms))
        return phrase("line_break").join([head, *lines, phrase(f"{code}_how")])

    return say


def waited(services: Services, form: WaitingForm, now: datetime) -> int:
    """How many working days a form has waited."""
    zone = services.settings.zone
    return working_days_between(form.since.astimezone(zone).date(), now.astimezone(zone).date())

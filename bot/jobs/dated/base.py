"""What all reminders have in common: working hours, one message a person and working day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.calendar import at_work, working_days_between
from bot.jobs.tick import Dated
from bot.services import Services
from dialogs.bubbles import Words
from storage import ledger
from storage.waiting_forms import WaitingForm

PAUSE = timedelta(minutes=5)
"""How often a reminder looks: the worker ticks every moment, and nothing is that urgent."""

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
        looked: list[datetime] = []

        def look(services: Services, now: datetime) -> None:
            if looked and timedelta() <= now - looked[0] < PAUSE:
                return
            looked[:] = [now]
            if at_work(services.settings.working_hours)(now.astimezone(services.settings.zone)):
                self.remind(kind, services, now)

        return look

    def remind(self, kind: str, services: Services, now: datetime) -> None:
        """Queues what is due, each person once a day. A second run finds it in the ledger."""
        day = now.astimezone(services.settings.zone).date()
        with services.database.begin() as tx:
            for userid, forms in self.due(services, tx, now).items():
                if forms and ledger.once(tx, f"{kind}:{userid}:{day}", now):
                    words = Words(self.say(services, tx, forms, now))
                    services.postbox.post(tx, userid, (words,), now)


def waited(services: Services, form: WaitingForm, now: datetime) -> int:
    """How many working days a form has waited."""
    zone = services.settings.zone
    return working_days_between(form.since.astimezone(zone).date(), now.astimezone(zone).date())

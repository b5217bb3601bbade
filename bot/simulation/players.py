"""What the people of one department, and finance for it, do on a day: each by the product's acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.base import standing_of
from bot.acts.extend import extend
from bot.acts.nudge import nudge
from bot.acts.record_answer import record_answer
from bot.acts.return_form import return_form
from bot.acts.send_in import send_in
from bot.acts.settle_point import settle_point
from bot.acts.snooze import set_snooze
from bot.calendar import Calendar
from bot.chain import chain_of
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from bot.simulation.cast import COORDINATORS
from bot.simulation.temperaments import Temperament
from dialogs.rounds.orders import Extension
from scoring.standard import Standard
from scoring.values import Value
from storage import answers, forms, returned
from storage.forms import Form


@dataclass
class Play:
    """One department's part: who they are and how they behave. `days` are the working days from
    opening to deadline; `handed` are the facts that a colleague answers, at the moment `helped`;
    `returns` counts how often finance has returned it."""

    form_id: int
    department_id: int
    contact: str
    colleague: str
    finance: str
    name: str
    temperament: Temperament
    standard: Standard
    facts: Mapping[str, Value]
    handed: Sequence[str]
    days: Sequence[date]
    calendar: Calendar
    random: Random
    returns: int = 0
    rests_until: datetime | None = None
    nudged: bool = False
    extended: tuple[datetime, datetime] | None = None
    """When the coordinator gave them more time, and until when."""
    helped: datetime | None = None
    refusals: list[str] = field(default_factory=list)

    def fill_in(self, services: Services, tx: Connection, now: datetime) -> bool:
        """The contact's day; True if anything was done."""
        form = _form(tx, self.form_id)
        if form.state != FormState.DRAFTING:
            return False
        if form.due_at:
            return self._mend(services, tx, form, now)
        if self._rests(services, tx, now):
            return False
        share = self._share(services, now)
        own = [name for name in self.facts if name not in self.handed]
        given = answers.present(tx, self.form_id)
        new = [name for name in own[: int(share * len(own))] if name not in given]
        if new:
            values = {name: self.facts[name] for name in new}
            raw = phrase("simulated_raw")
            record_answer(services, tx, self.contact, self.form_id, values, raw, now)
        ready = share >= 1 and all(name in given for name in self.handed)
        if ready:
            send_in(services, tx, self.contact, self.form_id, now)
        return bool(new) or ready

    def look_after(self, services: Services, tx: Connection, now: datetime) -> bool:
        """The coordinator's day for this department: shortly before the deadline who has not sent
        in is nudged, and some get two working days more."""
        form = _form(tx, self.form_id)
        left = self._left(services, now)
        if form.state != FormState.DRAFTING or form.due_at or left not in (1, 2):
            return False
        if left == 2 and not self.nudged:
            self.nudged = True
            nudge(services, tx, COORDINATORS[0], [(self.form_id, self.contact)], "", now)
            return True
        if left == 1 and self.temperament.extended and not self.extended:
            stands = standing_of(tx, self.form_id)
            until = self.calendar.due(stands.deadline, 2, services.settings.zone)
            wanted = [Extension(self.form_id, stands.deadline, until)]
            extend(tx, COORDINATORS[0], By.COORDINATOR, stands.cycle_id, wanted, now)
            self.extended = now, until
            return True
        return False

    def look_over(self, services: Services, tx: Connection, now: datetime) -> bool:
        """The day of the leader whose turn it is."""
        form = _form(tx, self.form_id)
        if form.state != FormState.IN_REVIEW:
            return False
        if self._waited(services, form, now) < self.temperament.leader_days:
            return False
        chain = chain_of(tx, self.department_id, now)
        seats = chain.at(chain.turn(form.rank))
        approve(services, tx, seats[0].userid, self.form_id, now)
        return True

    def receive(self, services: Services, tx: Connection, now: datetime) -> bool:
        """Finance's day for this department."""
        form = _form(tx, self.form_id)
        if form.state != FormState.DELIVERED:
            return False
        if self._waited(services, form, now) < self.temperament.finance_days:
            return False
        if self.returns >= self.temperament.returned:
            accept(services, tx, self.finance, self.form_id, now)
            return True
        self.returns += 1
        codes = self.random.sample(list(self._returnable()), 2)
        points = [(code, phrase("simulated_point")) for code in codes]
        return_form(services, tx, self.finance, self.form_id, "", now, points)
        return True

    def gone(self, services: Services, now: datetime) -> float:
        """The share of the working days from opening to deadline that is over; beyond 1 after."""
        today = now.astimezone(services.settings.zone).date()
        first, last = self.days[0], self.days[-1]
        whole = max(1, self.calendar.working_days_between(first, last))
        return self.calendar.working_days_between(first, today) / whole

    def _mend(self, services: Services, tx: Connection, form: Form, now: datetime) -> bool:
        if self._waited(services, form, now) < self.temperament.mends_after:
            return False
        for point, _ in returned.latest(tx, self.form_id):
            if point.settled_at is None:
                said = phrase("simulated_reply")
                settle_point(tx, self.contact, self.form_id, point.indicator, said, now)
        send_in(services, tx, self.contact, self.form_id, now)
        return True

    def _rests(self, services: Services, tx: Connection, now: datetime) -> bool:
        """Whether the contact is away; going away they want no reminders before the next week."""
        if self.rests_until is None and self.gone(services, now) >= self.temperament.away:
            local = now.astimezone(services.settings.zone)
            monday = local.date() + timedelta(days=7 - local.weekday())
            self.rests_until = datetime.combine(monday, time(), local.tzinfo)
            set_snooze(tx, self.contact, self.rests_until, False, now)
        return self.rests_until is not None and now < self.rests_until

    def _share(self, services: Services, now: datetime) -> float:
        """How much of the form is filled in by now, from 0 to 1."""
        gone, begins, ends = self.gone(services, now), *self.temperament.span
        return 0.0 if gone < begins else min(1.0, (gone - begins) / (ends - begins))

    def _left(self, services: Services, now: datetime) -> int:
        """The working days until the deadline of all."""
        today = now.astimezone(services.settings.zone).date()
        return self.calendar.working_days_between(today, self.days[-1])

    def _returnable(self) -> Sequence[str]:
        return [each.code for each in self.standard.indicators]

    def _waited(self, services: Services, form: Form, now: datetime) -> int:
        zone = services.settings.zone
        since = form.updated_at.astimezone(zone).date()
        return self.calendar.working_days_between(since, now.astimezone(zone).date())


def _form(tx: Connection, form_id: int) -> Form:
    form = forms.get(tx, form_id)
    if form is None:
        raise LookupError(f"there is no form {form_id}")
    return form

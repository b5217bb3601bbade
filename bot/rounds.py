"""The exercises as the conversation and the command line see them: their forms, who is told, the
calendar, the standards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.calendar import Calendar, calendar_of, hours_of
from bot.lifecycle import By, FormState
from bot.services import Services
from bot.settings import Settings
from dialogs.events import Event, Said
from dialogs.plan import Plan
from dialogs.rounds.view import Offered, OtherDay, Round, RoundForm, Rounds
from dialogs.understand.rounds import About, read_round
from scoring.loading import built_in, load
from scoring.standard import Standard
from storage import calendar_days, cycles, departments, people, running_forms, standards
from storage.cycles import Cycle
from storage.people import Post
from storage.running_forms import RunningForm

_SHORT_HASH = 8


def rounds_of(
    services: Services,
    tx: Connection,
    concern: Collection[int] | None,
    event: Event,
    now: datetime,
) -> Rounds:
    """What somebody who coordinates these departments (None: all) may speak about; the standards
    only where an exercise is to be opened, for they take a moment to load."""
    wish = read_round(event.text) if isinstance(event, Said) else None
    opens = wish is not None and wish.about is About.OPEN
    offered = offered_standards(services, tx) if opens else ()
    return all_rounds(services.settings, tx, now, concern, offered)


def all_rounds(
    settings: Settings,
    tx: Connection,
    now: datetime,
    concern: Collection[int] | None = None,
    offered: tuple[Offered, ...] = (),
) -> Rounds:
    """The same for everybody's command line."""
    calendar = calendar_of(tx)
    posts = people.posts(tx)
    active = departments.active_ones(tx)
    ours = {each.department_id: each for each in posts if each.role == By.CONTACT}
    known = cycles.all_of_them(tx)
    forms = [each for each in running_forms.running(tx) if _is_ours(each, concern)]
    told = _told(posts)
    return Rounds(
        days=calendar,
        zone=settings.zone,
        running=tuple(_round(each, forms, told) for each in known if each.state == "open"),
        closed=tuple(_round(each, (), told) for each in known if each.state != "open"),
        standards=offered,
        other_days=tuple(
            OtherDay(each.day, each.working, each.name) for each in calendar_days.all_of_them(tx)
        ),
        departments=len(active),
        contacts=len({each.userid for each in posts if each.role == By.CONTACT}),
        without_contact=tuple(each.name for each in active if each.id not in ours),
        whole=concern is None,
        sends_at=_sends_at(settings, calendar, now),
    )


def offered_standards(services: Services, tx: Connection) -> tuple[Offered, ...]:
    """The built-in standards, and others that an exercise was opened on before."""
    found = {name: load(name) for name in built_in()}
    known = {standard.hash for standard in found.values()}
    kept = [
        Offered(hash[:_SHORT_HASH], title)
        for hash, title in standards.known(tx)
        if hash not in known and title not in {each.name for each in found.values()}
    ]
    return (*(Offered(name, standard.name) for name, standard in found.items()), *kept)


def standard_called(services: Services, tx: Connection, name: str) -> Standard:
    """The standard offered under a name; a folder only by an operator. Raises ActRefused for an
    unknown one, StandardError for one that is not sound."""
    if name in built_in() or Path(name).is_dir():
        return load(name)
    hashes = [hash for hash, _ in standards.known(tx) if hash.startswith(name)]
    if len(hashes) != 1:
        raise ActRefused("no_such_standard", name=name)
    return services.shelf.standard(tx, hashes[0])


def _is_ours(form: RunningForm, concern: Collection[int] | None) -> bool:
    return concern is None or form.department_id in concern


def _told(posts: Collection[Post]) -> Mapping[int | None, frozenset[str]]:
    """Who fills in and who approves, by department; None for all of them."""
    found: dict[int | None, set[str]] = {}
    for each in posts:
        if each.role in (By.CONTACT, By.REVIEWER):
            found.setdefault(each.department_id, set()).add(each.userid)
    return {department: frozenset(userids) for department, userids in found.items()}


def _round(
    cycle: Cycle,
    forms: Collection[RunningForm],
    told: Mapping[int | None, frozenset[str]],
) -> Round:
    everywhere = told.get(None, frozenset())
    return Round(
        cycle.id,
        cycle.name,
        cycle.year,
        cycle.opens_at,
        cycle.deadline,
        Plan.read(cycle.plan),
        cycle.plan_version,
        tuple(
            RoundForm(
                form.form_id,
                form.department,
                form.code,
                form.state,
                form.deadline,
                form.extended_to is not None,
                form.due_at if form.state == FormState.DRAFTING else None,
                told.get(form.department_id, frozenset()) | everywhere,
            )
            for form in sorted(forms, key=lambda form: form.code)
            if form.cycle_id == cycle.id
        ),
    )


def _sends_at(settings: Settings, calendar: Calendar, now: datetime) -> datetime | None:
    """When people are told what is decided now; None for at once."""
    local = now.astimezone(settings.zone)
    if calendar.at_work(settings.working_hours)(local):
        return None
    opens, _ = hours_of(settings.working_hours)
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    return datetime.combine(calendar.next_working_day(day), opens, settings.zone)

"""Plays a cycle: the clock goes from deed to deed and from tick to tick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import yaml

from bot.acts.prefer_weekly import prefer_weekly
from bot.calendar import CLOSING, Calendar
from bot.demo.stage import (
    CLOCK,
    EXAMPLES,
    HOST,
    MARK,
    free_port,
    make_access,
    start_emulator,
    write_clock,
)
from bot.district import DistrictPlan, load_district
from bot.jobs.dated import make_dated
from bot.jobs.tick import Ticker
from bot.services import Services, make_services
from bot.settings import Settings
from bot.simulation.cast import FINANCE, colleague_of, make_plan
from bot.simulation.deeds import attempt, deeds_of
from bot.simulation.players import Play
from bot.simulation.sharing import facts_of, shared_section
from bot.simulation.temperaments import deal
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.standard import Standard
from scoring.values import Value
from storage import departments, outbox, schema
from storage.outbox import SentMessage

OPENING = time(8, 30)
AFTER = 12
"""Working days that are played after the deadline."""
_DAY = timedelta(days=1)
# Dense where most of it leaves; every deed is followed by a tick of its own.
_TICKS = (
    *(time(9, minute) for minute in (5, 11, 17, 23, 26)),
    *(time(14, minute) for minute in (35, 41, 47, 53, 56)),
    *(time(hour, 10) for hour in (0, 6, 8, 10, 11, 12, 13, 15, 16, 17, 18, 21)),
)
_LONGEST_DRAIN = 200


@dataclass(frozen=True)
class Order:
    """What is to be played; days are local."""

    departments: int
    seed: int
    opens: date
    deadline: date
    standard: str = "meijiang-2021"


IN_MEMORY = "sqlite://"
"""Nothing of a play outlives it, and a cycle has tens of thousands of commits."""


class OutboxStuck(Exception):
    """What waits in the outbox does not leave."""


class Hand:
    """The clock of a simulation, moved by hand. The emulator goes by the file, which is written
    when it is to be spoken to."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._path = path
        self.set(now)
        self.show()

    def __call__(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def show(self) -> None:
        write_clock(self._path, self._now, speed=0)


@dataclass(frozen=True)
class Stage:
    """A simulation that can be played: the service, its clock, and who plays."""

    order: Order
    services: Services
    clock: Hand
    plan: DistrictPlan
    plays: Sequence[Play]
    calendar: Calendar

    def sent(self) -> list[SentMessage]:
        """All messages that have left, in order."""
        with self.services.database.read() as tx:
            return outbox.sent_messages(tx)


@contextmanager
def staged(order: Order, folder: Path, database_url: str = IN_MEMORY) -> Iterator[Stage]:
    """A district with its emulated WeChat Work in an empty folder. Raises EmulatorSilent.

    Other processes can take part where the database is a file or a server.
    """
    random = Random(order.seed)  # noqa: S311 - a play, no secret
    settings, page = _settings(folder, database_url)
    zone = settings.zone
    opens = datetime.combine(order.opens, OPENING, zone)
    deadline = datetime.combine(order.deadline, CLOSING, zone)
    plan = make_plan(order.departments, opens, deadline, order.standard, random)
    clock = Hand(folder / CLOCK, opens - timedelta(minutes=30))
    _write_members(folder, settings, plan, page)
    emulator = start_emulator(folder, page)
    services = make_services(settings, clock)
    try:
        schema.upgrade(services.database)
        with services.database.begin() as tx:
            loaded = load_district(tx, plan, clock())
            ids = {each.code: each.id for each in departments.all_of_them(tx)}
            for each in plan.departments[::5]:
                prefer_weekly(tx, each.reviewers[0].userid, True)
        calendar = Calendar()
        plays = _plays(order, plan, loaded.forms, ids, calendar, random)
        yield Stage(order, services, clock, plan, plays, calendar)
    finally:
        services.close()
        emulator.terminate()
        emulator.wait()


def _plays(
    order: Order,
    plan: DistrictPlan,
    forms: Mapping[str, int],
    ids: Mapping[str, int],
    calendar: Calendar,
    random: Random,
) -> list[Play]:
    """Everybody's part; `forms` and `ids` (of the departments) go by code."""
    standard = load(order.standard)
    facts = _in_order(standard, read_answers_file(standard, EXAMPLES / "reference-case.yaml"))
    shared = facts_of(standard, shared_section(standard, facts), facts)
    days = list(_working_days(calendar, order.opens, order.deadline))
    dealt = zip(plan.departments, deal(order.departments, random), strict=True)
    return [
        Play(
            form_id=forms[each.code],
            department_id=ids[each.code],
            contact=each.contacts[0],
            colleague=colleague_of(number),
            finance=FINANCE[number % len(FINANCE)],
            name=each.short_names[0],
            temperament=temperament,
            standard=standard,
            facts=facts,
            handed=shared if temperament.shares else (),
            days=days,
            calendar=calendar,
            random=random,
        )
        for number, (each, temperament) in enumerate(dealt, 1)
    ]


def play(stage: Stage) -> None:
    """Lets the whole cycle go by, and some working days after it. Raises OutboxStuck."""
    ticker = Ticker(stage.services, make_dated(), "simulation")
    for moment, deed, part in _moments(stage):
        stage.clock.set(moment)
        if part is None or attempt(part, stage.services, deed, moment):
            _drain(stage, ticker)


def _drain(stage: Stage, ticker: Ticker) -> None:
    """Ticks until nothing is due; a person's limit is waited for. Raises OutboxStuck."""
    for _ in range(_LONGEST_DRAIN):
        stage.clock.show()
        ticker.tick()
        with stage.services.database.read() as tx:
            if not outbox.unsent(tx):
                return
        stage.clock.set(stage.clock() + timedelta(seconds=5))
    raise OutboxStuck


def _moments(stage: Stage) -> list[tuple[datetime, str, Play | None]]:
    """Deeds and ticks in order: everybody has their own hour, which differs from day to day."""
    order, zone = stage.order, stage.services.settings.zone
    random = Random(order.seed + 1)  # noqa: S311 - a play, no secret
    found: list[tuple[datetime, str, Play | None]] = []
    day = order.opens
    last = stage.calendar.add_working_days(order.deadline, AFTER)
    while day <= last:
        found += [(datetime.combine(day, tick, zone), "", None) for tick in _TICKS]
        working = stage.calendar.is_working_day(day)
        for part in stage.plays if working else ():
            for deed in deeds_of(part.temperament):
                minute = timedelta(seconds=random.randrange(8 * 3600))
                found.append((datetime.combine(day, time(9, 10), zone) + minute, deed, part))
        day += _DAY
    return sorted(found, key=lambda each: each[0])


def _in_order(standard: Standard, facts: dict[str, Value]) -> dict[str, Value]:
    """The facts in the order in which they are asked."""
    asked = [name for question in standard.questions for name in question.facts]
    ordered = [name for name in asked if name in facts]
    return {name: facts[name] for name in dict.fromkeys([*ordered, *facts])}


def _working_days(calendar: Calendar, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if calendar.is_working_day(day):
            yield day
        day += _DAY


def _settings(folder: Path, database_url: str) -> tuple[Settings, str]:
    # Any port: of two that begin at the same moment none may talk to the other's emulator.
    port = free_port(0)
    address = f"http://{HOST}:{port}"
    settings = Settings(
        environment="development",
        database_url=database_url,
        file_store=str(folder / "files"),
        api_base=f"{address}/cgi-bin/",
        oauth_base=f"{address}/connect/oauth2/authorize",
        public_url="https://jixiao.example.gov.cn",
        clock_file=str(folder / CLOCK),
        log_level="error",
        pdf=False,
        **make_access(),
    )
    return settings, f"{address}/"


def _write_members(folder: Path, settings: Settings, plan: DistrictPlan, page: str) -> None:
    config = {
        "corp_id": settings.corp_id,
        "agent_id": settings.agent_id,
        "secret": settings.secret.get_secret_value(),
        "token": settings.token.get_secret_value(),
        "aes_key": settings.aes_key.get_secret_value(),
        "agent_name": plan.cycle.name,
        "callback_url": page,
        "port": int(page.rstrip("/").rpartition(":")[2]),
        "members": [{"userid": userid, "name": name} for userid, name in plan.people.items()],
    }
    (folder / MARK).write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")

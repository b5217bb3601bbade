"""``python -m tests.soak``: processes die at random under load; then everything is counted.

Prints one line of JSON; ends with exit code 1 if anything was lost or came twice.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import click
from sqlalchemy import text

from bot.district import DistrictPlan, load_district
from bot.simulation.cast import make_plan
from scoring.filing import read_answers_file
from scoring.loading import load
from storage import answers, schema
from storage.database import Database
from tests.postgres import PostgresServer
from tests.soak.audit import Seen, findings
from tests.soak.house import House
from tests.soak.people import People, Said, fetched

STANDARD = "meijiang-2021"
CASE = Path(__file__).parents[2] / "examples" / "reference-case.yaml"
SETTLING = 240
"""Seconds within which all that waits must have left: longer than any lease."""
STORM = 0.02
"""How likely each kind of fault is at each call; what they break off is tried again."""


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--departments", default=40, show_default=True)
@click.option(
    "--pause", default=4.0, show_default=True, help="Seconds between two messages of one."
)
@click.option("--every", default=4.0, show_default=True, help="Seconds between two deaths.")
@click.option("--storm", default=STORM, show_default=True, help="How likely each fault is.")
@click.option("--seed", default=1, show_default=True)
def main(
    minutes: float,
    database: str,
    departments: int,
    pause: float,
    every: float,
    storm: float,
    seed: int,
) -> None:
    """Runs two web processes and two workers, kills them at random, and audits."""
    random = Random(seed)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(PostgresServer(quick=False)) if database != "sqlite" else None
        url = server.create_database("soak") if server else f"sqlite:///{folder}/soak.db"
        plan = furnish(url, departments, random)
        house = stack.enter_context(House(folder, url, plan, random))
        people = People(house.page, plan.departments, pause, random)
        began = time.monotonic()
        people.start()
        house.order("storm", {"rate": storm, "seed": seed})
        falls = harm(house, server, began + minutes * 60, every, random)
        people.stop()
        house.order("faults", None)
        left = settle(url)
        faults = Counter(
            line["fault"] for line in fetched(house.page, "record") if line.get("fault")
        )
        flagged, found = audit(url, house.page, people.said)
        found += people.trouble
    figures = {
        "database": database,
        "seconds": round(time.monotonic() - began),
        "said": len(people.said),
        "approved": len(people.sent_in),
        "deaths": {each.name: each.deaths for each in house.processes},
        "database_falls": falls,
        "faults": dict(faults),
        "unsent": left,
        "flagged": flagged,
    }
    click.echo(json.dumps(figures | {"findings": found}, ensure_ascii=False))
    raise SystemExit(1 if found else 0)


def furnish(url: str, departments: int, random: Random) -> DistrictPlan:
    """A district whose forms are all filled in, in the middle of its cycle."""
    now, standard = datetime.now(UTC), load(STANDARD)
    case = {name: value.plain() for name, value in read_answers_file(standard, CASE).items()}
    opens, deadline = now - timedelta(days=20), now + timedelta(days=20)
    plan = make_plan(departments, opens, deadline, STANDARD, random)
    database = Database(url)
    schema.upgrade(database)
    with database.begin() as tx:
        loaded = load_district(tx, plan, now)
        for each in plan.departments:
            answers.record(tx, loaded.forms[each.code], case, "import", each.contacts[0], now)
    database.close()
    return plan


def harm(
    house: House, server: PostgresServer | None, until: float, every: float, random: Random
) -> int:
    """Kills processes until then; the database server falls once, in the middle. Gives how often
    that was."""
    falls, middle = 0, time.monotonic() + (until - time.monotonic()) / 2
    while time.monotonic() < until:
        time.sleep(random.uniform(0.5, 1.5) * every)
        random.choice(house.processes).kill()
        if server and not falls and time.monotonic() > middle:
            server.crash()
            time.sleep(1)
            server.start()
            falls += 1
    return falls


def settle(url: str) -> int:
    """Waits until nothing is due any more; gives how much is, if that never comes."""
    waiting = text(
        "SELECT (SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed'))"
        " + (SELECT count(*) FROM tasks WHERE done_at IS NULL AND given_up_at IS NULL)"
    )
    database, until = Database(url), time.monotonic() + SETTLING
    try:
        while True:
            with database.read() as tx:
                left = int(tx.execute(waiting).scalar_one())
            if not left or time.monotonic() > until:
                return left
            time.sleep(1)
    finally:
        database.close()


def audit(url: str, page: str, said: list[Said]) -> tuple[int, list[str]]:
    """How many messages nobody knows to have arrived, which an operator sees and may send again;
    and what was lost or came twice."""
    state = fetched(page, "state")
    database = Database(url)
    try:
        with database.read() as tx:
            unknown = text("SELECT count(*) FROM outbox WHERE state = 'unknown'")
            flagged = int(tx.execute(unknown).scalar_one())
            return flagged, list(findings(tx, said, Seen(state["messages"], state["journal"])))
    finally:
        database.close()


if __name__ == "__main__":
    main()

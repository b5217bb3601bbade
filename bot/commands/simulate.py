"""`jixiao simulate`: a whole cycle in seconds, with everybody played but the product itself."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path

import click

from bot.calendar import Calendar
from bot.commands.phrases import say
from bot.commands.starting import Refusal, refusing_system
from bot.commands.table import lines
from bot.demo.stage import EmulatorSilent
from bot.simulation.cast import MOST
from bot.simulation.results import as_json, kinds, picture, table
from bot.simulation.run import Order, OutboxStuck, Stage, play, staged
from bot.simulation.verdict import Seen, faults, seen
from scoring.problems import StandardError

DAY = click.DateTime(["%Y-%m-%d"])
YEARS = (2001, 2100)
LONGEST = 400
"""Days of a cycle that can be waited for."""


@click.command(help=say("help_simulate"))
@click.option(
    "--departments",
    default=60,
    show_default=True,
    type=click.IntRange(1, MOST),
    help=say("help_departments"),
)
@click.option("--seed", default=7, show_default=True, help=say("help_seed"))
@click.option("--open", "opens", required=True, type=DAY, help=say("help_opens"))
@click.option("--deadline", required=True, type=DAY, help=say("help_deadline"))
@click.option("--standard", default="meijiang-2021", help=say("help_option_standard"))
@click.option("--json", "as_list", is_flag=True, help=say("help_simulate_json"))
@click.option(
    "--picture",
    "picture_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say("help_picture"),
)
@refusing_system
def simulate(
    departments: int,
    seed: int,
    opens: datetime,
    deadline: datetime,
    standard: str,
    as_list: bool,
    picture_file: Path | None,
) -> None:
    """Plays a cycle and prints who got what when; exit code 1 if anything was wrong."""
    order = Order(departments, seed, opens.date(), deadline.date(), standard)
    _check(order)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="jixiao-") as folder,
            staged(order, Path(folder)) as stage,
        ):
            play(stage)
            messages = seen(stage)
            wrong = faults(stage, messages)
            if picture_file:
                picture_file.write_bytes(picture(stage, messages))
            _tell(stage, messages, as_list)
    except EmulatorSilent:
        raise Refusal(say("simulate_failed")) from None
    except OutboxStuck:
        raise Refusal(say("simulate_stuck")) from None
    except StandardError as error:
        raise Refusal(str(error)) from None
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise SystemExit(1)
    if not as_list:
        click.echo(say("simulated_well", {"count": len(messages)}))


def _check(order: Order) -> None:
    first, last = YEARS
    if not first <= order.opens.year <= last or not first <= order.deadline.year <= last:
        raise Refusal(say("simulate_years", {"first": first, "last": last}))
    if order.deadline <= order.opens:
        raise Refusal(say("simulate_order"))
    if (order.deadline - order.opens).days > LONGEST:
        raise Refusal(say("simulate_too_long", {"days": LONGEST}))
    if Calendar().next_working_day(order.opens) > order.deadline:
        raise Refusal(say("simulate_no_work"))


def _tell(stage: Stage, messages: list[Seen], as_list: bool) -> None:
    for year in range(stage.order.opens.year, stage.order.deadline.year + 1):
        if not stage.calendar.announced(year):
            click.echo(say("year_not_announced", {"year": year}), err=True)
    if as_list:
        click.echo(json.dumps(as_json(messages), ensure_ascii=False, indent=0))
        return
    for row in (*lines(table(stage, messages), right=(7, 8)), "", *lines(kinds(messages))):
        click.echo(row)

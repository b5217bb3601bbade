"""`jixiao district`: the yearly exercise of a district."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import ValidationError

from bot.clock import clock_of
from bot.commands.starting import database_of, settings_or_exit
from bot.district import DistrictPlan, load_district, read_plan
from bot.phrases import phrase
from scoring.problems import StandardError
from storage import schema


@click.group(help=phrase("help_district"))
def district() -> None:
    """A district's yearly exercise."""


@district.command("load", help=phrase("help_load"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_file(file: Path) -> None:
    """Writes what the file says; loading it again changes nothing, a longer one adds what is
    new."""
    plan = _plan(file)
    settings = settings_or_exit()
    now = clock_of(settings.clock_file)()
    with database_of(settings) as database:
        schema.upgrade(database)
        try:
            with database.begin() as tx:
                loaded = load_district(tx, plan, now)
        except (StandardError, ValueError) as error:
            raise click.ClickException(str(error)) from error
    click.echo(
        phrase(
            "district_loaded",
            name=plan.cycle.name,
            departments=len(loaded.forms),
            people=len(plan.people),
            cycle=loaded.cycle_id,
        )
    )


def _plan(file: Path) -> DistrictPlan:
    try:
        return read_plan(file)
    except ValidationError as error:
        lines = [
            f"{file}: {'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise click.ClickException("\n".join(lines)) from error
    except ValueError as error:
        raise click.ClickException(str(error)) from error

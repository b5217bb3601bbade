"""`jixiao district`: the yearly exercise of a district."""

from __future__ import annotations

from pathlib import Path

import click
import yaml
from pydantic import ValidationError

from bot.clock import clock_of
from bot.commands.phrases import say
from bot.commands.refusal import refusing
from bot.commands.starting import (
    Refusal,
    database_of,
    faults_of,
    refusing_system,
    settings_or_exit,
)
from bot.district import DistrictPlan, StandardChanged, load_district, read_plan
from bot.phrases import phrase
from storage import schema


@click.group(help=phrase("help_district"))
def district() -> None:
    """A district's yearly exercise."""


@district.command("load", help=phrase("help_load"))
@click.argument("file", type=click.Path(path_type=Path))
@refusing
@refusing_system
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
        except StandardChanged:
            raise Refusal(say("standard_changed", {"name": plan.cycle.name})) from None
    click.echo(
        phrase(
            "district_loaded",
            name=plan.cycle.name,
            departments=len(loaded.forms),
            people=len(plan.people),
            cycle=loaded.cycle_id,
        )
    )


def _place(path: str) -> str:
    """Where a fault stands in the file: what is known of people stands with their names there."""
    return f"people.{rest}" if (rest := path.removeprefix("known.")) != path else path


def _plan(file: Path) -> DistrictPlan:
    try:
        return read_plan(file)
    except ValidationError as error:
        faults = faults_of(error, _place)
        lines = [say("plan_fault", {"file": file.name, "fault": fault}) for fault in faults]
        raise Refusal("\n".join(lines)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = {"file": file.name, "line": mark.line + 1 if mark else 1}
        raise Refusal(say("plan_not_yaml", place)) from None
    except (OSError, UnicodeDecodeError):
        raise Refusal(say("plan_unreadable", {"file": file.name})) from None

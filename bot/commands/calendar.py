"""`jixiao calendar`: which days are worked, whatever the calendar known here says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.calendar_file import CalendarRefused, read_calendar_file
from bot.commands.cycle_changes import carried_out, look
from bot.commands.starting import Refusal, refusing_system
from bot.phrases import phrase
from dialogs.rounds.days import propose_overlay, show_calendar
from dialogs.rounds.orders import DaySaid
from dialogs.rounds.telling import day_text


@click.group(help=phrase("help_calendar"))
def calendar() -> None:
    """The calendar of working days."""


@calendar.command("load", help=phrase("help_calendar_load"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help=phrase("help_yes"))
@refusing_system
def load_file(file: Path, yes: bool) -> None:
    """Takes the days of a file over; loading it again changes nothing."""
    try:
        days = read_calendar_file(file.name, file.read_bytes())
    except CalendarRefused as refusal:
        head = phrase("calendar_refused", file=file.name, count=len(refusal.lines))
        raise Refusal("\n".join([head, *refusal.lines])) from None
    carried_out(lambda rounds, now: propose_overlay(rounds, days, now), yes, same_is_fine=True)


@calendar.command("show", help=phrase("help_calendar_show"))
@refusing_system
def show() -> None:
    """Shows what differs from plain weeks, and what was loaded."""
    with look() as (rounds, now):
        today = now.astimezone(rounds.zone).date()
        click.echo(show_calendar(rounds, now))
        for each in rounds.other_days:
            kind = phrase("calendar_kind_works" if each.working else "calendar_kind_off")
            line = {"day": day_text(each.day, today), "kind": kind, "name": each.name}
            click.echo(phrase("calendar_line", **line).rstrip())


@calendar.command("clear", help=phrase("help_calendar_clear"))
@click.argument("days", nargs=-1, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--year", type=int, help=phrase("help_calendar_year"))
@click.option("--all", "whole", is_flag=True, help=phrase("help_calendar_all"))
@click.option("--yes", is_flag=True, help=phrase("help_yes"))
@refusing_system
def clear(days: tuple[date, ...], year: int | None, whole: bool, yes: bool) -> None:
    """Goes back to the known calendar for these days, a year, or altogether."""
    if not days and year is None and not whole:
        raise Refusal(phrase("calendar_clear_what"))
    named = {date(day.year, day.month, day.day) for day in days}
    carried_out(
        lambda rounds, now: propose_overlay(
            rounds,
            [
                DaySaid(each.day, None)
                for each in rounds.other_days
                if whole or each.day.year == year or each.day in named
            ],
            now,
        ),
        yes,
        same_is_fine=True,
    )

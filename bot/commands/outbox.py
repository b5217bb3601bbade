"""`jixiao outbox`: whether sending is paused, what could not be sent or made, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import click
from sqlalchemy import Connection

from bot.clock import clock_of
from bot.commands.outbox_listing import amount_words, at, incident_words, story
from bot.commands.starting import Refusal, database_of, refusing_system, settings_or_exit
from bot.phrases import phrase
from bot.settings import Settings
from storage import incidents, people, tasks
from storage import outbox as rows
from storage.outbox.decisions import STUCK, WAITING, Sought

ENDED = timedelta(days=1)
_STATES = {"failed": ("failed",), "unknown": ("unknown",), "waiting": WAITING}
_MANY = 100_000
_WHAT = click.argument("what", type=click.Choice(["message", "task"]))
_NUMBERS = click.argument("numbers", type=int, nargs=-1)
_ALL = click.option("--all", "all_", is_flag=True, help=phrase("help_outbox_all"))
_YES = click.option("--yes", is_flag=True, help=phrase("help_yes"))


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which messages are meant."""
    day = click.DateTime(["%Y-%m-%d"])
    states = click.Choice(list(_STATES))
    for name, kind, many in (
        ("until", day, False),
        ("since", day, False),
        ("error", str, False),
        ("to", str, False),
        ("state", states, True),
    ):
        shown = phrase(f"help_outbox_{name}")
        command = click.option(f"--{name}", type=kind, multiple=many, help=shown)(command)
    return command


@click.group(invoke_without_command=True, help=phrase("help_outbox"))
@_filters
@click.option("--limit", default=100, show_default=True, help=phrase("help_outbox_limit"))
@click.pass_context
@refusing_system
def outbox(context: click.Context, limit: int, **filters: Any) -> None:
    """Lists what stands against sending and what is stuck, without its content."""
    if context.invoked_subcommand:
        return
    settings = settings_or_exit()
    now = clock_of(settings.clock_file)()
    sought = _sought(settings, STUCK, **filters)
    with database_of(settings) as database, database.read() as tx:
        paused = incidents.lately(tx, now, ENDED)
        amounts = rows.amounts(tx)
        found = rows.find(tx, sought, limit)
        documents = tasks.stuck(tx) if not any(filters.values()) else []
    for incident, ended in paused:
        click.echo(incident_words(settings, incident, ended))
    if amounts:
        click.echo(amount_words(settings, amounts))
    for row in found:
        state, since = phrase(f"outbox_{row.state}"), at(settings, row.created_at)
        words = {"row": row.id, "state": state, "userid": row.userid, "since": since}
        click.echo(phrase("outbox_message", **words, error=row.last_error or "").rstrip())
    for task in documents:
        about = {"task": task.id, "kind": task.kind, "payload": task.payload}
        click.echo(phrase("outbox_task", **about, error=task.last_error))
    if len(found) == limit:
        click.echo(phrase("outbox_more", shown=limit))
    if not found and not documents:
        click.echo(phrase("outbox_nothing" if any(filters.values()) else "outbox_clear"))


@outbox.command(help=phrase("help_outbox_show"))
@click.argument("number", type=int)
@refusing_system
def show(number: int) -> None:
    """Tells all about one message but its content."""
    settings = settings_or_exit()
    with database_of(settings) as database, database.read() as tx:
        held = rows.get(tx, number)
        person = people.person(tx, held.row.userid) if held else None
    if held is None:
        raise Refusal(phrase("no_message", number=number))
    for line in story(settings, held, person.name if person else held.row.userid):
        click.echo(line)


@outbox.command(help=phrase("help_requeue"))
@_WHAT
@_NUMBERS
@_ALL
@_filters
@_YES
@refusing_system
def requeue(what: str, numbers: tuple[int, ...], all_: bool, yes: bool, **filters: Any) -> None:
    """Tries stuck messages or tasks once more. A message whose fate is unknown may arrive
    twice."""
    again = rows.requeue if what == "message" else tasks.revive
    words = ("requeued", "requeued_many", "not_stuck", "outbox_ask_requeue")
    _decide(what, numbers, all_, yes, filters, again, words, ("failed",))


@outbox.command("give-up", help=phrase("help_give_up"))
@_WHAT
@_NUMBERS
@_ALL
@_filters
@_YES
@refusing_system
def give_up(what: str, numbers: tuple[int, ...], all_: bool, yes: bool, **filters: Any) -> None:
    """Sends or does these no more, and takes them off the list."""
    aside = rows.set_aside if what == "message" else tasks.set_aside
    words = ("given_up", "given_up_many", "not_open", "outbox_ask_give_up")
    _decide(what, numbers, all_, yes, filters, aside, words, STUCK)


@outbox.command(help=phrase("help_resume"))
@refusing_system
def resume() -> None:
    """Lets a worker try at once, whatever was tried before."""
    settings = settings_or_exit()
    now = clock_of(settings.clock_file)()
    with database_of(settings) as database, database.begin() as tx:
        standing = incidents.resume(tx, now)
    click.echo(phrase("resumed" if standing else "not_paused"))


def _decide(
    what: str,
    numbers: tuple[int, ...],
    all_: bool,
    yes: bool,
    filters: dict[str, Any],
    decide: Callable[[Connection, int, datetime], bool],
    words: tuple[str, str, str, str],
    meant: tuple[str, ...],
) -> None:
    """Carries a decision out for the numbers named, or for all that the filters find."""
    done, done_many, refused, ask = words
    if bool(numbers) == all_:
        raise Refusal(phrase("outbox_which"))
    if any(filters.values()) and (numbers or what == "task"):
        raise Refusal(phrase("outbox_no_filters"))
    settings = settings_or_exit()
    now = clock_of(settings.clock_file)()
    with database_of(settings) as database:
        if all_:
            with database.read() as tx:
                numbers = _all(tx, what, _sought(settings, meant, **filters))
            click.echo(phrase("outbox_found", count=len(numbers)))
            if numbers and not yes and not click.confirm(phrase(ask)):
                click.echo(phrase("outbox_dropped"))
                return
        with database.begin() as tx:
            gone = [number for number in numbers if decide(tx, number, now)]
            missed = [number for number in numbers if number not in gone]
            if missed and not all_:
                raise Refusal(phrase(refused, what=what, number=missed[0]))
    if all_:
        click.echo(phrase(done_many, count=len(gone)))
    else:
        for number in gone:
            click.echo(phrase(done, what=what, number=number))


def _all(tx: Connection, what: str, sought: Sought) -> tuple[int, ...]:
    if what == "task":
        return tuple(task.id for task in tasks.stuck(tx))
    return tuple(row.id for row in rows.find(tx, sought, _MANY))


def _sought(
    settings: Settings,
    meant: tuple[str, ...],
    *,
    state: tuple[str, ...],
    to: str | None,
    error: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Sought:
    states = tuple(each for name in state for each in _STATES[name])
    since, until = (
        datetime.combine(day.date(), time(), settings.zone) if day else None
        for day in (since, until)
    )
    return Sought(states or meant, to or "", error or "", since, until)

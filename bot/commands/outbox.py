"""`jixiao outbox`: what could not be sent or made, and trying it once more."""

from __future__ import annotations

import click

from bot.clock import clock_of
from bot.commands.starting import database_of, settings_or_exit
from storage import outbox as rows
from storage import tasks


@click.group(invoke_without_command=True)
@click.pass_context
def outbox(context: click.Context) -> None:
    """Lists messages and documents that are stuck, without their content."""
    if context.invoked_subcommand:
        return
    with database_of(settings_or_exit()) as database, database.read() as tx:
        messages, documents = rows.stuck(tx), tasks.stuck(tx)
    for row in messages:
        since = row.created_at.isoformat(timespec="seconds")
        click.echo(f"message {row.id}  {row.state}  to {row.userid}  {since}  {row.last_error}")
    for task in documents:
        click.echo(f"task {task.id}  {task.kind}  {task.payload}  {task.last_error}")
    if not messages and not documents:
        click.echo("Nothing is stuck.")


@outbox.command()
@click.argument("what", type=click.Choice(["message", "task"]))
@click.argument("number", type=int)
def requeue(what: str, number: int) -> None:
    """Tries a stuck message or task once more. A message whose fate is unknown may arrive
    twice."""
    settings = settings_or_exit()
    now = clock_of(settings.clock_file)()
    again = rows.requeue if what == "message" else tasks.revive
    with database_of(settings) as database, database.begin() as tx:
        if not again(tx, number, now):
            raise click.ClickException(f"{what} {number} is not stuck")
    click.echo(f"{what} {number} will be tried again.")

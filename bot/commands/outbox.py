"""`jixiao outbox`: what could not be sent or made, and trying it once more."""

from __future__ import annotations

import click

from bot.clock import clock_of
from bot.commands.starting import Refusal, database_of, refusing_system, settings_or_exit
from bot.phrases import phrase
from storage import outbox as rows
from storage import tasks


@click.group(invoke_without_command=True, help=phrase("help_outbox"))
@click.pass_context
@refusing_system
def outbox(context: click.Context) -> None:
    """Lists messages and documents that are stuck, without their content."""
    if context.invoked_subcommand:
        return
    settings = settings_or_exit()
    with database_of(settings) as database, database.read() as tx:
        messages, documents = rows.stuck(tx), tasks.stuck(tx)
    for row in messages:
        since = row.created_at.astimezone(settings.zone).isoformat(" ", "seconds")
        state = phrase(f"outbox_{row.state}")
        words = {"row": row.id, "state": state, "userid": row.userid, "since": since}
        click.echo(phrase("outbox_message", **words, error=row.last_error))
    for task in documents:
        about = {"task": task.id, "kind": task.kind, "payload": task.payload}
        click.echo(phrase("outbox_task", **about, error=task.last_error))
    if not messages and not documents:
        click.echo(phrase("outbox_clear"))


@outbox.command(help=phrase("help_requeue"))
@click.argument("what", type=click.Choice(["message", "task"]))
@click.argument("number", type=int)
@refusing_system
def requeue(what: str, number: int) -> None:
    """Tries a stuck message or task once more. A message whose fate is unknown may arrive
    twice."""
    settings = settings_or_exit()
    now = clock_of(settings.clock_file)()
    again = rows.requeue if what == "message" else tasks.revive
    with database_of(settings) as database, database.begin() as tx:
        if not again(tx, number, now):
            raise Refusal(phrase("not_stuck", what=what, number=number))
    click.echo(phrase("requeued", what=what, number=number))

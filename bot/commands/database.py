"""`jixiao db`: the schema of the database."""

from __future__ import annotations

import click

from bot.commands.starting import database_of, refusing_system, settings_or_exit
from bot.phrases import phrase
from storage import schema


@click.group(help=phrase("help_db"))
def db() -> None:
    """The database."""


@db.command(help=phrase("help_upgrade"))
@refusing_system
def upgrade() -> None:
    """Brings the schema up to date; safe to run again, also while the service runs."""
    with database_of(settings_or_exit()) as database:
        schema.upgrade(database)
    click.echo(phrase("upgraded"))

"""What commands begin with: settings with clear errors, a database that is closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import ValidationError

from bot.settings import Settings, load_settings
from storage.database import Database


def settings_or_exit() -> Settings:
    """The settings; a wrong one ends the command with its name and what is wrong, never with
    its value, which may be a secret."""
    try:
        return load_settings()
    except ValidationError as error:
        lines = []
        for fault in error.errors(include_input=False, include_url=False):
            name = "_".join(str(part) for part in fault["loc"]).upper() or "SETTINGS"
            lines.append(f"JIXIAO_{name}: {fault['msg']}")
        raise click.ClickException("\n".join(lines)) from None


@contextmanager
def database_of(settings: Settings) -> Iterator[Database]:
    """The database, closed at the end."""
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()

"""What commands begin with: settings with clear errors, a database that is closed again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from pydantic import ValidationError

from bot.commands.phrases import phrases, say
from bot.settings import DEFAULT_FILE, FILE_VARIABLE, Settings, load_settings
from storage.database import Database, DatabaseDown


class Refusal(click.ClickException):
    """Ends a command with what is wrong and what to do, and exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


def settings_or_exit() -> Settings:
    """The settings; a wrong one ends the command with its name and what is wrong, never with
    its value, which may be a secret."""
    try:
        return load_settings()
    except ValidationError as error:
        raise Refusal("\n".join(faults_of(error, _setting))) from None
    except (OSError, UnicodeDecodeError):
        file = os.environ.get(FILE_VARIABLE, DEFAULT_FILE)
        raise Refusal(say("settings_file", {"file": file, "name": FILE_VARIABLE})) from None


def faults_of(error: ValidationError, named: Callable[[str], str]) -> list[str]:
    """A sentence for each fault, without the values; `named` gives what people know a place
    under, from its dotted path."""
    lines = []
    for fault in error.errors(include_input=False, include_url=False):
        code = f"fault_{fault['type']}"
        words = say(code if code in phrases() else "fault_other", fault.get("ctx", {}))
        place = named(".".join(str(part) for part in fault["loc"]))
        lines.append(say("fault", {"place": place, "words": words}) if place else words)
    return lines


def refusing_system(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with a database, a disk or a port that can't be used told in words."""

    @wraps(command)
    def told(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except DatabaseDown as error:
            raise Refusal(say("database_down", {"why": str(error)})) from None
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise Refusal(
                say("system_refused", {"why": why, "what": error.filename or ""})
            ) from None

    return told


@contextmanager
def database_of(settings: Settings) -> Iterator[Database]:
    """The database, closed at the end."""
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()


def _setting(path: str) -> str:
    return f"JIXIAO_{path.upper()}" if path else ""

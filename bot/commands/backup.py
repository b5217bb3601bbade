"""`jixiao backup` and `jixiao restore`: the whole service in one file, and back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from bot.backups.making import NothingThere, make_backup
from bot.backups.restoring import NotRestored, restore_backup
from bot.clock import clock_of
from bot.commands.starting import Refusal, refusing_system, settings_or_exit
from bot.jobs.work.archive import size_words
from bot.phrases import phrase
from bot.services import make_services
from storage.backup import NoOnlineCopy

_FILE = click.Path(path_type=Path)
_SHOWN = 20


@click.command(help=phrase("help_backup"))
@click.argument("file", type=_FILE)
@refusing_system
def backup(file: Path) -> None:
    """Writes a backup while the service runs."""
    services = make_services(settings_or_exit())
    try:
        made = make_backup(services, file)
    except NoOnlineCopy:
        raise Refusal(phrase("backup_postgresql")) from None
    except NothingThere:
        raise Refusal(phrase("backup_nothing")) from None
    except FileExistsError:
        raise Refusal(phrase("file_there", file=file)) from None
    except sqlite3.Error as error:
        raise Refusal(phrase("backup_failed", why=error)) from None
    finally:
        services.close()
    numbers = {"file": file, "count": len(made.files), "size": size_words(file.stat().st_size)}
    click.echo(phrase("backup_made", **numbers))
    for key in made.missing[:_SHOWN]:
        click.echo(phrase("backup_lacks", key=key), err=True)
    if made.missing:
        click.echo(phrase("backup_lacks_all", count=len(made.missing)), err=True)


@click.command(help=phrase("help_restore"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help=phrase("help_restore_replace"))
@refusing_system
def restore(file: Path, replace: bool) -> None:
    """Puts a backup back."""
    settings = settings_or_exit()
    try:
        done = restore_backup(settings, file, clock_of(settings.clock_file)(), replace)
    except NoOnlineCopy:
        raise Refusal(phrase("restore_postgresql")) from None
    except NotRestored as refused:
        raise Refusal(phrase(f"restore_{refused.code}", **refused.numbers)) from None
    click.echo(phrase("restored", made=done.manifest.made_at, count=len(done.manifest.files)))
    if done.aside:
        click.echo(phrase("restored_aside", file=done.aside))
    if done.doubtful:
        click.echo(phrase("restored_doubtful", count=done.doubtful))

"""`jixiao roster`: who takes part in the exercise, from a workbook and back into one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.acts.base import SYSTEM, ActRefused
from bot.acts.import_roster import import_roster
from bot.commands.starting import Refusal, database_of, refusing_system, settings_or_exit
from bot.directory import reconcile
from bot.phrases import phrase
from bot.rosters.difference import Difference, difference
from bot.rosters.files import NotRead, exported, read_roster_file, template
from bot.rosters.present import completed, present, respelled
from bot.services import Services, make_services
from bot.wecom.errors import CallFailed
from storage import schema

if TYPE_CHECKING:
    from reports.reading.roster import Reading

_FILE = click.Path(path_type=Path)


@click.group(help=phrase("help_roster"))
def roster() -> None:
    """The roster."""


@roster.command("template", help=phrase("help_roster_template"))
@click.argument("file", type=_FILE, default=phrase("roster_template_name"))
@click.option("--force", is_flag=True, help=phrase("help_roster_force"))
@refusing_system
def write_template(file: Path, force: bool) -> None:
    """Writes an empty roster with examples."""
    _write(file, template().content, force)


@roster.command("export", help=phrase("help_roster_export"))
@click.argument("file", type=_FILE, default=phrase("roster_name"))
@click.option("--force", is_flag=True, help=phrase("help_roster_force"))
@refusing_system
def export(file: Path, force: bool) -> None:
    """Writes the present roster; importing it again changes nothing."""
    with database_of(settings_or_exit()) as database:
        schema.upgrade(database)
        with database.read() as tx:
            document = exported(present(tx))
    _write(file, document.content, force)


@roster.command("check", help=phrase("help_roster_check"))
@click.argument("file", type=_FILE)
@refusing_system
def check(file: Path) -> None:
    """Says what is wrong, or what would change, and changes nothing."""
    reading = _reading(file)
    with database_of(settings_or_exit()) as database:
        schema.upgrade(database)
        with database.read() as tx:
            stands = present(tx)
    _show(difference(stands, respelled(completed(reading, stands), stands)), reading.notes)


@roster.command("import", help=phrase("help_roster_import"))
@click.argument("file", type=_FILE)
@click.option("--yes", is_flag=True, help=phrase("help_roster_yes"))
@refusing_system
def bring(file: Path, yes: bool) -> None:
    """Shows the difference, asks, and then makes it so."""
    reading = _reading(file)
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        with services.database.read() as tx:
            stands = present(tx)
        shown = difference(stands, respelled(completed(reading, stands), stands))
        _show(shown, reading.notes)
        if not shown.changes:
            return
        if not yes and not click.confirm(phrase("roster_ask")):
            click.echo(phrase("roster_dropped"))
            return
        click.echo(phrase("roster_imported", counts=_import(services, reading, shown).counts))
    except ActRefused as refusal:
        raise Refusal(refusal.words) from None
    finally:
        services.close()


@roster.command("reconcile", help=phrase("help_roster_reconcile"))
@refusing_system
def compare() -> None:
    """Asks WeChat Work about everybody, now."""
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        found = reconcile(services)
    except CallFailed as error:
        raise Refusal(phrase("directory_failed", what=str(error))) from None
    finally:
        services.close()
    for line in found:
        click.echo(line)


def _import(services: Services, reading: Reading, shown: Difference) -> Difference:
    with services.database.begin() as tx:
        new = completed(reading, present(tx))
        return import_roster(services, tx, SYSTEM, new, services.clock(), shown.mark)


def _reading(file: Path) -> Reading:
    """The roster in a file; everything that is wrong with it ends the command."""
    try:
        reading = read_roster_file(file.name, file.read_bytes())
    except NotRead as problem:
        raise Refusal(problem.words) from None
    except OSError:
        raise Refusal(phrase("roster_unreadable_file", file=file.name)) from None
    if reading.faults:
        head = phrase("roster_faults", file=file.name, count=len(reading.faults))
        raise Refusal("\n".join([head, *(fault.words for fault in reading.faults)]))
    return reading


def _show(shown: Difference, notes: Iterable[str]) -> None:
    if shown.changes:
        count = len(shown.changes)
        click.echo(phrase("roster_differs", count=count, counts=shown.counts))
    else:
        click.echo(phrase("roster_same"))
    for name, lines in shown.groups():
        click.echo(phrase("roster_group_line", group=name))
        for words in lines:
            click.echo(phrase("roster_change_line", words=words))
    for note in notes:
        click.echo(phrase("roster_note_line", words=note))


def _write(file: Path, content: bytes, force: bool) -> None:
    if file.exists() and not force:
        raise Refusal(phrase("roster_file_there", file=file))
    file.write_bytes(content)
    click.echo(phrase("roster_written", file=file))

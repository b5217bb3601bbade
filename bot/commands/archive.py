"""`jixiao archive`: everything of a cycle in one file, and whether it is whole."""

from __future__ import annotations

from pathlib import Path

import click

from bot.acts.base import SYSTEM
from bot.archiving.making import make_archive, note_archive
from bot.archiving.reading import verify_stored
from bot.archiving.verifying import Verdict, verify
from bot.commands.cycles import chosen
from bot.commands.starting import Refusal, refusing_system, settings_or_exit
from bot.jobs.work.archive import size_words
from bot.phrases import phrase
from bot.services import Services, make_services
from storage import archives, schema
from storage.archives import Archive

_FILE = click.Path(path_type=Path)
_MOST_FAULTS = 50
_CYCLE = click.option("--cycle", type=int, default=None, help=phrase("help_which_cycle"))


@click.group(help=phrase("help_archive"))
def archive() -> None:
    """Archives of cycles."""


@archive.command("make", help=phrase("help_archive_make"))
@_CYCLE
@click.option("--out", type=_FILE, default=None, help=phrase("help_archive_out"))
@refusing_system
def make(cycle: int | None, out: Path | None) -> None:
    """Makes it, keeps it in the file store and, with --out, writes it to a file."""
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        with services.database.read() as tx:
            wanted = chosen(tx, cycle)
        if wanted.erased_at:
            raise Refusal(phrase("refused_erased_before", cycle=wanted.name))
        made = make_archive(services, wanted.id, phrase("archive_by_operator"))
        with services.database.begin() as tx:
            archive_id = note_archive(tx, made, SYSTEM, services.clock())
            found = archives.get(tx, archive_id)
        if found and out:
            _save(services, found, out)
    finally:
        services.close()
    numbers = {"name": made.manifest.name, "departments": made.manifest.departments}
    numbers |= {"files": len(made.manifest.members), "size": size_words(made.size)}
    click.echo(phrase("archive_made", **numbers, sha256=made.sha256))
    if made.manifest.missing:
        click.echo(phrase("archive_missing", count=len(made.manifest.missing)), err=True)
    if not made.manifest.closed:
        click.echo(phrase("archive_open"))


@archive.command("save", help=phrase("help_archive_save"))
@_CYCLE
@click.argument("file", type=_FILE)
@refusing_system
def save(cycle: int | None, file: Path) -> None:
    """Writes the last archive of a cycle to a file."""
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        _save(services, _last(services, cycle), file)
    finally:
        services.close()


@archive.command("verify", help=phrase("help_archive_verify"))
@click.argument("file", type=_FILE, required=False)
@_CYCLE
@refusing_system
def check(file: Path | None, cycle: int | None) -> None:
    """Reads an archive to its end: a file, which needs no database, or the last one stored."""
    if file is not None:
        with file.open("rb") as opened:
            _show(verify(opened))
        return
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        verdict = verify_stored(services, _last(services, cycle))
    finally:
        services.close()
    _show(verdict)


def _last(services: Services, cycle: int | None) -> Archive:
    with services.database.read() as tx:
        wanted = chosen(tx, cycle)
        found = archives.latest(tx, wanted.id)
    if found is None:
        raise Refusal(phrase("archive_none", name=wanted.name))
    return found


def _save(services: Services, found: Archive, file: Path) -> None:
    if file.exists():
        raise Refusal(phrase("file_there", file=file))
    with file.open("xb") as out:
        for piece in services.files.pieces(found.file_key):
            out.write(piece)
    click.echo(phrase("file_written", file=file))


def _show(verdict: Verdict) -> None:
    """What was found; anything wrong ends the command with exit code 2."""
    lines = [
        phrase(f"archive_fault_{fault.code}", path=fault.path)
        for fault in verdict.faults[:_MOST_FAULTS]
    ]
    if len(verdict.faults) > _MOST_FAULTS:
        lines.append(phrase("archive_fault_more", count=len(verdict.faults) - _MOST_FAULTS))
    if lines:
        head = phrase("archive_not_whole", count=len(verdict.faults))
        raise Refusal("\n".join([head, *lines]))
    manifest = verdict.manifest
    if manifest is None:
        raise AssertionError("an archive without faults has a manifest")
    numbers = {"files": len(manifest.members), "made": manifest.made_at}
    click.echo(phrase("archive_whole", name=manifest.name, **numbers))
    for each in manifest.missing:
        click.echo(phrase("archive_lacks", path=each.path), err=True)

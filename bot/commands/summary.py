"""`jixiao summary`: the results of a cycle over all departments, as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.cycles import chosen
from bot.commands.starting import Refusal, refusing_system, settings_or_exit
from bot.jobs.work.summary import summary_document
from bot.phrases import phrase
from bot.services import make_services
from storage import schema


@click.command(help=phrase("help_summary"))
@click.option("--cycle", type=int, default=None, help=phrase("help_which_cycle"))
@click.option("--out", type=click.Path(path_type=Path), default=None, help=phrase("help_out"))
@click.option("--force", is_flag=True, help=phrase("help_force"))
@refusing_system
def summary(cycle: int | None, out: Path | None, force: bool) -> None:
    """Writes the summary of the cycle that opened last, or of the one named."""
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        with services.database.read() as tx:
            wanted = chosen(tx, cycle)
        if wanted.erased_at:
            raise Refusal(phrase("refused_erased_before", cycle=wanted.name))
        document = summary_document(services, wanted.id)
    finally:
        services.close()
    file = out or Path(document.name)
    if file.exists() and not force:
        raise Refusal(phrase("file_there", file=file))
    file.write_bytes(document.content)
    click.echo(phrase("file_written", file=file))

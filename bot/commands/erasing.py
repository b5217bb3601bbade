"""`jixiao cycle erase`: the content of a closed and archived cycle goes, at once."""

from __future__ import annotations

import click

from bot.acts.base import SYSTEM, ActRefused
from bot.acts.erase_cycle import erase_cycle
from bot.archiving.reading import verify_stored
from bot.commands.starting import Refusal, refusing_system, settings_or_exit
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services, make_services
from storage import archives, cycles, schema
from storage.archives import Archive


@click.command("erase", help=phrase("help_cycle_erase"))
@click.argument("cycle", type=int)
@click.option("--yes", is_flag=True, help=phrase("help_cycle_erase_yes"))
@refusing_system
def erase(cycle: int, yes: bool) -> None:
    """Verifies the last archive, asks, and erases what stands in it."""
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        name, archive = _found(services, cycle)
        verdict = verify_stored(services, archive)
        if verdict.manifest is None or not verdict.whole:
            raise Refusal(phrase("erase_cycle_unverified", name=name))
        if not yes and not click.confirm(phrase("cycle_erase_ask", name=name)):
            click.echo(phrase("cycle_erase_dropped"))
            return
        with services.database.begin() as tx:
            count = erase_cycle(
                *(services, tx, SYSTEM, By.SYSTEM, archive.id, verdict.manifest),
                services.clock(),
            )
    except ActRefused as refusal:
        raise Refusal(refusal.words) from None
    finally:
        services.close()
    click.echo(phrase("cycle_erased", name=name, files=count))


def _found(services: Services, number: int) -> tuple[str, Archive]:
    with services.database.read() as tx:
        cycle = cycles.get(tx, number)
        if cycle is None:
            raise Refusal(phrase("no_cycle_at_all"))
        if cycle.erased_at:
            raise Refusal(phrase("refused_erased_before", cycle=cycle.name))
        archive = archives.latest(tx, number)
    if archive is None:
        raise Refusal(phrase("archive_none", name=cycle.name))
    return cycle.name, archive

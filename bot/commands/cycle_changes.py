"""What commands about the exercise share: they see it as the coordinator's chat does, show what
changes, ask, and carry it out by the same acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from bot.acts.base import SYSTEM, ActRefused
from bot.carrying import round_orders
from bot.commands.starting import Refusal, settings_or_exit
from bot.lifecycle import By
from bot.phrases import phrase
from bot.rounds import all_rounds
from bot.services import Services, make_services
from dialogs.rounds.proposals import Proposal
from dialogs.rounds.view import Round, Rounds
from storage import schema

Make = Callable[[Rounds, datetime], Proposal | str]
"""Proposes a change, or says why there is none."""


@contextmanager
def served() -> Iterator[Services]:
    """The services on a database of the present schema, closed at the end."""
    services = make_services(settings_or_exit())
    try:
        schema.upgrade(services.database)
        yield services
    finally:
        services.close()


@contextmanager
def look() -> Iterator[tuple[Rounds, datetime]]:
    """The exercises as they stand, and the present moment."""
    with served() as services, services.database.read() as tx:
        now = services.clock()
        yield all_rounds(services.settings, tx, now), now


def carried_out(make: Make, yes: bool, *, same_is_fine: bool = False) -> None:
    """Shows what changes and does it, after a yes unless that is given. What is no change ends
    the command with why; with `same_is_fine`, without a fault."""
    with served() as services:
        now = services.clock()
        with services.database.read() as tx:
            found = make(all_rounds(services.settings, tx, now), now)
        if isinstance(found, str):
            if same_is_fine:
                click.echo(found)
                return
            raise Refusal(found)
        click.echo(found.text)
        if not yes and not click.confirm(phrase("cycle_ask")):
            click.echo(phrase("cycle_dropped"))
            return
        chosen = found.options[0]
        try:
            with services.database.begin() as tx:
                round_orders.do(services, tx, SYSTEM, By.SYSTEM, chosen.order, now)
        except ActRefused as refusal:
            raise Refusal(refusal.words) from None
        click.echo(chosen.done)


def running(rounds: Rounds, year: int | None) -> Round:
    """The open exercise of that year, or the only one. Raises Refusal where it is not clear."""
    found = [each for each in rounds.running if year in (None, each.year)]
    if len(found) == 1:
        return found[0]
    years = phrase("list_comma").join(str(each.year) for each in rounds.running)
    raise Refusal(phrase("cycle_which", years=years) if years else phrase("cycle_none"))

"""Which cycle a command is about."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.commands.starting import Refusal
from bot.phrases import phrase
from storage import cycles
from storage.cycles import Cycle


def chosen(tx: Connection, number: int | None) -> Cycle:
    """The cycle of this number; without one the one that opened last. Raises Refusal."""
    there = cycles.all_of_them(tx)
    found = next((each for each in there if number in (None, each.id)), None)
    if found is None:
        listed = phrase("line_break").join(
            phrase("cycle_choice", number=each.id, name=each.name) for each in there
        )
        code = "no_cycle_of_number" if there else "no_cycle_at_all"
        raise Refusal(phrase(code, number=number, there=listed))
    return found

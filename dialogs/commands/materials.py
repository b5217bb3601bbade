"""材料: which evidence is missing and where it is given; what 送审 says while some is."""

from __future__ import annotations

from dialogs.materials import (
    CONFIRMED,
    count_line,
    link_of,
    name_of,
    names_of,
    stock_of,
    way,
)
from dialogs.replies import repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.wording import say


def materials(talk: Talk, command: Command) -> Step:
    """材料: counts, the first missing names and the plain address, in one message."""
    found = stock_of(talk)
    lines = [count_line(found)]
    if found.missing:
        lines.append(say("materials_first", names=names_of(found.missing)))
    if found.unsorted:
        lines.append(say("materials_unsorted", count=found.unsorted))
    lines.append(way(talk))
    if link_of(talk) and talk.case.form.state == "drafting":
        lines.append(say("materials_photos"))
    return repeat(talk, "\n".join(lines))


def confirmation(talk: Talk) -> Step | None:
    """The question that 送审 asks first while mandatory materials are missing; None where there
    is nothing to ask, or no page on which they could have been given."""
    lacking = stock_of(talk).mandatory
    if not lacking or not link_of(talk) or talk.state.pending.get("kind") == CONFIRMED:
        return None
    names = "\n".join(say("submit_blocker", text=name_of(each)) for each in lacking)
    asked = talk.with_state(talk.state.but(pending={"kind": CONFIRMED}))
    return repeat(asked, say("submit_mandatory", names=names))

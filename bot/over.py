"""What a contact is told who has no form now: that the last exercise is over, or that there is
none."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.phrases import listed, phrase
from bot.services import Services
from dialogs.case import Person, Role
from dialogs.rounds.telling import day_text
from storage import closed_forms, interviews


def nothing_open(services: Services, tx: Connection, person: Person) -> str:
    """Where their last form is and whom to ask; for somebody who never had one, whom to ask."""
    names = listed(interviews.names(tx, None, Role.COORDINATOR)[Role.COORDINATOR])
    last = closed_forms.last_of_contact(tx, person.userid)
    if last is None or last.closed_at is None:
        return phrase("no_form", name=person.name, names=names)
    day = last.closed_at.astimezone(services.settings.zone).date()
    return phrase(
        "closed_for_contact",
        name=person.name,
        cycle=last.cycle,
        day=day_text(day, day),
        department=last.department,
        state=phrase(f"state_{last.state}"),
        names=names,
    )

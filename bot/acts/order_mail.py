"""Orders the e-mails of a delivery: one for each address at finance, in the delivery's transaction."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from bot.acts.base import holders
from bot.lifecycle import By
from bot.services import Services
from storage import mailboxes, tasks
from storage.interviews import Standing

KIND = "mail"


def order_mail(
    services: Services, tx: Connection, standing: Standing, version: int, now: datetime
) -> None:
    """To the people at finance who have an address and to the bureau's own ones, where a mail
    server is set; each gets a version once."""
    if not services.settings.smtp_host:
        return
    people = holders(tx, By.FINANCE, standing.department_id)
    found = [*mailboxes.of_people(tx, people), *services.settings.finance_mailboxes]
    for address in {each.casefold(): each for each in found}.values():
        order = {"form_id": standing.form_id, "version": version, "to": address}
        tasks.add(tx, KIND, order, f"{KIND}:{standing.form_id}:{version}:{mark_of(address)}", now)


def mark_of(address: str) -> str:
    """A short mark that tells one address from others."""
    return sha256(address.casefold().encode()).hexdigest()[:16]

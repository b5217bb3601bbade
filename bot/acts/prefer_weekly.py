"""周报, 不要周报: whether a reviewer gets the digest of the week."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.lifecycle import By
from storage import people


def prefer_weekly(tx: Connection, actor: str, wanted: bool) -> None:
    """Notes it for somebody who reviews, or stands in for who does."""
    if not any(role.role == By.REVIEWER for role in people.roles(tx, actor)):
        raise ActRefused("digest_not_yours")
    people.set_weekly(tx, actor, wanted)

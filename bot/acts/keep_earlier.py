"""What depends on a changed answer is taken back, and its old answer kept as an offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot import contact_talk
from bot.acts.record_answer import record_answer
from bot.services import Services
from dialogs.dependants import shaken
from dialogs.offers import EARLIER
from scoring.values import Value
from storage import interviews, proposals
from storage.proposals import Found


def keep_earlier(
    tx: Connection, actor: str, form_id: int, earlier: Mapping[str, Value], now: datetime
) -> None:
    """Keeps old answers as offers; an older one of the same fact is replaced. Hold the form's
    lock; whoever took the answers back has passed the access check."""
    found = [Found(fact, value.plain(), "") for fact, value in earlier.items()]
    proposals.bring(tx, form_id, EARLIER, found, actor, now)


def shaken_by(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    values: Mapping[str, Value | None],
    now: datetime,
) -> Mapping[str, Value]:
    """The answers that depend on what these values change, as they stand before it."""
    standing = interviews.one(tx, form_id)
    if standing is None:
        return {}
    return shaken(contact_talk.fresh(services, tx, standing, actor, now), values)


def take_back(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    earlier: Mapping[str, Value],
    raw: str,
    now: datetime,
) -> None:
    """Takes answers back and offers them again, for pages; in the chat one effect does both."""
    if earlier:
        record_answer(services, tx, actor, form_id, dict.fromkeys(earlier), raw, now)
        keep_earlier(tx, actor, form_id, earlier, now)

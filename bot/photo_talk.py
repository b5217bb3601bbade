"""What is said in a contact's conversation when a photo has been stored.

A photo is fetched after its turn is over, so what is asked about it can't be said in that turn.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot import contact_talk
from bot.services import Services
from dialogs import photos
from dialogs.step import Step
from dialogs.talk import Talk


def chosen(talk: Talk) -> list[str]:
    """The items that the person has named while the photo was being stored."""
    pending = talk.state.pending
    return list(pending.get("chosen", ())) if pending.get("kind") == photos.PENDING else []


def ask(services: Services, tx: Connection, talk: Talk, ids: Sequence[int], now: datetime) -> None:
    """Asks for which items these photos are."""
    _take(services, tx, talk, photos.ask(talk, min(ids), max(ids), len(ids)), now)


def say_filed(
    services: Services, tx: Connection, talk: Talk, items: Collection[str], now: datetime
) -> None:
    """Says where a photo was filed."""
    _take(services, tx, talk, photos.filed_at_once(talk, items), now)


def say_known(
    services: Services, tx: Connection, talk: Talk, items: Collection[str], now: datetime
) -> None:
    """Says that the photo was there before, and for which items."""
    _take(services, tx, talk, photos.known(talk, items), now)


def _take(services: Services, tx: Connection, talk: Talk, step: Step, now: datetime) -> None:
    """Keeps the state and says what the step says."""
    userid, form_id = talk.case.person.userid, talk.case.form.id
    if step.state != talk.state:
        contact_talk.keep(tx, userid, form_id, step.state, now)
    services.postbox.post(tx, userid, step.bubbles, now, form_id)

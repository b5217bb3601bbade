"""报送: hands an approved form's documents to finance, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import SYSTEM, holders, locked, move, standing_of
from bot.lifecycle import Act, By, FormState
from bot.services import Services
from bot.views import view_of, waiting_of
from dialogs import notices
from storage import deliveries, files, forms


@dataclass(frozen=True)
class StoredDocument:
    """A document that lies in the file store and is not yet noted in the database."""

    key: str
    name: str
    size: int
    content_type: str


def deliver(
    services: Services,
    tx: Connection,
    form_id: int,
    version: int,
    documents: Sequence[StoredDocument],
    now: datetime,
) -> bool:
    """Delivers this version; False, and nothing done, if that has happened or the form has
    gone another way meanwhile."""
    form = locked(tx, form_id)
    if form.state != FormState.APPROVED or form.version + 1 != version:
        return False
    if forms.next_version(tx, form_id, now) != version:
        raise AssertionError("the form's lock was not held")
    for document in documents:
        files.keep(tx, document.key, document.name, document.size, document.content_type, now)
    if not deliveries.add(tx, form_id, version, [d.key for d in documents], now):
        raise AssertionError("the form's version was delivered before")
    move(tx, form, Act.DELIVER, By.SYSTEM, SYSTEM, now)
    _tell(services, tx, form_id, version, documents, now)
    return True


def _tell(
    services: Services,
    tx: Connection,
    form_id: int,
    version: int,
    documents: Sequence[StoredDocument],
    now: datetime,
) -> None:
    standing = standing_of(tx, form_id)
    waiting = waiting_of(services, tx, standing)
    *before, last = notices.delivered_to_finance(waiting)
    receivers = holders(tx, By.FINANCE, standing.department_id)
    if not receivers:
        raise LookupError("there is nobody at finance to deliver to")
    for userid in receivers:
        services.postbox.post(tx, userid, before, now, form_id)
        for number, document in enumerate(documents):
            once = f"delivery:{form_id}:{version}:{userid}:{number}"
            services.postbox.put_file(tx, userid, document.key, now, once)
        services.postbox.post(tx, userid, (last,), now, form_id)
    for contact in holders(tx, By.CONTACT, standing.department_id):
        services.postbox.post(tx, contact, notices.delivered(view_of(standing)), now, form_id)

"""报送: hands an approved form's documents to finance, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import SYSTEM, holders, locked, move, standing_of
from bot.changes import with_changes
from bot.documents import to_print
from bot.lifecycle import Act, By, FormState
from bot.paper import with_paper
from bot.services import Services
from bot.stored import StoredDocument, keep
from bot.views import view_of, waiting_of
from bot.web.links import link
from dialogs import notices
from dialogs.case import Role
from dialogs.paper import delivered_unsealed
from storage import deliveries, forms
from storage.interviews import Standing


@dataclass(frozen=True)
class _Made:
    """Which version the documents are, and the code printed on them."""

    version: int
    code: str


def deliver(
    services: Services,
    tx: Connection,
    form_id: int,
    version: int,
    documents: Sequence[StoredDocument],
    now: datetime,
    *,
    code: str = "",
    submission: int | None = None,
) -> bool:
    """Delivers this version to finance, and to the contacts for printing where sealed paper is
    wanted; False, and nothing done, if that has happened or the form has gone another way.

    `code` is the version code printed on the documents, `submission` what they were made of.
    """
    form = locked(tx, form_id)
    if form.state != FormState.APPROVED or form.version + 1 != version:
        return False
    if forms.next_version(tx, form_id, now) != version:
        raise AssertionError("the form's lock was not held")
    for document in documents:
        keep(tx, document, now)
    keys = [document.key for document in documents]
    if not deliveries.add(tx, form_id, version, keys, now, submission, code):
        raise AssertionError("the form's version was delivered before")
    move(tx, form, Act.DELIVER, By.SYSTEM, SYSTEM, now)
    standing = standing_of(tx, form_id)
    made = _Made(version, code)
    _tell_finance(services, tx, standing, made, documents, now)
    _tell_contacts(services, tx, standing, made, documents, now)
    return True


def _tell_finance(
    services: Services,
    tx: Connection,
    standing: Standing,
    made: _Made,
    documents: Sequence[StoredDocument],
    now: datetime,
) -> None:
    waiting = with_changes(services, tx, waiting_of(services, tx, standing), Role.FINANCE)
    *before, last = notices.delivered_to_finance(waiting, made.code)
    receivers = holders(tx, By.FINANCE, standing.department_id)
    if not receivers:
        raise LookupError("there is nobody at finance to deliver to")
    for userid in receivers:
        services.postbox.post(tx, userid, before, now, standing.form_id)
        _send(services, tx, standing, made, documents, userid, now)
        services.postbox.post(tx, userid, (last,), now, standing.form_id)


def _tell_contacts(
    services: Services,
    tx: Connection,
    standing: Standing,
    made: _Made,
    documents: Sequence[StoredDocument],
    now: datetime,
) -> None:
    form = with_paper(services.settings, standing, view_of(standing))
    for userid in holders(tx, By.CONTACT, standing.department_id):
        if not form.needs_seal:
            services.postbox.post(tx, userid, notices.delivered(form), now, standing.form_id)
            continue
        page = link(services.settings, "seal", standing.form_id, userid)
        told = delivered_unsealed(form, made.code, page)
        services.postbox.post(tx, userid, told, now, standing.form_id)
        _send(services, tx, standing, made, to_print(documents), userid, now)


def _send(
    services: Services,
    tx: Connection,
    standing: Standing,
    made: _Made,
    documents: Sequence[StoredDocument],
    userid: str,
    now: datetime,
) -> None:
    for document in documents:
        # Somebody who is both contact and at finance gets each file once.
        once = f"delivery:{standing.form_id}:{made.version}:{userid}:{document.key}"
        services.postbox.put_file(tx, userid, document.key, now, once)

"""报送: hands an approved form's documents to finance, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import SYSTEM, holders, locked, move, standing_of
from bot.acts.order_mail import order_mail
from bot.bundling import Bundle
from bot.calendar import calendar_of
from bot.changes import with_changes
from bot.documents import to_print
from bot.lateness import days_late
from bot.lifecycle import Act, By, FormState
from bot.paper import with_paper
from bot.services import Services
from bot.stored import StoredDocument, keep
from bot.views import view_of, waiting_of
from bot.web.links import link
from bot.wecom.media import LIMITS
from dialogs import notices
from dialogs.bubbles import Bubble
from dialogs.case import Role
from dialogs.delivering import Parcel
from dialogs.paper import delivered_unsealed
from reports.sizes import size_in_words
from storage import deliveries, forms
from storage.forms import Form
from storage.interviews import Standing

TOPIC = "delivery"
LARGEST = LIMITS["file"]
"""What a chat takes of one file, in bytes."""


@dataclass(frozen=True)
class _Made:
    """Which version it is, the code printed on its documents, these, the evidence in one file,
    its deadline and by how many working days it came after that."""

    version: int
    code: str
    documents: Sequence[StoredDocument]
    bundle: Bundle | None
    deadline: datetime
    late: int | None

    @property
    def fits(self) -> bool:
        """Whether the evidence can be sent as a file."""
        return self.bundle is not None and self.bundle.document.size <= LARGEST


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
    bundle: Bundle | None = None,
) -> bool:
    """Delivers this version to finance, and to the contacts for printing where sealed paper is
    wanted; False, and nothing done, if that has happened or the form has gone another way.

    `code` is the version code printed on the documents, `submission` what they were made of,
    `bundle` the evidence in one file.
    """
    form = locked(tx, form_id)
    if form.state != FormState.APPROVED or form.version + 1 != version:
        return False
    deadline = deadline_of(form, standing_of(tx, form_id))
    late = days_late(form.updated_at, deadline, calendar_of(tx), services.settings.zone)
    made = _Made(version, code, documents, bundle, deadline, late)
    if forms.next_version(tx, form_id, now) != version:
        raise AssertionError("the form's lock was not held")
    _note(tx, form_id, made, submission, now)
    move(tx, form, Act.DELIVER, By.SYSTEM, SYSTEM, now)
    standing = standing_of(tx, form_id)
    _tell_finance(services, tx, standing, made, now)
    _tell_contacts(services, tx, standing, made, now)
    order_mail(services, tx, standing, version, now)
    return True


def deadline_of(form: Form, standing: Standing) -> datetime:
    """Until when the next version is to be with finance: the department's deadline, for one that
    finance gave back the day of then if that is later."""
    if form.version and form.due_at:
        return max(standing.deadline, form.due_at)
    return standing.deadline


def _note(tx: Connection, form_id: int, made: _Made, submission: int | None, now: datetime) -> None:
    keys = [document.key for document in made.documents]
    packed = made.bundle.document if made.bundle else None
    for document in (*made.documents, *([packed] if packed else [])):
        keep(tx, document, now)
    noted = deliveries.add(
        *(tx, form_id, made.version, keys, now, submission, made.code),
        deadline=made.deadline,
        evidence_key=packed.key if packed else None,
    )
    if not noted:
        raise AssertionError("the form's version was delivered before")


def _tell_finance(
    services: Services, tx: Connection, standing: Standing, made: _Made, now: datetime
) -> None:
    waiting = with_changes(services, tx, waiting_of(services, tx, standing), Role.FINANCE)
    receivers = holders(tx, By.FINANCE, standing.department_id)
    if not receivers:
        raise LookupError("there is nobody at finance to deliver to")
    files = [*made.documents, *([made.bundle.document] if made.bundle and made.fits else [])]
    for userid in receivers:
        parcel = _parcel(services, standing, made, userid)
        *before, last = notices.delivered_to_finance(waiting, made.code, parcel)
        _say(services, tx, standing, before, userid, now)
        _send(services, tx, standing, made, files, userid, now)
        _say(services, tx, standing, (last,), userid, now)


def _parcel(services: Services, standing: Standing, made: _Made, userid: str) -> Parcel:
    bundle = made.bundle
    return Parcel(
        deadline=made.deadline,
        late=made.late,
        files=bundle.files if bundle else 0,
        size=size_in_words(bundle.document.size) if bundle else "",
        fits=made.fits,
        link=link(services.settings, "deliveries", standing.form_id, userid),
        unreadable=bundle.unreadable if bundle else (),
    )


def _tell_contacts(
    services: Services, tx: Connection, standing: Standing, made: _Made, now: datetime
) -> None:
    form = with_paper(services.settings, standing, view_of(standing))
    for userid in holders(tx, By.CONTACT, standing.department_id):
        if not form.needs_seal:
            _say(services, tx, standing, notices.delivered(form), userid, now)
            continue
        page = link(services.settings, "seal", standing.form_id, userid)
        words = delivered_unsealed(form, made.code, page)
        _say(services, tx, standing, words, userid, now)
        _send(services, tx, standing, made, to_print(made.documents), userid, now)


def _say(
    services: Services,
    tx: Connection,
    standing: Standing,
    bubbles: Sequence[Bubble],
    userid: str,
    now: datetime,
) -> None:
    form_id, about = standing.form_id, standing.code
    services.postbox.post(tx, userid, bubbles, now, form_id, topic=TOPIC, about=about)


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
        services.postbox.put_file(
            tx, userid, document.key, now, once, topic=TOPIC, about=standing.code
        )

"""盖章: a contact hands in the scan of the sealed paper; finance gets it, matched by its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, coordinators, holders, locked, standing_of
from bot.lifecycle import By, FormState
from bot.paper import WITH_FINANCE, needs_seal
from bot.phrases import phrase
from bot.services import Services
from bot.stored import StoredDocument, keep
from bot.views import view_of
from dialogs import paper
from dialogs.bubbles import Words
from reports.codes import read_code, read_codes
from storage import deliveries, seals
from storage.deliveries import Delivery
from storage.forms import Form
from storage.seals import UNNAMED, Seal


@dataclass(frozen=True)
class Taken:
    """What came of it: how many scans were given, were new, and went to finance now; whether
    the version was still without any. `code` is what the paper must bear."""

    version: int
    code: str
    given: int
    new: int
    passed_on: int
    first: bool

    @property
    def outcome(self) -> str:
        """The code of the sentence that says so; its numbers are count, mark and version."""
        if self.passed_on:
            return "seal_kept" if self.first else "seal_kept_more"
        if self.new:
            return "seal_unnamed"
        return "seal_same" if self.given else "seal_named"

    @property
    def numbers(self) -> dict[str, Any]:
        count = self.passed_on or self.new
        return {"count": count, "mark": self.code, "version": self.version}


def give_seal(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    scans: Sequence[StoredDocument],
    said: str,
    now: datetime,
    texts: Sequence[str] = (),
) -> Taken:
    """Keeps scans of the version at finance and, once its code is known, passes them on.

    The code is what the contact typed (`said`), else what stands in the files' names or `texts`
    (what could be read in them). Scans without one are kept and wait for it; the code without a
    scan (at least one of both) is only checked. Refused is another version's code, naming both.
    """
    form, now_due = _sealable(services, tx, actor, form_id)
    code = _matched(tx, form_id, now_due, said, [*(scan.name for scan in scans), *texts])
    was_owed = needs_seal(services.settings, standing_of(tx, form_id))
    before = seals.of_version(tx, form_id, now_due.version)
    new = _keep(tx, form_id, now_due.version, scans, before, actor, now)
    if not code:
        return Taken(now_due.version, now_due.code, len(scans), new, 0, was_owed)
    seals.name(tx, form_id, now_due.version, code)
    named_before = {seal.id for seal in before if seal.code}
    fresh = [s for s in seals.of_version(tx, form_id, now_due.version) if s.id not in named_before]
    if fresh:
        _tell_finance(services, tx, form, now_due, fresh, now, first=was_owed)
    return Taken(now_due.version, code, len(scans), new, len(fresh), was_owed)


def remove_seal(
    services: Services, tx: Connection, actor: str, form_id: int, seal_id: int, now: datetime
) -> None:
    """Takes a scan back; it stays on record. Finance is told once none is left."""
    form, _ = _sealable(services, tx, actor, form_id)
    owed = needs_seal(services.settings, standing_of(tx, form_id))
    if form.state == FormState.ACCEPTED and not owed:
        raise ActRefused("seal_settled", names=coordinators(tx, form))
    if not seals.remove(tx, form_id, seal_id, actor, now):
        raise ActRefused("seal_gone")
    standing = standing_of(tx, form_id)
    if not owed and needs_seal(services.settings, standing):
        for userid in holders(tx, By.FINANCE, form.department_id):
            told = paper.seal_removed(view_of(standing))
            services.postbox.post(tx, userid, told, now, form_id)


def name_seal(
    services: Services, tx: Connection, actor: str, form_id: int, said: str, now: datetime
) -> None:
    """The code typed in the chat: what was sent before is passed on, else photos are asked for."""
    taken = give_seal(services, tx, actor, form_id, (), said, now)
    words = Words(phrase(taken.outcome, **taken.numbers))
    services.postbox.post(tx, actor, (words,), now, form_id)


def take_photo(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    photo: StoredDocument,
    target: str,
    now: datetime,
) -> None:
    """A photo sent by chat; `target` is the code typed before it, "" for none. Says what came
    of it, a refusal too."""
    try:
        taken = give_seal(services, tx, actor, form_id, (photo,), target, now)
        words = phrase(taken.outcome, **taken.numbers)
    except ActRefused as refusal:
        words = refusal.words
    services.postbox.post(tx, actor, (Words(words),), now, form_id)


def _sealable(
    services: Services, tx: Connection, actor: str, form_id: int
) -> tuple[Form, Delivery]:
    """The form, held, and the version that its paper must be of."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    if not services.settings.paper_required:
        raise ActRefused("seal_not_wanted")
    delivered = deliveries.of_form(tx, form_id)
    if form.state not in WITH_FINANCE or not delivered:
        raise ActRefused("seal_not_now", state=phrase(f"state_{form.state}"))
    if not delivered[-1].code:
        # Delivered before codes were printed: there is nothing to match a paper with.
        raise ActRefused("seal_not_wanted")
    return form, delivered[-1]


def _matched(tx: Connection, form_id: int, due: Delivery, said: str, texts: Sequence[str]) -> str:
    """The code of the version at finance if that is what stands on the paper, "" if nothing could
    be read. Raises ActRefused for what is certainly another paper."""
    if said or not texts:
        found = read_code(said)
        if found is None:
            raise ActRefused("seal_unread", example=phrase("seal_example"))
        if found != due.code:
            raise _other(tx, form_id, due, found)
        return found
    read = {code for text in texts for code in read_codes(text)}
    if due.code in read:
        return due.code
    for older in deliveries.of_form(tx, form_id):
        if older.code in read:
            raise _other(tx, form_id, due, older.code)
    return UNNAMED


def _other(tx: Connection, form_id: int, due: Delivery, found: str) -> ActRefused:
    older = [each for each in deliveries.of_form(tx, form_id) if each.code == found]
    numbers = {"version": due.version, "mark": due.code}
    if older:
        return ActRefused("seal_old", old=found, old_version=older[-1].version, **numbers)
    return ActRefused("seal_other", other=found, **numbers)


def _keep(
    tx: Connection,
    form_id: int,
    version: int,
    scans: Sequence[StoredDocument],
    before: Sequence[Seal],
    actor: str,
    now: datetime,
) -> int:
    """Keeps the scans that are not there yet, without a code so far; how many."""
    there = {seal.file_key[:64] for seal in before}
    new = 0
    for scan in scans:
        if scan.sha256 in there:
            continue
        there.add(scan.sha256)
        keep(tx, scan, now)
        seals.add(tx, form_id, version, scan.key, UNNAMED, actor, now)
        new += 1
    return new


def _tell_finance(
    services: Services,
    tx: Connection,
    form: Form,
    due: Delivery,
    scans: Sequence[Seal],
    now: datetime,
    *,
    first: bool,
) -> None:
    """The scans go to finance at once; of several in a row only the first are announced."""
    view = view_of(standing_of(tx, form.id))
    for userid in holders(tx, By.FINANCE, form.department_id):
        if first:
            told = paper.sealed(view, due.code, len(scans))
            services.postbox.post(tx, userid, told, now, form.id)
        for scan in scans:
            once = f"seal:{scan.id}:{userid}"
            services.postbox.put_file(tx, userid, scan.file_key, now, once)

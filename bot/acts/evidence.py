"""Gives, sorts, replaces and takes out evidence (佐证材料); only while the form is filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, being_filled
from bot.services import Services
from bot.stored import StoredDocument, keep
from scoring.engine import score
from scoring.wanted import Wanted, wanted
from storage import evidence, files, interviews
from storage.evidence import UNSORTED, Evidence
from storage.forms import Form

CLOSED = "evidence_not_drafting"
"""The refusal for a form whose evidence can't change now."""


@dataclass(frozen=True)
class Given:
    """What became of one file: the items that it now serves, those that it served before, and
    the ids of the evidence made; no ids for a file that was all there already."""

    name: str
    items: tuple[str, ...]
    before: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    was_there: bool = False


def give_evidence(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    documents: Sequence[StoredDocument],
    items: Sequence[str],
    via: str,
    now: datetime,
) -> list[Given]:
    """Notes stored files as evidence for each of the items, unsorted where none is named; `via`
    is page or chat. The same bytes for the same item are noted once."""
    pairs = [(document, items) for document in documents]
    return give_each(services, tx, actor, form_id, pairs, via, now)


def give_each(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    pairs: Sequence[tuple[StoredDocument, Sequence[str]]],
    via: str,
    now: datetime,
) -> list[Given]:
    """The same for several files, each with items of its own; all of them or none."""
    form = _opened(tx, actor, form_id)
    allowed = wanted_now(services, tx, form_id)
    for _, items in pairs:
        _check_items(items, allowed)
    return [_give(tx, actor, form, document, items, via, now) for document, items in pairs]


def sort_evidence(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    evidence_ids: Collection[int],
    items: Sequence[str],
    now: datetime,
) -> int:
    """Says for which items files are; gives how many there were. One that is sorted already
    serves these items too."""
    form = _opened(tx, actor, form_id)
    if not items:
        raise ActRefused("evidence_no_item")
    _check_items(items, wanted_now(services, tx, form_id))
    found = [_standing(tx, form, evidence_id) for evidence_id in evidence_ids]
    for each in found:
        _sort(tx, actor, each, items, now)
    return len(found)


def replace_evidence(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    evidence_id: int,
    document: StoredDocument,
    via: str,
    now: datetime,
) -> Given:
    """Puts another file in the place of one, for the same item; the old one stays on record."""
    form = _opened(tx, actor, form_id)
    old = _standing(tx, form, evidence_id)
    if document.sha256 == old.sha256:
        raise ActRefused("evidence_same_file")
    evidence.remove(tx, form_id, old.id, actor, now)
    items = [old.item] if old.item else []
    return _give(tx, actor, form, document, items, via, now)


def remove_evidence(
    services: Services, tx: Connection, actor: str, form_id: int, evidence_id: int, now: datetime
) -> Evidence:
    """Takes a file out for its item; it stays on record. Gives what was taken out."""
    form = _opened(tx, actor, form_id)
    old = _standing(tx, form, evidence_id)
    evidence.remove(tx, form_id, old.id, actor, now)
    return old


def wanted_now(services: Services, tx: Connection, form_id: int) -> Mapping[str, Wanted]:
    """The items that the form wants by its present answers."""
    standing = interviews.one(tx, form_id)
    if standing is None:
        raise ActRefused("no_such_form")
    standard = services.shelf.standard(tx, standing.standard_hash)
    given = services.shelf.answers(tx, form_id, standard)
    return wanted(standard, score(standard, given))


def kept_before(tx: Connection, form_id: int, sha256: str) -> StoredDocument | None:
    """The document under which a form keeps these bytes already, so that they aren't stored
    twice under another name. Raises ActRefused for bytes that were purged."""
    found = evidence.of_bytes(tx, form_id, sha256)
    if any(each.purged_at for each in found) or files.was_purged(tx, sha256):
        raise ActRefused("evidence_purged")
    if not found:
        return None
    last = found[-1]
    return StoredDocument(last.file_key, last.name, last.size, last.content_type)


def _opened(tx: Connection, actor: str, form_id: int) -> Form:
    """The form, held, if the actor may change its evidence now."""
    return being_filled(tx, actor, form_id, CLOSED)


def _check_items(items: Sequence[str], allowed: Mapping[str, Wanted]) -> None:
    if not set(items) <= set(allowed):
        raise ActRefused("evidence_no_such_item")


def _standing(tx: Connection, form: Form, evidence_id: int) -> Evidence:
    found = evidence.one(tx, form.id, evidence_id)
    if found is None or found.removed_at:
        raise ActRefused("evidence_gone")
    return found


def _give(
    tx: Connection,
    actor: str,
    form: Form,
    document: StoredDocument,
    items: Sequence[str],
    via: str,
    now: datetime,
) -> Given:
    kept = kept_before(tx, form.id, document.sha256)
    there = [e for e in evidence.of_bytes(tx, form.id, document.sha256) if not e.removed_at]
    served = tuple(dict.fromkeys(each.item for each in there if each.item))
    if there and not items:
        return Given(document.name, served, served, was_there=True)
    if kept is None:
        keep(tx, document, now)
    key = (kept or document).key
    loose = [each.id for each in there if each.item == UNSORTED]
    ids = []
    for item in dict.fromkeys(items or [UNSORTED]):
        if item in served:
            continue
        if loose and evidence.sort(tx, form.id, loose[0], item):
            ids.append(loose.pop(0))
        else:
            ids.append(evidence.add(tx, form.id, item, key, actor, now, via))
    return Given(document.name, tuple(items), served, tuple(ids), was_there=bool(there))


def _sort(tx: Connection, actor: str, each: Evidence, items: Sequence[str], now: datetime) -> None:
    """The file's own row gets the first item that its bytes don't serve yet; more get rows."""
    same = [e for e in evidence.of_bytes(tx, each.form_id, each.sha256) if not e.removed_at]
    open_items = [item for item in dict.fromkeys(items) if item not in {e.item for e in same}]
    if each.item == UNSORTED:
        if not open_items:
            evidence.remove(tx, each.form_id, each.id, actor, now)
        else:
            evidence.sort(tx, each.form_id, each.id, open_items.pop(0))
    for item in open_items:
        evidence.add(tx, each.form_id, item, each.file_key, each.given_by, now, each.via)

"""What a purge erases: the thing itself and all that may repeat it. See docs/why.md, 清除."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.erased import erased
from bot.services import Services
from dialogs.purging import Done
from storage import archives, erasure, evidence, seals, tasks
from storage.evidence import Evidence
from storage.forms import Form
from storage.purges import Purge
from storage.seals import Seal
from storage.secret import Secret, secret_of

_LONGEST_NUMBER = 18  # longer ones are no ids; databases refuse to look for them


@dataclass(frozen=True)
class _Target:
    """What is erased, since when it may have been repeated, and in which files it stands."""

    secret: Secret
    since: datetime
    keys: frozenset[str]
    facts: tuple[str, ...] = ()


def secret_of_target(tx: Connection, form: Form, what: str, target: str) -> Secret:
    """The words that would be erased. Raises ActRefused if there is nothing there."""
    return known_of(tx, form, what, target).secret


def known_of(tx: Connection, form: Form, what: str, target: str) -> _Target:
    """What is known of a target. Raises ActRefused("purge_nothing") if that is nothing."""
    found = _fact(tx, form, target) if what == "fact" else _file(tx, form, what, target)
    if found is None:
        raise ActRefused("purge_nothing")
    return found


def _fact(tx: Connection, form: Form, fact: str) -> _Target | None:
    secret, since = erasure.secret_of_fact(tx, form.id, fact)
    if since is None:
        return None
    keys = frozenset(erasure.files_of_proposals(tx, form.id, fact))
    return _Target(secret, since, keys, (fact,))


def _file(tx: Connection, form: Form, what: str, target: str) -> _Target | None:
    is_number = target.isdecimal() and len(target) <= _LONGEST_NUMBER
    found = _given(tx, form, what, int(target)) if is_number else None
    if found is None or not found.name:  # a purged file has no name any more
        return None
    keys = erasure.same_bytes(tx, {found.file_key})
    return _Target(secret_of([found.name.rpartition(".")[0]]), found.given_at, frozenset(keys))


def _given(tx: Connection, form: Form, what: str, number: int) -> Evidence | Seal | None:
    if what == "evidence":
        return evidence.one(tx, form.id, number)
    return next((seal for seal in seals.of_form(tx, form.id) if seal.id == number), None)


def erase(
    services: Services, tx: Connection, form: Form, purge: Purge, agreed_by: str, now: datetime
) -> Done:
    """Erases in the database at once and orders the rest: the files' bytes and the rewriting of
    the database, so that neither is left behind by a rollback or a crash."""
    found = known_of(tx, form, purge.what, purge.target)
    around = erasure.people_around(tx, form.id, form.department_id)
    delivered = _versions(tx, form, purge, found)
    keys = set(found.keys).union(*delivered.values())
    keys |= erasure.files_made_for(tx, form.department_id, found.since)
    keys |= archives.keys_since(tx, form.cycle_id, found.since)
    for fact in found.facts:
        erasure.erase_fact(tx, form.id, fact, found.secret, purge.asked_by, agreed_by, now)
    if purge.what == "evidence":
        _take_out(tx, form, found, agreed_by, now)
    if purge.what == "seal":
        seals.remove(tx, form.id, int(purge.target), agreed_by, now)
    erasure.erase_words(tx, form.id, found.facts, found.secret)
    erasure.erase_talk(tx, form.id, around, found.secret)
    erasure.erase_messages(tx, around, found.since, erased)
    keys = erasure.same_bytes(tx, keys)
    erasure.erase_files(tx, keys, now)
    tasks.add(tx, "erase", {"keys": sorted(keys)}, f"erase:{purge.id}", now)
    left = erasure.still_there(tx, form.id, found.secret)
    return Done(tuple(sorted(delivered)), tuple(left), purge.what == "fact")


def _versions(tx: Connection, form: Form, purge: Purge, found: _Target) -> dict[int, set[str]]:
    """The deliveries that hold it; a sealed paper is in none."""
    if purge.what == "seal":
        return {}
    return erasure.delivered_since(tx, form.id, found.since)


def _take_out(tx: Connection, form: Form, found: _Target, by: str, now: datetime) -> None:
    """The file leaves every item it was given for, and what was read from it goes too."""
    for given in evidence.of_form(tx, form.id):
        if given.file_key in found.keys:
            evidence.remove(tx, form.id, given.id, by, now)
    erasure.erase_proposals_from(tx, form.id, found.keys)

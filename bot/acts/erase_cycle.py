"""Erases the content of a cycle that is over and archived; tombstones and the archive stay."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from bot.acts.base import SYSTEM, ActRefused
from bot.acts.rounds import check_coordinates
from bot.archiving.contents import data_of
from bot.archiving.manifest import Manifest
from bot.erased import erased
from bot.lifecycle import By
from bot.services import Services
from storage import archives, cycle_erasure, cycle_events, cycles, results, tasks, whole
from storage.archives import Archive
from storage.cycles import Cycle

_ERASURE = "cycle_erasure"
"""Stands in tombstones for the one of two people who asked; who ordered it is the other."""


def erase_cycle(
    services: Services,
    tx: Connection,
    actor: str,
    by: By,
    archive_id: int,
    manifest: Manifest,
    now: datetime,
) -> int:
    """Erases what this archive holds, and gives how many files go. `manifest` is that of the
    archive, which was verified just now.

    Raises ActRefused, with nothing changed, unless the cycle is closed and all that would be
    erased stands in the archive as it stands here: every row about its forms, every file.
    """
    if by is not By.SYSTEM:
        check_coordinates(tx, actor, by)
    archive = archives.get(tx, archive_id)
    if archive is None or archive.purged_at:
        raise ActRefused("no_archive")
    cycle = cycles.get(tx, archive.cycle_id, lock=True)
    if cycle is None or manifest.cycle_id != archive.cycle_id:
        raise ActRefused("no_such_cycle")
    closed_at = _check(cycle, archive, manifest)
    _check_rows(tx, cycle, manifest)
    keys = _files(tx, cycle, closed_at)
    if not keys <= manifest.keys():
        raise ActRefused("archive_outdated", cycle=cycle.name)
    who = actor or SYSTEM
    cycle_erasure.erase_forms(tx, cycle.id, _ERASURE, who, now)
    told = cycle_erasure.erase_messages(tx, cycle.id, cycle.opens_at, closed_at, erased)
    cycle_erasure.purge_files(tx, keys, now)
    cycle_erasure.note_erased(tx, cycle.id, now)
    data = {"archive": archive.id, "sha256": archive.sha256, "files": len(keys), "messages": told}
    cycle_events.note(tx, cycle.id, "erased", who, now, data)
    tasks.add(tx, "erase", {"keys": sorted(keys)}, f"erase:cycle:{cycle.id}", now)
    return len(keys)


def _check(cycle: Cycle, archive: Archive, manifest: Manifest) -> datetime:
    """When the cycle was closed. Raises ActRefused where it isn't, or wasn't when archived."""
    if cycle.erased_at:
        raise ActRefused("erased_before", cycle=cycle.name)
    if cycle.state == "open" or cycle.closed_at is None:
        raise ActRefused("erase_open", cycle=cycle.name)
    if manifest.missing:
        raise ActRefused("archive_incomplete", cycle=cycle.name, count=len(manifest.missing))
    if not manifest.closed or archive.at < cycle.closed_at:
        raise ActRefused("archive_outdated", cycle=cycle.name)
    return cycle.closed_at


def _check_rows(tx: Connection, cycle: Cycle, manifest: Manifest) -> None:
    there = {form.form_id for form in results.forms(tx, cycle.id)}
    archived = manifest.data_of_forms()
    if there != set(archived):
        raise ActRefused("archive_outdated", cycle=cycle.name)
    for form_id in sorted(there):
        if sha256(data_of(tx, form_id)).hexdigest() != archived[form_id]:
            raise ActRefused("archive_outdated", cycle=cycle.name)


def _files(tx: Connection, cycle: Cycle, closed_at: datetime) -> set[str]:
    """The stored files of the cycle's forms and those sent while it ran, but for what something
    else needs or was purged before."""
    found = cycle_erasure.files_sent(tx, cycle.id, cycle.opens_at, closed_at)
    for form in results.forms(tx, cycle.id):
        found |= set(whole.file_keys(whole.form(tx, form.form_id)))
    return whole.unpurged(tx, found - whole.keys_elsewhere(tx, cycle.id))

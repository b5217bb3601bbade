"""The versions of a form that finance has, each with all its files."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.calendar import calendar_of
from bot.lateness import lateness
from bot.services import Services
from storage import deliveries, files, seals
from storage.deliveries import Delivery
from storage.files import StoredFile


@dataclass(frozen=True)
class Version:
    """A delivered version: its documents, the evidence in one file, the scans of its sealed
    paper; `late` are working days after its deadline, None for one in time.

    A file that was purged has no name any more. `number` of a file counts the documents, then
    the scans.
    """

    delivery: Delivery
    documents: tuple[StoredFile, ...]
    bundle: StoredFile | None
    seals: tuple[StoredFile, ...]
    late: int | None

    @property
    def number(self) -> int:
        return self.delivery.version

    @property
    def numbered(self) -> tuple[StoredFile, ...]:
        """The documents, then the scans: as they are named in addresses, from 1."""
        return (*self.documents, *self.seals)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of what was delivered has been purged since."""
        return not any(f.purged_at for f in (*self.documents, *self._bundles))

    @property
    def _bundles(self) -> tuple[StoredFile, ...]:
        return (self.bundle,) if self.bundle else ()


def versions_of(services: Services, tx: Connection, form_id: int) -> list[Version]:
    """All versions of a form, the newest first."""
    calendar, zone = calendar_of(tx), services.settings.zone
    found = []
    for delivery in reversed(deliveries.of_form(tx, form_id)):
        scans = seals.of_version(tx, form_id, delivery.version)
        keys = [seal.file_key for seal in scans if seal.code]
        bundle = files.get(tx, delivery.evidence_key) if delivery.evidence_key else None
        late = lateness(delivery, calendar, zone)
        found.append(Version(delivery, _files(tx, delivery.files), bundle, _files(tx, keys), late))
    return found


def _files(tx: Connection, keys: tuple[str, ...] | list[str]) -> tuple[StoredFile, ...]:
    return tuple(file for key in keys if (file := files.get(tx, key)))

"""Makes the archive of a cycle, checks it and puts it into the file store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile

from sqlalchemy import Connection

from bot.archiving.contents import write_archive
from bot.archiving.manifest import Manifest
from bot.archiving.verifying import verify
from bot.documents import fit_name
from bot.phrases import phrase
from bot.services import Services
from storage import archives, cycle_events, files

ZIP = "application/zip"


class NotWhole(Exception):
    """What was just written can't be read back: the disk is full or failing."""


class Overtaken(Exception):
    """Something was purged while the archive was made, which may be in it: it is made anew."""


@dataclass(frozen=True)
class MadeArchive:
    """An archive that lies in the file store and is not noted yet; `at` is as of when."""

    key: str
    name: str
    size: int
    manifest: Manifest
    at: datetime

    @property
    def sha256(self) -> str:
        return self.key[:64]


def make_archive(services: Services, cycle_id: int, by: str) -> MadeArchive:
    """Writes it, reads it back and stores it, outside any transaction. Raises NoSuchCycle,
    NotWhole."""
    now = services.clock()
    with TemporaryFile() as target:
        manifest = write_archive(services, target, cycle_id, by, now)
        size = target.tell()
        if not verify(target).whole:
            raise NotWhole
        local = now.astimezone(services.settings.zone)
        name = fit_name(phrase("archive_file", name=manifest.name, day=f"{local:%Y%m%d%H%M}"))
        key = services.files.put_from(target, name)
    return MadeArchive(key, name, size, manifest, now)


def note_archive(tx: Connection, made: MadeArchive, actor: str, now: datetime) -> int:
    """Notes it as the cycle's; gives its id. Raises Overtaken."""
    if archives.purged_since(tx, made.manifest.cycle_id, made.at):
        raise Overtaken
    files.keep(tx, made.key, made.name, made.size, ZIP, now, made=True)
    archive_id = archives.add(tx, made.manifest.cycle_id, made.key, actor, made.at)
    data = {
        "archive": archive_id,
        "sha256": made.sha256,
        "members": len(made.manifest.members),
        "missing": len(made.manifest.missing),
    }
    cycle_events.note(tx, made.manifest.cycle_id, "archived", actor, now, data)
    return archive_id

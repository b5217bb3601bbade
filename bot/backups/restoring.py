"""Puts a backup back in the place of what is there, which is kept aside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pydantic import ValidationError

from bot.backups.manifest import DATABASE, FILES, KIND, MANIFEST, Manifest
from bot.jobs.tick import NAME
from bot.settings import Settings
from storage import leases, outbox, schema
from storage.backup import NoOnlineCopy, is_whole
from storage.database import Database
from storage.files import FileStore

_PIECE = 1 << 20
_BESIDE = ("-wal", "-shm")


class NotRestored(Exception):
    """A backup that was not put back, with nothing changed: a code of the catalogue
    (`restore_…`) and what it is about."""

    def __init__(self, code: str, **numbers: object) -> None:
        super().__init__(code)
        self.code, self.numbers = code, numbers


@dataclass(frozen=True)
class Restored:
    """What came of it: `aside` is where the database stands that was there before, `doubtful`
    how many messages may have left after the backup was made."""

    manifest: Manifest
    aside: Path | None
    doubtful: int


def restore_backup(settings: Settings, backup: Path, now: datetime, replace: bool) -> Restored:
    """Checks a backup to its end, then puts back files and database.

    What was waiting to be sent is not sent again by itself: it may have left after the backup.
    Raises NotRestored, and OSError.
    """
    url = Database(settings.database_url).url
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NoOnlineCopy
    target = Path(url.database)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / DATABASE
        try:
            with ZipFile(backup) as archive:
                manifest = _checked(archive, copy)
                _check_place(target, now, replace)
                store = FileStore(settings.file_store)
                for each in manifest.files:
                    store.put_back(each.key, each.size, _pieces(archive, FILES + each.key))
        except BadZipFile:
            raise NotRestored("not_a_backup", file=backup.name) from None
        doubtful = _brought_up(copy, now)
        aside = _move_aside(target, now)
        copy.replace(target)
    return Restored(manifest, aside, doubtful)


def _checked(archive: ZipFile, copy: Path) -> Manifest:
    """The manifest of a whole backup; the database is unpacked to `copy`."""
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError):
        raise NotRestored("not_a_backup", file=Path(archive.filename or "").name) from None
    if manifest.kind != KIND or manifest.revision not in schema.revisions():
        raise NotRestored("newer_version", revision=manifest.revision)
    names = set(archive.namelist())
    if DATABASE not in names:
        raise NotRestored("damaged", name=DATABASE)
    with copy.open("xb") as file:
        for piece in _pieces(archive, DATABASE):
            file.write(piece)
    if _digest(_pieces(archive, DATABASE)) != manifest.database_sha256 or not is_whole(copy):
        raise NotRestored("damaged", name=DATABASE)
    for each in manifest.files:
        name = FILES + each.key
        if name not in names or _digest(_pieces(archive, name)) != each.key[:64]:
            raise NotRestored("damaged", name=name)
    return manifest


def _check_place(target: Path, now: datetime, replace: bool) -> None:
    if not target.exists() or not target.stat().st_size:
        return
    if not replace:
        raise NotRestored("something_there", file=target)
    database = Database(f"sqlite:///{target}")
    try:
        with database.read() as tx:
            busy = bool(schema.revision_of(tx)) and leases.held(tx, NAME, now)
    finally:
        database.close()
    if busy:
        raise NotRestored("still_running")


def _brought_up(copy: Path, now: datetime) -> int:
    """Brings a copied database to the present revision; gives how many messages in it may have
    been sent since."""
    database = Database(f"sqlite:///{copy}")
    try:
        schema.upgrade(database)
        with database.begin() as tx:
            doubtful = outbox.doubt_unsent(tx)
            leases.clear(tx)
    finally:
        database.close()
    for ending in _BESIDE:
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    return doubtful


def _move_aside(target: Path, now: datetime) -> Path | None:
    """Keeps the database that is there under another name; its log goes with it."""
    if not target.exists():
        return None
    aside = target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}")
    for ending in ("", *_BESIDE):
        old = target.with_name(target.name + ending)
        if old.exists():
            old.replace(aside.with_name(aside.name + ending))
    return aside


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        while piece := member.read(_PIECE):
            yield piece


def _digest(pieces: Iterator[bytes]) -> str:
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()

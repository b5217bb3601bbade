"""Makes a backup: the database first, then the files that it knows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EEXIST, ENOENT
from hashlib import file_digest
from os import strerror
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.backups.manifest import DATABASE, FILES, MANIFEST, BackedUp, Manifest
from bot.services import Services
from storage import files, schema
from storage.backup import snapshot
from storage.database import Database
from storage.files import FileDamaged, FileMissing


class NothingThere(Exception):
    """The database holds nothing that could be backed up."""


def make_backup(services: Services, out: Path) -> Manifest:
    """Writes a backup to a new file, which is there whole or not at all.

    A file is stored before it is noted, so whatever the copied database knows is there; one that
    was purged in between is left out. Raises NoOnlineCopy, NothingThere, FileExistsError, OSError.
    """
    if out.exists():
        raise FileExistsError(EEXIST, strerror(EEXIST), str(out))
    if not out.absolute().parent.is_dir():
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(out.absolute().parent))
    with _part(out) as part, tempfile.TemporaryDirectory(dir=out.parent) as folder:
        copy = Path(folder) / DATABASE
        snapshot(services.database, copy)
        revision, keys = _known(copy)
        if not revision:
            raise NothingThere
        with ZipFile(part, "x", ZIP_STORED) as archive:
            archive.write(copy, DATABASE, ZIP_DEFLATED)
            stored, missing = [], []
            for key in keys:
                try:
                    size = _add(archive, services, key)
                except (FileMissing, FileDamaged):
                    missing.append(key)
                else:
                    stored.append(BackedUp(key=key, size=size))
            manifest = Manifest(
                made_at=services.clock().isoformat(timespec="seconds"),
                revision=revision,
                database_sha256=_sha256(copy),
                files=tuple(stored),
                missing=tuple(missing),
            )
            archive.writestr(MANIFEST, manifest.model_dump_json(indent=1), ZIP_DEFLATED)
        part.replace(out)
    return manifest


def _add(archive: ZipFile, services: Services, key: str) -> int:
    """Puts a file in, once it was read whole: a damaged one leaves nothing behind."""
    size = sum(len(piece) for piece in services.files.pieces(key))
    with archive.open(ZipInfo(FILES + key), "w", force_zip64=True) as member:
        for piece in services.files.pieces(key):
            member.write(piece)
    return size


def _known(copy: Path) -> tuple[str, list[str]]:
    """The revision of a copied database, and the files that it knows."""
    database = Database(f"sqlite:///{copy}")
    try:
        with database.read() as tx:
            revision = schema.revision_of(tx)
            return revision, files.keys(tx) if revision else []
    finally:
        database.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def _part(out: Path) -> Iterator[Path]:
    """Where it is written until it is whole; gone if that fails."""
    part = out.with_name(f"{out.name}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)

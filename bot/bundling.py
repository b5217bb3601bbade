"""The evidence of a version in one file, made from what lies in the file store and put back there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from tempfile import TemporaryFile

import structlog
from sqlalchemy import Connection

from bot.acts.base import name_of
from bot.documents import file_name
from bot.services import Services
from bot.stored import StoredDocument
from dialogs.case import Waiting
from reports.given import Given
from reports.pieces import Piece, Unreadable
from scoring.engine import score
from storage import evidence
from storage.files import FileDamaged, FileMissing, FileStore

ZIP = "application/zip"
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Bundle:
    """The stored zip, how many files are in it, and the names of those that could not be read."""

    document: StoredDocument
    files: int
    unreadable: tuple[str, ...] = ()


def pieces_of(services: Services, tx: Connection, form_id: int) -> tuple[Piece, ...]:
    """What is given as evidence now, to be read later outside the transaction."""
    zone = services.settings.zone
    return tuple(
        Piece(
            Given(e.item, e.name, e.sha256, name_of(tx, e.given_by), e.given_at.astimezone(zone)),
            e.size,
            _reader(services.files, e.file_key),
        )
        for e in evidence.of_form(tx, form_id)
        if not e.purged_at
    )


def make_bundle(
    services: Services, form: Waiting, version: int, pieces: Sequence[Piece], made_at: datetime
) -> Bundle | None:
    """Writes the zip through a file of its own and stores it; None where nothing was given. Slow:
    never to be called inside a reply."""
    if not pieces:
        return None
    # Only the worker needs these libraries, so a web process doesn't load them.
    writing = import_module("reports.evidence_bundle")
    with TemporaryFile() as target:
        packed = writing.write_bundle(
            target,
            form.standard,
            score(form.standard, form.answers),
            pieces,
            department=form.form.department,
            version=version,
            made_at=made_at.astimezone(services.settings.zone),
        )
        size = target.tell()
        name = file_name("bundle_name", form.form, version)
        key = services.files.put_from(target, name)
    if packed.unreadable:
        log.error("evidence_unreadable", form=form.form.id, count=len(packed.unreadable))
    made = StoredDocument(key, name, size, ZIP, made=True)
    return Bundle(made, packed.files, packed.unreadable)


def _reader(files: FileStore, key: str) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        try:
            yield from files.pieces(key)
        except (FileMissing, FileDamaged) as fault:
            raise Unreadable from fault

    return read

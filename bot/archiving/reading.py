"""Reads a stored archive back, so that its content can be trusted."""

from __future__ import annotations

from tempfile import TemporaryFile

from bot.archiving.verifying import Fault, Verdict, verify
from bot.services import Services
from storage.archives import Archive
from storage.files import FileDamaged, FileMissing


def verify_stored(services: Services, archive: Archive) -> Verdict:
    """The verdict on an archive in the file store. Slow: it reads the whole of it."""
    with TemporaryFile() as copy:
        try:
            for piece in services.files.pieces(archive.file_key):
                copy.write(piece)
        except FileMissing:
            return Verdict(None, (Fault("gone"),))
        except FileDamaged:
            return Verdict(None, (Fault("damaged"),))
        copy.seek(0)
        return verify(copy)

"""All evidence of a delivered version in one zip: by indicator, with an index and hashes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reports.bundle_index import Entry, build_bundle_index
from reports.bundle_names import BundleNames
from reports.inspection.naming import suffix_of
from reports.pieces import Piece, Unreadable
from reports.wording import say
from scoring.sheet import ScoreSheet
from scoring.standard import Standard

_HELD = 4 << 20
"""Of one file so many bytes are held in memory; what is more goes through the disk."""
_PACKED_ALREADY = {
    ".pdf", ".docx", ".xlsx", ".ofd", ".zip", ".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif",
}  # fmt: skip
_EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001 - a zip knows local times from then on
_READABLE = 0o644 << 16
_MADE_ON_UNIX = 3


@dataclass(frozen=True)
class Packed:
    """How many files are in a bundle, and the names of those that could not be read."""

    files: int
    unreadable: tuple[str, ...]


def write_bundle(
    target: BinaryIO,
    standard: Standard,
    sheet: ScoreSheet,
    pieces: Sequence[Piece],
    *,
    department: str,
    version: int,
    made_at: datetime,
) -> Packed:
    """Writes the zip into an open file, one piece at a time; the same arguments give the same
    bytes. A file given for several items is in the folder of each.

    What can't be read is left out, and the index says so. The hashes stand in a text that
    `sha256sum -c` reads. `made_at` is an aware local time.
    """
    names = BundleNames(standard)
    entries: list[Entry] = []
    with ZipFile(target, "w", ZIP_DEFLATED) as bundle:
        for piece in _ordered(standard, pieces):
            path = names.place(piece.given.item, piece.given.name)
            packed = _add(bundle, path, piece)
            entries.append(Entry(piece.given, path if packed else "", piece.size))
        index = build_bundle_index(
            standard, sheet, entries, department=department, version=version, made_at=made_at
        )
        _write(bundle, say("bundle_index_name"), index, made_at)
        _write(bundle, say("bundle_sums_name"), _sums(entries, index), made_at)
    gone = tuple(entry.given.name for entry in entries if not entry.path)
    return Packed(len(entries) - len(gone), gone)


def _ordered(standard: Standard, pieces: Sequence[Piece]) -> list[Piece]:
    """By indicator and item; what is under no item comes last."""
    items = [item.id for indicator in standard.indicators for item in indicator.evidence]
    rank = {item: place for place, item in enumerate(items)}
    return sorted(pieces, key=lambda piece: rank.get(piece.given.item, len(rank)))


def _add(bundle: ZipFile, path: str, piece: Piece) -> bool:
    """Read to its end before a byte of it is written: what is damaged must leave no trace."""
    with SpooledTemporaryFile(_HELD) as whole:
        try:
            for part in piece.read():
                whole.write(part)
        except Unreadable:
            return False
        member = _member(path, piece.given.given_at)
        member.file_size = whole.tell()
        whole.seek(0)
        with bundle.open(member, "w") as inside:
            shutil.copyfileobj(whole, inside, 1 << 16)
    return True


def _write(bundle: ZipFile, name: str, content: bytes, at: datetime) -> None:
    bundle.writestr(_member(name, at), content)


def _member(name: str, at: datetime) -> ZipInfo:
    local = max(at.replace(tzinfo=None), _EARLIEST)
    member = ZipInfo(name, local.timetuple()[:6])
    packed = suffix_of(name) in _PACKED_ALREADY
    member.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    member.external_attr = _READABLE
    member.create_system = _MADE_ON_UNIX
    return member


def _sums(entries: Sequence[Entry], index: bytes) -> bytes:
    """A line for each file, as `sha256sum` writes and checks it."""
    lines = [(sha256(index).hexdigest(), say("bundle_index_name"))]
    lines += [(entry.given.sha256, entry.path) for entry in entries if entry.path]
    return "".join(f"{digest}  {name}\n" for digest, name in lines).encode()

"""Says whether an archive is whole: every member there, every byte as the manifest says."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from pydantic import ValidationError

from bot.archiving.manifest import FORMAT, MANIFEST, SUMS, Manifest, Member, sums_of

_PART = 1 << 18
_LONGEST_MANIFEST = 256 << 20
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


@dataclass(frozen=True)
class Fault:
    """What is wrong: a code (`archive_fault_…`) and which member it is about."""

    code: str
    path: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was found. `manifest` is None where it can't be read; `complete` says that nothing was
    missing when the archive was made."""

    manifest: Manifest | None
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        return self.manifest is not None and not self.faults

    @property
    def complete(self) -> bool:
        return self.whole and self.manifest is not None and not self.manifest.missing


def verify(file: BinaryIO) -> Verdict:
    """Reads an archive from its start to its end. Never raises for what is wrong with it."""
    try:
        with ZipFile(file) as archive:
            return _verified(archive)
    except _BROKEN:
        return Verdict(None, (Fault("no_zip"),))


def _verified(archive: ZipFile) -> Verdict:
    names = archive.namelist()
    manifest = _manifest(archive)
    if manifest is None:
        return Verdict(None, (Fault("no_manifest"),))
    if manifest.format > FORMAT:
        return Verdict(None, (Fault("newer"),))
    expected = {MANIFEST, SUMS, *(each.path for each in manifest.members)}
    faults = [Fault("absent", path) for path in sorted(expected - set(names))]
    faults += [Fault("extra", path) for path in sorted(set(names) - expected)]
    faults += [Fault("twice", path) for path in sorted({n for n in names if names.count(n) > 1})]
    there = set(names)
    faults += [
        Fault("changed", each.path)
        for each in manifest.members
        if each.path in there and not _is_as_said(archive, each)
    ]
    sums = sums_of(manifest.members)
    as_said = Member(path=SUMS, size=len(sums), sha256=sha256(sums).hexdigest(), kind="made")
    if SUMS in there and not _is_as_said(archive, as_said):
        faults.append(Fault("changed", SUMS))
    return Verdict(manifest, tuple(faults))


def _manifest(archive: ZipFile) -> Manifest | None:
    try:
        with archive.open(MANIFEST) as inside:
            return Manifest.model_validate_json(inside.read(_LONGEST_MANIFEST))
    except (KeyError, ValidationError, *_BROKEN):
        return None


def _is_as_said(archive: ZipFile, member: Member) -> bool:
    """Reads no further than the size that is said: a member may unpack to anything."""
    digest, size = sha256(), 0
    try:
        with archive.open(member.path) as inside:
            while part := inside.read(_PART):
                size += len(part)
                if size > member.size:
                    return False
                digest.update(part)
    except _BROKEN:
        return False
    return size == member.size and digest.hexdigest() == member.sha256

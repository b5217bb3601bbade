"""Writes an archive member by member, never holding more than a piece of one in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.archiving.manifest import MANIFEST, SUMS, Manifest, Member, Missing, sums_of
from storage.files import FileDamaged, FileMissing

_PACKED_ALREADY = frozenset(
    (".pdf", ".docx", ".xlsx", ".ofd", ".zip", ".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif")
)
_READABLE = 0o644 << 16
_UNIX = 3
_PART = 1 << 18


class ArchiveWriter:
    """A zip being written. No two members have the same path; each is noted with its hash."""

    def __init__(self, target: BinaryIO, at: datetime) -> None:
        """`at` is the local time that the members bear."""
        self._zip = ZipFile(target, "w", ZIP_DEFLATED)
        self._at = at
        self._taken: set[str] = set()
        self._members: list[Member] = []
        self._missing: list[Missing] = []

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(
        self,
        path: str,
        content: Iterable[bytes],
        kind: Literal["data", "made"] = "data",
        form_id: int = 0,
    ) -> None:
        """Writes a member from its pieces."""
        free = self._free(path)
        digest, size = self._write(free, content)
        self._members.append(
            Member(path=free, size=size, sha256=digest, kind=kind, form_id=form_id)
        )

    def add_stored(self, path: str, key: str, read: Callable[[], Iterable[bytes]]) -> None:
        """Writes a stored file; one that is gone or damaged is noted as missing, and no byte of
        it is in the archive."""
        with TemporaryFile() as whole:
            try:
                for part in read():
                    whole.write(part)
            except (FileMissing, FileDamaged):
                self._missing.append(Missing(path=path, key=key))
                return
            whole.seek(0)
            free = self._free(path)
            digest, size = self._write(free, iter(lambda: whole.read(_PART), b""))
        self._members.append(Member(path=free, size=size, sha256=digest, kind="file", key=key))

    def finish(self, manifest: Manifest) -> Manifest:
        """Writes sums and manifest, then the zip's end; gives the manifest with all members."""
        whole = manifest.model_copy(
            update={"members": tuple(self._members), "missing": tuple(self._missing)}
        )
        self._write(SUMS, [sums_of(whole.members)])
        self._write(MANIFEST, [whole.model_dump_json(indent=1).encode()])
        self._zip.close()
        return whole

    def _write(self, path: str, content: Iterable[bytes]) -> tuple[str, int]:
        member = ZipInfo(path, self._at.timetuple()[:6])
        packed = PurePosixPath(path).suffix.lower() in _PACKED_ALREADY
        member.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
        member.external_attr, member.create_system = _READABLE, _UNIX
        digest, size = sha256(), 0
        with self._zip.open(member, "w", force_zip64=True) as inside:
            for part in content:
                digest.update(part)
                size += len(part)
                inside.write(part)
        return digest.hexdigest(), size

    def _free(self, path: str) -> str:
        """The path, or one beside it that is not taken: systems may not tell cases apart."""
        at = PurePosixPath(path)
        free, number = path, 1
        while free.casefold() in self._taken:
            number += 1
            free = str(at.with_name(f"{at.stem}({number}){at.suffix}"))
        self._taken.add(free.casefold())
        return free

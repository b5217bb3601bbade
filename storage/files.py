"""The files people give and the documents made for them: bytes in a store, the rest in a table."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Any, BinaryIO
from uuid import uuid4

import fsspec
from sqlalchemy import Connection, bindparam, select, update

from storage.conflicts import ConflictInsert
from storage.models import File, table
from storage.rows import columns

_KEY = re.compile(r"[0-9a-f]{64}-[0-9a-f]{8}(\.[0-9a-z]{1,8})?")
_SUFFIX = re.compile(r"\.[0-9a-z]{1,8}")
PIECE = 1 << 20
"""How many bytes are held at a time of a file that is read or stored piece by piece."""


class FileMissing(LookupError):
    """The file store has no file under this key."""


class FileDamaged(Exception):
    """The stored bytes are not those that were put in: their sha256 differs."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is on record of a stored file; a purged one has lost its name."""

    key: str
    name: str
    size: int
    sha256: str
    content_type: str
    stored_at: datetime
    purged_at: datetime | None = None
    warnings: Mapping[str, int] | None = None


_files = table(File)
_KEEP = ConflictInsert(lambda insert: insert(_files).on_conflict_do_nothing())


def _keeping_made(insert: Any) -> Any:
    new = insert(_files)
    return new.on_conflict_do_update(
        index_elements=["key"],
        set_={"name": new.excluded.name, "stored_at": new.excluded.stored_at, "purged_at": None},
        where=_files.c.purged_at.is_not(None),
    )


_KEEP_MADE = ConflictInsert(_keeping_made)
_this = _files.c.key == bindparam("file")
_GET = select(*columns(_files, StoredFile)).where(_this)
_PURGE = (
    update(_files)
    .where(_this, _files.c.purged_at.is_(None))
    .values(name="", purged_at=bindparam("now"))
    .returning(_files.c.key)
)
_STANDING = select(_files.c.key).where(
    _files.c.sha256 == bindparam("hash"), _files.c.purged_at.is_(None)
)
_KEYS = select(_files.c.key).where(_files.c.purged_at.is_(None)).order_by(_files.c.key)
_KNOWN = select(_files.c.key).where(_files.c.sha256 == bindparam("hash")).limit(1)


class FileStore:
    """Keeps bytes under a folder or any other root that fsspec knows, such as `s3://bucket/x`.

    The key holds the content's sha256, a mark of the name and the ending, nothing else of it.
    """

    def __init__(self, root: str) -> None:
        self._system, self._root = fsspec.core.url_to_fs(root)

    def put(self, data: bytes, name: str) -> str:
        """Stores bytes and gives their key; the same bytes under the same name have the same."""
        key = _key(sha256(data).hexdigest(), name)
        self._keep(key, len(data), (data,))
        return key

    def put_from(self, source: BinaryIO, name: str) -> str:
        """Stores what a file open for reading holds from its beginning, piece by piece, and gives
        its key: the same as `put` gives."""
        digest, size = sha256(), 0
        for piece in _pieces(source):
            digest.update(piece)
            size += len(piece)
        key = _key(digest.hexdigest(), name)
        self._keep(key, size, _pieces(source))
        return key

    def _keep(self, key: str, size: int, pieces: Iterable[bytes]) -> None:
        path = self._path(key)
        if self._system.exists(path) and self._system.size(path) == size:
            return
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        part = f"{path}.{uuid4().hex}.part"
        with self._system.open(part, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            with suppress(OSError, AttributeError):  # only a file on this machine's disk has one
                os.fsync(file.fileno())
        self._system.mv(part, path)

    def put_back(self, key: str, size: int, pieces: Iterable[bytes]) -> None:
        """Stores bytes under the key that `put` gave them once; what is there stays. Raises
        FileMissing for what is no key."""
        if not _KEY.fullmatch(key):
            raise FileMissing(f"{key!r} is not the key of a stored file")
        self._keep(key, size, pieces)

    def get(self, key: str) -> bytes:
        """Gives the bytes. Raises FileMissing or FileDamaged."""
        if not _KEY.fullmatch(key):
            raise FileMissing(f"{key!r} is not the key of a stored file")
        try:
            data: bytes = self._system.cat_file(self._path(key))
        except FileNotFoundError:
            raise FileMissing(f"the file store has no file {key}") from None
        if sha256(data).hexdigest() != key[:64]:
            raise FileDamaged(f"the stored file {key} has changed since it was put in")
        return data

    def pieces(self, key: str) -> Iterator[bytes]:
        """Gives the bytes piece by piece, the last one only once all were found undamaged. Raises
        FileMissing at once, FileDamaged at the end."""
        if not _KEY.fullmatch(key) or not self._system.exists(self._path(key)):
            raise FileMissing(f"the file store has no file {key!r}")
        return self._checked(key)

    def _checked(self, key: str) -> Iterator[bytes]:
        digest, held = sha256(), b""
        with self._system.open(self._path(key), "rb") as file:
            for piece in _pieces(file):
                digest.update(piece)
                if held:
                    yield held
                held = piece
        if digest.hexdigest() != key[:64]:
            raise FileDamaged(f"the stored file {key} has changed since it was put in")
        if held:
            yield held

    def erase(self, key: str, but: Collection[str] = ()) -> bool:
        """Deletes the bytes for good, under whatever name they were stored and whether or not
        the database ever learned of it; `but` are keys to leave. False if there are none. Raises
        FileMissing for what is no key. Note the purge in the same act: see `purge`."""
        if not _KEY.fullmatch(key):
            raise FileMissing(f"{key!r} is not the key of a stored file")
        folder = self._path(key).rpartition("/")[0]
        self._system.invalidate_cache(folder)
        try:
            there = self._system.ls(folder, detail=False)
        except FileNotFoundError:
            return False
        names = {path.rpartition("/")[2]: path for path in there}
        gone = [path for name, path in names.items() if name[:64] == key[:64] and name not in but]
        for path in gone:
            with suppress(FileNotFoundError):
                self._system.rm_file(path)
        return bool(gone)

    def _path(self, key: str) -> str:
        return f"{self._root}/{key[:2]}/{key}"


def keep(
    tx: Connection,
    key: str,
    name: str,
    size: int,
    content_type: str,
    now: datetime,
    warnings: Mapping[str, int] | None = None,
    made: bool = False,
) -> None:
    """Notes a file that `FileStore.put` has stored; one noted before stays as it is. `warnings`
    counts the private numbers found in it by kind.

    `made` is a document that we made, from what stands in the database now: if one of the same
    bytes was purged before, for what it might have held, it is there again.
    """
    values = {"key": key, "name": name, "size": size, "content_type": content_type}
    noted = {"sha256": key[:64], "stored_at": now, "warnings": dict(warnings or {}) or None}
    tx.execute((_KEEP_MADE if made else _KEEP).on(tx), values | noted)


def get(tx: Connection, key: str) -> StoredFile | None:
    row = tx.execute(_GET, {"file": key}).first()
    return StoredFile(*row) if row else None


def keys(tx: Connection) -> list[str]:
    """Gives the keys of all files that are not purged."""
    return list(tx.execute(_KEYS).scalars())


def standing(tx: Connection, key: str) -> set[str]:
    """The keys under which the same bytes are noted and not purged."""
    return set(tx.execute(_STANDING, {"hash": key[:64]}).scalars())


def was_purged(tx: Connection, sha256: str) -> bool:
    """Whether these bytes were purged, on whichever form, and are noted nowhere since."""
    return bool(tx.execute(_KNOWN, {"hash": sha256}).first()) and not standing(tx, sha256)


def purge(tx: Connection, key: str, now: datetime) -> bool:
    """Takes a file's name off the record and notes that its bytes are gone; False if they were
    before. What remains, size and sha256, is the tombstone."""
    return tx.execute(_PURGE, {"file": key, "now": now}).first() is not None


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    source.seek(0)
    while piece := source.read(PIECE):
        yield piece


def _key(digest: str, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    mark = sha256(name.encode()).hexdigest()[:8]
    return f"{digest}-{mark}{suffix if _SUFFIX.fullmatch(suffix) else ''}"

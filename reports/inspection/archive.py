"""A zip read without trusting it: neither its names nor the sizes that it claims."""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator

from reports.inspection.verdict import Limits, Refused

_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 16
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile(r"[A-Za-z]:")


class Archive:
    """The members of a zip by name; all its promises are checked when it is opened.

    Raises Refused: damaged, encrypted, too_many_members, bomb, bad_path, link, same_names,
    packing.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        # A directory of millions of entries would fill the memory before it could be counted.
        if data.count(_ENTRY) > limits.members * 10:
            raise Refused("too_many_members", limit=limits.members)
        self._limits, self._size, self._spent = limits, len(data), 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception:
            raise Refused("damaged") from None
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        self.members = {name_of(info): info for info in infos}
        self._check(infos)

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > self._limits.members:
            raise Refused("too_many_members", limit=self._limits.members)
        folded = {unicodedata.normalize("NFC", name).casefold() for name in self.members}
        if len(folded) < len(infos):
            raise Refused("same_names")
        # Members that lie on top of each other: a small file that never ends unpacking.
        if sum(info.compress_size for info in infos) > self._size:
            raise Refused("bomb")
        for info in infos:
            if info.flag_bits & _ENCRYPTED:
                raise Refused("encrypted")
            if info.compress_type not in _METHODS:
                raise Refused("packing")
            mode = info.external_attr >> 16
            if mode and not (stat.S_ISREG(mode) or stat.S_IFMT(mode) == 0):
                raise Refused("link", name=name_of(info))

    def read(self, name: str, most: int | None = None) -> bytes:
        """A member's bytes, counted while they are unpacked. Raises Refused."""
        info = self.members[name]
        limit = self._limits.unpacked if most is None else most
        parts, size = [], 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self._count(len(chunk), size, info.compress_size, limit)
                    parts.append(chunk)
        except Refused:
            raise
        except Exception:
            raise Refused("damaged") from None
        return b"".join(parts)

    def _count(self, more: int, size: int, packed: int, limit: int) -> None:
        self._spent += more
        if self._spent > self._limits.unpacked:
            raise Refused("bomb")
        if size > self._limits.ratio_from and size > packed * self._limits.ratio:
            raise Refused("bomb")
        if size > limit:
            raise Refused("part_too_big")

    def head(self, name: str, length: int = 4096) -> bytes:
        """The beginning of a member, as far as it can be read."""
        try:
            with self._zip.open(self.members[name]) as member:
                return member.read(length)
        except Exception:
            raise Refused("damaged") from None

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Every member with its bytes, one at a time."""
        for name in self.members:
            yield name, self.read(name)


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name with / between folders, in whichever code it was written. Raises Refused
    for one that leads out of the archive."""
    raw = info.orig_filename
    if not info.flag_bits & _UTF8:
        raw = _decoded(raw)
    name = raw.replace("\\", "/")
    parts = name.split("/")
    if not name or name.startswith("/") or _DRIVE.match(name) or ".." in parts or "\0" in name:
        raise Refused("bad_path")
    return name


def _decoded(raw: str) -> str:
    """The library reads unmarked names as cp437; Chinese Windows writes them in GBK."""
    try:
        written = raw.encode("cp437")
    except UnicodeEncodeError:
        return raw
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw

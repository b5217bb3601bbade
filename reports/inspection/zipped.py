"""Zips that people pack themselves: their members one by one, each looked at by itself."""

from __future__ import annotations

from collections.abc import Iterator

from reports.inspection import ofd, office
from reports.inspection.archive import Archive
from reports.inspection.signature import seen_as
from reports.inspection.verdict import LIMITS, Limits, Refused

# What computers put in by themselves.
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_PROGRAM = ("meta-inf/manifest.mf", "androidmanifest.xml", "classes.dex")


def unpack(data: bytes, limits: Limits = LIMITS) -> Iterator[tuple[str, bytes]]:
    """The members with their folders in the name, one at a time; none is looked into yet.

    Everything about the zip as a whole is checked before the first one comes, sizes while they
    are unpacked. Raises Refused.
    """
    archive = opened(data, limits)
    for name in archive.members:
        if not is_litter(name):
            yield name, archive.read(name, limits.largest)


def is_packed(data: bytes, limits: Limits = LIMITS) -> bool:
    """Whether these are files that people packed: no other archive, and no Office or OFD file
    whose name says zip."""
    if seen_as(data) != "zip":
        return False
    try:
        archive = Archive(data, limits)
    except Refused:
        return True  # the reason comes with the unpacking
    return not office.is_package(archive) and not ofd.is_ofd(archive)


def opened(data: bytes, limits: Limits) -> Archive:
    """A zip that people packed. Raises Refused, also for programs that are zips inside, and
    for an empty one."""
    archive = Archive(data, limits)
    if any(name.lower() in _PROGRAM for name in archive.members):
        raise Refused("packed_program")
    if all(is_litter(name) for name in archive.members):
        raise Refused("empty_zip")
    return archive


def is_litter(name: str) -> bool:
    """Whether a path is what systems and office programs leave beside people's files.

    >>> is_litter("材料/.DS_Store"), is_litter("~$三定方案.docx"), is_litter("三定方案.docx")
    (True, True, False)
    """
    last = name.rpartition("/")[2].lower()
    return name.lower().startswith(_LITTER[0]) or last in _LITTER or last.startswith(("~$", "._"))

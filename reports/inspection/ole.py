"""The old compound files: .doc, .xls, .ppt, installers, and Office files under a password."""

from __future__ import annotations

from reports.inspection.verdict import Refused

# Names of streams, which the format keeps in UTF-16; the first that is there decides.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("_VBA_PROJECT", "macros"),
    ("WordDocument", "old_word"),
    ("Workbook", "old_excel"),
    ("Book", "old_excel"),
    ("PowerPoint Document", "slides"),
)


def refuse(data: bytes) -> None:
    """Always raises Refused, with what to do: the format can hide too much to be looked through."""
    for name, code in _STREAMS:
        if name.encode("utf-16-le") in data:
            raise Refused(code)
    raise Refused("old_other")

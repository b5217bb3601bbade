"""Names of files: made safe to keep and to show, and what their ending promises."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from reports.inspection.signature import IMAGES
from reports.inspection.verdict import Refused, known_as

LONGEST = 120
# Characters that turn the reading direction: fdp.exe is shown as exe.pdf.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_SUFFIX = re.compile(r"\.[0-9A-Za-z]{1,8}")
# Endings that promise the same thing: WPS writes docx into .doc, phones call a PNG .jpg.
_SAME = {
    "docx": {".docx", ".doc", ".wps"},
    "xlsx": {".xlsx", ".xls", ".et"},
    "pdf": {".pdf"},
    "ofd": {".ofd"},
    "zip": {".zip"},
    "image": {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".tif", ".tiff", ".webp", ".heic",
        ".heif", ".gif",
    },
}  # fmt: skip


def clean_name(name: str) -> str:
    """The name without folders and without what can't be shown; at most 120 characters.

    >>> clean_name("C:\\\\temp\\\\report.docx"), clean_name("a/b:c.pdf")
    ('report.docx', 'b_c.pdf')
    """
    bare = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(c for c in _TURNING.sub("", bare) if unicodedata.category(c)[0] != "C")
    shown = _FORBIDDEN.sub("_", shown).strip(" .")
    if len(shown) > LONGEST:
        suffix = suffix_of(shown)
        shown = shown[: LONGEST - len(suffix)] + suffix
    return shown


def suffix_of(name: str) -> str:
    """The ending in small letters with its dot; "" where there is none.

    >>> suffix_of("a.b.PDF"), suffix_of("photo")
    ('.pdf', '')
    """
    suffix = PurePosixPath(name.replace("\\", "/").strip()).suffix
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else ""


def check_name(name: str, kind: str) -> None:
    """Refuses a name that turns its reading direction, and one whose ending promises something
    quite different. A missing ending promises nothing."""
    if _TURNING.search(name):
        raise Refused("disguised_name")
    suffix = suffix_of(name)
    if suffix and suffix not in _SAME[kind]:
        raise Refused("mismatch", suffix=suffix, really=known_as(kind))


def kind_of(seen: str) -> str:
    """The kind that a seen type belongs to."""
    return "image" if seen in IMAGES else seen

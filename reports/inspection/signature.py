"""What bytes really are, whatever their name says."""

from __future__ import annotations

import re

import filetype

# Beginnings of what a computer would run, and of what hides something to run.
_PROGRAMS = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),  # Java classes and universal Mach-O
    (b"dex\n", "program"),
    (b"\x00asm", "program"),
    (b"#!", "script"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
    (b"[Desktop Entry]", "shortcut"),
    (b"ITSF", "help_file"),
)
_FORMATS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # one without members
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"BM", "bmp"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
)
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_PAGES = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|%|\?php)[\s>%]", re.I)
_SCRIPTS = re.compile(
    rb"^\s*(?:@echo\s+off|<\?php|<job|option\s+explicit|import\s+os\b|"
    rb"(?:on\s+error\s+resume|set\s+\w+\s*=\s*createobject)|\$\w+\s*=|powershell)",
    re.I,
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x7f]")
_HEAD = 4096
_KNOWN = {
    "rar": "archive", "7z": "archive", "gz": "archive", "tar": "archive", "bz2": "archive",
    "xz": "archive", "zst": "archive", "cab": "archive", "lz": "archive",
    "mp4": "video", "mov": "video", "avi": "video", "wmv": "video", "mkv": "video",
    "mp3": "sound", "wav": "sound", "amr": "sound", "m4a": "sound", "ogg": "sound",
    "exe": "program", "dmg": "program", "deb": "program", "crx": "program",
    "swf": "program", "webp": "webp", "avif": "heic", "psd": "drawing", "dwg": "drawing",
}  # fmt: skip

IMAGES = frozenset({"jpg", "png", "bmp", "gif", "tif", "webp", "heic"})
DANGEROUS = frozenset({"program", "script", "shortcut", "help_file", "web_page"})


def seen_as(data: bytes) -> str:
    """What the content is: an accepted kind, a member of DANGEROUS, or another name for which
    the catalogue has words; "unknown" in the end.

    >>> seen_as(b"MZ\\x90"), seen_as(b"%PDF-1.7"), seen_as(b"PK\\x03\\x04")
    ('program', 'pdf', 'zip')
    """
    head = data[:_HEAD]
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, name in (*_PROGRAMS, *_FORMATS):
        if head.startswith(start) and not (name == "bmp" and not _is_bmp(data)):
            return name
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "heic"
    if bare.startswith(b"%PDF-"):  # some systems put an empty line before it
        return "pdf"
    return _KNOWN.get(_extension(head)) or _as_words(bare)


def _is_bmp(data: bytes) -> bool:
    """BM alone begins many a text; a picture's header is followed by its own length."""
    return len(data) >= 26 and data[14:18] in (
        b"\x0c\0\0\0", b"\x28\0\0\0", b"\x34\0\0\0", b"\x38\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0",
    )  # fmt: skip


def _extension(head: bytes) -> str:
    # The tar check of the library looks at byte 257, well inside the head.
    return str(filetype.guess_extension(head) or "") if head else ""


def _as_words(head: bytes) -> str:
    plain = head.replace(b"\x00", b"")  # a page in UTF-16 looks like one all the same
    if _PAGES.search(plain[:1024].removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return "web_page"
    if _SCRIPTS.match(plain):
        return "script"
    if b"%PDF-" in head[:1024]:
        return "pdf_behind"
    if plain.startswith(b"<?xml"):
        return "xml"
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # text in UTF-16 is full of zeros
    is_text = plain and (wide or plain == head) and not _CONTROLS.search(plain)
    return "text" if is_text else "unknown"

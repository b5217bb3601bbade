"""PDF: its text, and what in it would run, open or carry something else."""

from __future__ import annotations

import io
import logging
import re
import time
import zipfile
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from reports.inspection.verdict import Limits, Refused

# Its warnings quote the file, and no word of a file may reach a log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_RUNNING = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/GoToE"}
# Fine behind a link that somebody clicks on, not as something that happens by itself.
_REACHING = {"/URI", "/SubmitForm", "/GoToR"}
_KEYS = {"/JS": "pdf_script", "/JavaScript": "pdf_script", "/XFA": "pdf_form"}
_MEDIA = {"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"}
# Names that stand unpacked, wherever a reader more patient than ours might find them; each
# character may be written as #xx. Shorter names would turn up in pictures by chance.
_PLAIN = {b"JavaScript": "pdf_script", b"Launch": "pdf_launch", b"RichMedia": "pdf_media"}
_SECONDS = 15.0
_FEW: dict[str, Any] = {
    "zlib_maximum_output_length": 64 * 1024 * 1024,
    "lzw_maximum_output_length": 64 * 1024 * 1024,
    "run_length_maximum_output_length": 64 * 1024 * 1024,
    "stream_parsing_work_maximum_count": 200_000,
    "xform_maximum_invocations_per_extraction": 50,
    "page_tree_maximum_entries": 20_000,
    "jbig2dec_binary": None,
}


def read_pdf(data: bytes, limits: Limits) -> tuple[str, int]:
    """The text of the first pages and the number of all. Raises Refused: damaged, encrypted,
    too_complex, pdf_script, pdf_launch, pdf_media, pdf_form, pdf_attachment."""
    _check_names(data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("pdf_attachment")
    try:
        with apply_configuration(**_FEW):
            reader = _opened(data)
            _check_objects(reader, limits)
            return _text(reader, limits), len(reader.pages)
    except Refused:
        raise
    except Exception:
        raise Refused("damaged") from None


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    # Without a password it opens for everybody; only printing or changing is locked then.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("encrypted")
    return reader


def _written(name: bytes) -> bytes:
    parts = [re.escape(bytes([c])) + b"|#" + b"%02x" % c for c in name]
    return b"/" + b"".join(b"(?:" + part + b")" for part in parts)


_PATTERNS = [
    (re.compile(_written(name), re.I if name != b"Launch" else 0), code)
    for name, code in _PLAIN.items()
]


def _check_names(data: bytes) -> None:
    for pattern, code in _PATTERNS:
        if pattern.search(data):
            raise Refused(code)


def _check_objects(reader: PdfReader, limits: Limits) -> None:
    """Looks at every object, whether a page uses it or not."""
    ids = {(number, made) for made, found in reader.xref.items() for number in found}
    ids |= {(number, 0) for number in reader.xref_objStm}
    if len(ids) > limits.pdf_objects:
        raise Refused("too_complex")
    left = limits.pdf_objects * 20
    for number, made in sorted(ids):
        for part in _parts(_fetched(reader, number, made)):
            left -= 1
            if left <= 0:
                raise Refused("too_complex")
            _check_part(part)
    for part in _parts(reader.trailer):
        _check_part(part)


def _fetched(reader: PdfReader, number: int, made: int) -> Any:
    try:
        return reader.get_object(IndirectObject(number, made, reader))
    except Exception:  # one broken object that no page needs is no reason to refuse the file
        return None


def _parts(root: Any) -> Iterator[DictionaryObject]:
    """The dictionaries inside an object, without following references."""
    stack = [root]
    while stack:
        part = stack.pop()
        if isinstance(part, DictionaryObject):
            yield part
            stack.extend(part.values())
        elif isinstance(part, ArrayObject):
            stack.extend(part)


def _check_part(part: DictionaryObject) -> None:
    action = str(part.raw_get("/S")) if "/S" in part else ""
    if action in _RUNNING:
        raise Refused("pdf_script" if action == "/JavaScript" else "pdf_launch")
    if str(part.raw_get("/Subtype")) in _MEDIA if "/Subtype" in part else False:
        raise Refused("pdf_media")
    for key, code in _KEYS.items():
        if key in part:
            raise Refused(code)
    for key in ("/OpenAction", "/AA"):
        if key in part:
            _check_unasked(part[key])
    if "/EF" in part:
        _check_attachment(part)


def _check_unasked(found: Any) -> None:
    """What a file does when it is opened or a page is turned to."""
    for part in _parts(found.get_object()):
        for action in (part, *(one.get_object() for one in part.values())):
            if isinstance(action, DictionaryObject) and str(action.get("/S")) in _REACHING:
                raise Refused("pdf_launch")


def _check_attachment(part: DictionaryObject) -> None:
    """Electronic vouchers carry their data as XML; nothing else is let through unseen."""
    files = part["/EF"].get_object()
    if not isinstance(files, DictionaryObject):
        return
    for value in files.values():
        stream = value.get_object()
        data = stream.get_data() if isinstance(stream, StreamObject) else b""
        if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
            raise Refused("pdf_attachment")


def _text(reader: PdfReader, limits: Limits) -> str:
    """Page by page, as far as the limits and the time go; a page that can't be read gives none."""
    parts: list[str] = [_title(reader)]
    until = time.monotonic() + _SECONDS
    for number in range(min(len(reader.pages), limits.pdf_pages)):
        if sum(map(len, parts)) > limits.text or time.monotonic() > until:
            break
        try:
            page = reader.pages[number]
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) <= limits.pdf_page_bytes:
                parts.append(page.extract_text())
        except Exception:  # noqa: S112 - the page is shown as it is, it only can't be searched
            continue
    return "\n".join(parts)[: limits.text]


def _title(reader: PdfReader) -> str:
    try:
        found = reader.metadata
        return "\n".join(filter(None, [found.title, found.subject])) if found else ""
    except Exception:
        return ""

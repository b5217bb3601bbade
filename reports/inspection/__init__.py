"""Looks at a file that somebody brings before anything of it is kept: bytes in, verdict out.

The content decides what a file is, never its name. Nothing is run, fetched or drawn; sizes that
a file claims are not believed. One kind of file, one small module.
"""

from __future__ import annotations

import re
from collections import Counter

from reports.inspection import docx, image, ofd, office, ole, pdf, xlsx, zipped
from reports.inspection.archive import Archive
from reports.inspection.naming import check_name, clean_name, kind_of, suffix_of
from reports.inspection.signature import DANGEROUS, IMAGES, seen_as
from reports.inspection.verdict import LIMITS, Inspected, Limits, Refused, known_as
from reports.inspection.zipped import is_litter, is_packed, unpack
from scoring.sensitive import private_numbers, secrecy_mark

__all__ = [
    "LIMITS",
    "Inspected",
    "Limits",
    "Refused",
    "clean_name",
    "inspect",
    "is_litter",
    "is_packed",
    "unpack",
]

_OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# In a name a marking stands between such signs and numbers, or is a folder's name.
_MARKED_APART = re.compile(r"(?:[-_—– .．+＋/\\0-9]|[(（]\d+[)）])+")
_DEEPEST = 1


def inspect(name: str, data: bytes, limits: Limits = LIMITS) -> Inspected:
    """What the file is and says, or Refused with what was found and what to do.

    Refused are: what is not docx, xlsx, pdf, ofd, a picture or a zip of such; programs, macros,
    scripts and remote content in any of them; bombs, passwords and damage; a name that promises
    another kind; and whatever bears a secrecy marking (涉密不上网), in its name or its text.
    """
    try:
        return _inspect(name, data, limits, depth=0)
    except Refused:
        raise
    except Exception:  # hostile bytes find every hole of every parser
        raise Refused("damaged") from None


def _inspect(name: str, data: bytes, limits: Limits, depth: int) -> Inspected:
    refuse_marked_name(name)
    seen = _seen(data, limits)
    found = _looked_into(seen, data, limits, depth)
    check_name(name, found.kind)
    if len(data) > limits.sizes[found.kind]:
        raise _too_big(limits.sizes[found.kind], found.kind)
    return _searched(found)


def refuse_marked_name(name: str) -> None:
    """Raises Refused for a file name that bears a secrecy marking."""
    stem = name.removesuffix(suffix_of(name))
    if secrecy_mark(stem) or secrecy_mark(_MARKED_APART.sub("\n", stem)):
        raise Refused("secret_name")


def _seen(data: bytes, limits: Limits) -> str:
    if not data:
        raise Refused("empty")
    if len(data) > limits.largest:
        raise _too_big(limits.largest, "zip")
    seen = seen_as(data)
    if seen in DANGEROUS:
        raise Refused("dangerous", really=known_as(seen))
    if seen == "pdf_behind":
        raise Refused("pdf_behind")
    if seen not in IMAGES | {"zip", "pdf", "ole"}:
        raise Refused("wrong_kind", really=known_as(seen))
    return seen


def _looked_into(seen: str, data: bytes, limits: Limits, depth: int) -> Inspected:
    if seen == "ole":
        ole.refuse(data)
    if seen == "pdf":
        text, pages = pdf.read_pdf(data, limits)
        return Inspected("pdf", ".pdf", "application/pdf", text, pages)
    if kind_of(seen) == "image":
        suffix, content_type = image.check_image(data, seen, limits)
        return Inspected("image", suffix, content_type)
    return _container(data, limits, depth)


def _container(data: bytes, limits: Limits, depth: int) -> Inspected:
    archive = Archive(data, limits)
    if office.is_package(archive):
        package = office.Package(archive, limits)
        text = (docx if package.kind == "docx" else xlsx).text_of(package)
        office.check_parts(archive)
        _check_embedded(archive, limits, depth)
        return Inspected(package.kind, f".{package.kind}", _OFFICE[package.kind], text)
    if ofd.is_ofd(archive):
        text, pages = ofd.text_of(archive, limits)
        office.check_parts(archive)
        return Inspected("ofd", ".ofd", "application/ofd", text, pages)
    if archive.members.keys() >= {"mimetype", "content.xml"}:
        raise Refused("wrong_kind", really=known_as("odf"))
    if depth >= _DEEPEST:
        raise Refused("nested")
    return Inspected("zip", ".zip", "application/zip", _members(data, limits, depth))


def _members(data: bytes, limits: Limits, depth: int) -> str:
    texts = []
    for name, content in zipped.unpack(data, limits):
        try:
            found = _inspect(name, content, limits, depth + 1)
        except Refused as refusal:
            raise Refused("member", name=clean_name(name), why=refusal.words) from None
        texts.append(found.text)
    return "\n".join(texts)[: limits.text]


def _check_embedded(archive: Archive, limits: Limits, depth: int) -> None:
    """Charts carry their figures as a workbook of their own."""
    for name in archive.members:
        if "/embeddings/" in name and seen_as(archive.head(name)) in ("zip", "ole"):
            if depth > _DEEPEST:
                raise Refused("nested")
            _inspect(name, archive.read(name), limits, depth + 1)


def _searched(found: Inspected) -> Inspected:
    if mark := secrecy_mark(found.text):
        raise Refused("secret", mark=mark)
    counted = Counter(number.kind for number in private_numbers(found.text))
    return Inspected(
        found.kind, found.suffix, found.content_type, found.text, found.pages, dict(counted)
    )


def _too_big(limit: int, kind: str) -> Refused:
    return Refused("too_big", megabytes=limit // (1024 * 1024), kind=known_as(kind))

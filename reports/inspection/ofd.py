"""OFD, the national layout format: pages of text in a zip."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.inspection.archive import Archive
from reports.inspection.naming import kind_of
from reports.inspection.signature import seen_as
from reports.inspection.verdict import Limits, Refused
from reports.inspection.xml_parts import Enough, Gathering, Reader, walk

ROOT = "OFD.xml"
_PAGES = re.compile(r"(?:[^/]+/)?(?:Pages|Tpls|Annots)/.*\.xml|(?:[^/]+/)?Annotations\.xml", re.I)
_CONTENT = re.compile(r"(?:[^/]+/)?Pages/[^/]+/Content\.xml", re.I)
_ATTACHED = re.compile(r"(^|/)Attach[^/]*/", re.I)
_RUNNING = re.compile(r"\.(js|vbs|vbe|jse|wsf|hta|ps1|bat|cmd|jar|swf|html?)$", re.I)
_HARMLESS = {"image", "xml", "text"}
_META = {"Title", "Subject", "Keyword", "Abstract"}


def is_ofd(archive: Archive) -> bool:
    """Whether the zip says that it is an OFD document."""
    return ROOT in archive.members


def text_of(archive: Archive, limits: Limits) -> tuple[str, int]:
    """The text, a piece as it is laid out a line, and the number of pages. Raises Refused:
    damaged, ofd_script, embedded, xml_doctype."""
    gathered = Gathering(limits.text)
    words = _Words(gathered)
    walk(archive.read(ROOT, limits.xml), words)
    if not words.is_document:
        raise Refused("damaged")
    for name in archive.members:
        _check_member(name, archive, limits)
    names = sorted((n for n in archive.members if _PAGES.fullmatch(n)), key=_by_number)
    for name in names:
        if not gathered.full:
            walk(archive.read(name, limits.xml), _Words(gathered))
    return str(gathered), sum(1 for name in names if _CONTENT.fullmatch(name))


def _check_member(name: str, archive: Archive, limits: Limits) -> None:
    """Vouchers carry their data as XML, and pages may have pictures; nothing else is attached."""
    if _RUNNING.search(name):
        raise Refused("ofd_script")
    if name.lower().endswith(".xml"):
        try:
            walk(archive.read(name, limits.xml), _Actions())
        except Refused as refusal:
            if refusal.code != "damaged":  # a part that no page needs may be in any code
                raise
    elif _ATTACHED.search(name) and kind_of(seen_as(archive.head(name))) not in _HARMLESS:
        raise Refused("embedded")


def _by_number(name: str) -> tuple[int, str]:
    return len(name), name


class _Actions(Reader):
    """The format knows no scripts; what some readers run all the same isn't wanted."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.lower() in ("script", "javascript", "launch"):
            raise Refused("ofd_script")


class _Words(Reader):
    def __init__(self, gathered: Gathering) -> None:
        self._gathered = gathered
        self._inside = ""
        self.is_document = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.is_document = self.is_document or name == "DocBody"
        if name == "TextCode" or name in _META:
            self._inside = name

    def end(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""
            self._add("\n")

    def words(self, text: str) -> None:
        if self._inside:
            self._add(text)

    def _add(self, text: str) -> None:
        try:
            self._gathered.add(text)
        except Enough:
            if self.is_document:
                return
            raise

"""What docx and xlsx have in common: a package of parts, in which nothing may run or reach out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.inspection.archive import Archive
from reports.inspection.signature import DANGEROUS, seen_as
from reports.inspection.verdict import Limits, Refused, known_as
from reports.inspection.xml_parts import Reader, walk

TYPES = "[Content_Types].xml"
_MAIN = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
}
_MACRO_TYPE = re.compile(r"macro|vba", re.I)
_MACRO_PART = re.compile(r"(^|/)(vba[^/]*\.bin|vbaData\.xml)$|(^|/)(int)?macro-?sheets?/", re.I)
_ACTIVE_PART = re.compile(r"(^|/)activeX/|(^|/)ctrlProps/.*\.bin$", re.I)
_OBJECT_PART = re.compile(r"(^|/)(embeddings|oleObjects)/.*\.(bin|ole)$|(^|/)oleObject[^/]*$", re.I)
# What the main programs would open or fetch by themselves from elsewhere.
_REMOTE = re.compile(
    r"^\s*(?!file:)[a-z][a-z0-9+.-]+:|^\s*(\\\\|//)|^\s*file:(/{2}[^/]|\\\\)", re.I
)
_FOREIGN = re.compile(r"^\s*file:/{4,}", re.I)
_SCRIPT = re.compile(
    r"^\s*(javascript|vbscript|data|mhtml|mshta|shell|search|search-ms|ms-[\w-]+):|"
    r"^\s*file:.*\.(exe|com|scr|bat|cmd|vbs|js|hta|lnk|ps1|msi)\s*$",
    re.I,
)
_CHUNKS = "aFChunk"
_HEAD = 4096


class Package:
    """An opened OOXML package whose parts have been looked through.

    Raises Refused: what the archive raises, and not_office, slides, macros, activex, embedded,
    external, script_link, hidden_program.
    """

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self.archive, self.limits = archive, limits
        self.kind = _kind(archive, limits)
        for name in archive.members:
            _check_name(name)
        for name in archive.members:
            if name.lower().endswith(".rels"):
                walk(self.part(name), _Relations())

    def part(self, name: str) -> bytes:
        """The bytes of an XML part."""
        return self.archive.read(name, self.limits.xml)

    def named(self, pattern: str) -> list[str]:
        """The names of the parts that fit a pattern, in order of their numbers."""
        found = [name for name in self.archive.members if re.fullmatch(pattern, name, re.I)]
        return sorted(found, key=lambda name: (len(name), name))


def is_package(archive: Archive) -> bool:
    """Whether the zip says that it is an Office document."""
    return TYPES in archive.members


def check_parts(archive: Archive) -> None:
    """Unpacks every part, so that no bomb and no program lies hidden in one, whatever its name.
    Raises Refused: hidden_program, embedded, xml_doctype."""
    for name, data in archive:
        if (seen := seen_as(data)) in DANGEROUS - {"web_page"}:
            raise Refused("hidden_program", name=name, really=known_as(seen))
        if seen == "ole":
            raise Refused("embedded")
        is_xml = name.lower().endswith((".xml", ".rels"))
        if is_xml and b"<!DOCTYPE" in data[:_HEAD].replace(b"\0", b""):
            raise Refused("xml_doctype")


class _Types(Reader):
    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if "ContentType" in attributes:
            self.found.append(attributes["ContentType"])


def _kind(archive: Archive, limits: Limits) -> str:
    types = _Types()
    walk(archive.read(TYPES, limits.xml), types)
    for written in types.found:
        if _MACRO_TYPE.search(written):
            raise Refused("macros")
        if "activeX" in written:
            raise Refused("activex")
    for ending, kind in _MAIN.items():
        if any(written.endswith(ending) for written in types.found):
            return kind
    if any("presentationml" in written for written in types.found):
        raise Refused("slides")
    raise Refused("not_office")


def _check_name(name: str) -> None:
    if _MACRO_PART.search(name):
        raise Refused("macros")
    if _ACTIVE_PART.search(name):
        raise Refused("activex")
    if _OBJECT_PART.search(name):
        raise Refused("embedded")


class _Relations(Reader):
    """Relations inside the package are fine, and so are links to click on; what would be
    fetched or run when the file is opened is not."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        if kind == _CHUNKS or kind == "oleObject":
            raise Refused("embedded")
        if _MACRO_TYPE.search(kind):
            raise Refused("macros")
        if attributes.get("TargetMode") != "External":
            return
        if _SCRIPT.match(target):
            raise Refused("script_link")
        # A template or a workbook on the writer's own disk can't be reached from here.
        if kind != "hyperlink" and (_REMOTE.match(target) or _FOREIGN.match(target)):
            raise Refused("external", target=target[:60])

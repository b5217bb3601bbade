"""Word documents: their text, and field codes that fetch or run."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.inspection.office import Package
from reports.inspection.verdict import Refused
from reports.inspection.xml_parts import Enough, Gathering, Reader, walk

# Headers and footers first: that is where a marking stands.
_PARTS = (
    r"word/header\d*\.xml",
    r"word/footer\d*\.xml",
    r"word/document\d*\.xml",
    r"word/(footnotes|endnotes|comments)\d*\.xml",
    r"word/(charts|diagrams)/[^/]+\.xml",
    r"docProps/(core|app|custom)\.xml",
    r"word/glossary/document\.xml",
)
_CODES = re.compile(r"\bDDE(AUTO)?\b", re.I)
_FETCHING = re.compile(
    r"\b(INCLUDE(TEXT|PICTURE)|IMPORT|LINK\s+[\w.]+)\b\s*(\\\S\s+)*\"?\s*(https?:|ftp:|\\\\|//)",
    re.I,
)
_ENDS = {"p": "\n", "br": "\n", "cr": "\n", "tc": "\t", "tab": "\t", "tr": "\n"}
_PROPERTIES = {"title", "subject", "keywords", "description", "category", "lpwstr"}


def text_of(package: Package) -> str:
    """The text, a paragraph a line, cells apart by tabs. Raises Refused: dde, external."""
    gathered = Gathering(package.limits.text)
    for pattern in _PARTS:
        for name in package.named(pattern):
            reader = _Words(gathered, properties=name.startswith("docProps"))
            walk(package.part(name), reader)
            reader.check_codes()
    return str(gathered)


class _Words(Reader):
    """Gathers what is seen as text, deleted revisions too: they can be brought back."""

    def __init__(self, gathered: Gathering, *, properties: bool) -> None:
        self._gathered = gathered
        self._wanted = _PROPERTIES if properties else {"t", "delText"}
        self._inside = ""
        self._codes: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in self._wanted or name == "instrText":
            self._inside = name
        if name == "txbxContent":
            self._add("\n")  # a text box hangs in the middle of a paragraph
        if name == "textpath":  # a watermark
            self._add("\n" + attributes.get("string", "") + "\n")
        if name == "fldSimple":
            self._codes.append(attributes.get("instr", "") + "\n")

    def end(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""
            if name in _PROPERTIES:
                self._add("\n")
        if name in _ENDS:
            self._add(_ENDS[name])

    def words(self, text: str) -> None:
        if self._inside == "instrText":
            self._codes.append(text)
        elif self._inside:
            self._add(text)

    def check_codes(self) -> None:
        """Field codes may be split over runs, so they are looked at together."""
        codes = "".join(self._codes)
        if _CODES.search(codes):
            raise Refused("dde")
        if found := _FETCHING.search(codes):
            raise Refused("external", target=found[0][:60])

    def _add(self, text: str) -> None:
        # Reading goes on for the field codes when there is text enough.
        if not self._gathered.full:
            try:
                self._gathered.add(text)
            except Enough:
                return

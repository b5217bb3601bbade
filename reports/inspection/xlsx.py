"""Excel workbooks: their text, and formulas or connections that fetch or run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from reports.inspection.office import Package
from reports.inspection.verdict import Refused
from reports.inspection.xml_parts import Enough, Gathering, Reader, walk

_PARTS = (
    r"xl/workbook\.xml",
    r"xl/sharedStrings\.xml",
    r"xl/worksheets/[^/]+\.xml",
    r"xl/(comments/|threadedComments/)?[^/]*comment[^/]*\.xml",
    r"xl/(drawings|charts|diagrams)/[^/]+\.xml",
    r"docProps/(core|app|custom)\.xml",
)
_VML = r"xl/drawings/[^/]+\.vml"
_LINKS = r"xl/(externalLinks/[^/]+|connections|queryTables/[^/]+)\.xml"
_REMOTE = re.compile(r"(https?|ftp)://|\\\\", re.I)
# =cmd|' /C calc'!A0, also behind other functions.
_DDE = re.compile(r"(^|[=+\-@(,;\s])[A-Za-z][\w.]{0,30}\|\s*'", re.I)
_CALLING = re.compile(
    r"\b((WEBSERVICE|CALL|REGISTER(\.ID)?|EXEC|RTD)\s*\(|IMAGE\s*\(\s*\"\s*(https?:|ftp:|\\\\))",
    re.I,
)
_HEADERS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
_TEXTS = {"t", "text", *_HEADERS, "title", "subject", "keywords", "description", "lpwstr"}


def text_of(package: Package) -> str:
    """The text, a cell a line, sheet names included. Raises Refused: dde, external."""
    for name in package.named(_LINKS):
        walk(package.part(name), _Links())
    gathered = Gathering(package.limits.text)
    for pattern in _PARTS:
        for name in package.named(pattern):
            walk(package.part(name), _Words(gathered))
    for name in package.named(_VML):
        with suppress(Refused):  # Excel itself writes some that are no proper XML
            walk(package.part(name), _Words(gathered))
    return str(gathered)


class _Links(Reader):
    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("ddeLink", "oleLink"):
            raise Refused("dde")
        for value in attributes.values():
            # Names of schemas are addresses too, but stand in no attribute.
            if _REMOTE.search(value):
                raise Refused("external", target=value[:60])


class _Words(Reader):
    def __init__(self, gathered: Gathering) -> None:
        self._gathered = gathered
        self._inside = ""
        self._type = ""
        self._formula: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._type = attributes.get("t", "")
        if name == "textpath":
            self._add("\n" + attributes.get("string", "") + "\n")
        if name == "sheet":
            self._add(attributes.get("name", "") + "\n")
        if name in _TEXTS or name in ("f", "definedName") or (name == "v" and self._type != "s"):
            self._inside = name

    def end(self, name: str) -> None:
        if name in ("f", "definedName"):
            self._check_formula()
        if name == self._inside:
            self._inside = ""
        if name in ("si", "c", "p", "comment", *_TEXTS - {"t"}):
            self._add("\n")

    def words(self, text: str) -> None:
        if self._inside in ("f", "definedName"):
            self._formula.append(text)
        elif self._inside in _HEADERS:
            # &L, &C and &"face" are codes of the header, not its words; &K goes before a colour.
            self._add(re.sub(r'&("[^"]*"|K[0-9A-F]{6}|[A-Z]|\d+)', "\t", text))
        elif self._inside:
            self._add(text)

    def _check_formula(self) -> None:
        formula = "".join(self._formula)
        self._formula = []
        if _DDE.search(formula) or _CALLING.search(formula):
            raise Refused("dde")

    def _add(self, text: str) -> None:
        if not self._gathered.full:
            try:
                self._gathered.add(text)
            except Enough:
                return

"""Names of files inside the bundle of evidence, that every system can unpack and show."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from reports.inspection.naming import suffix_of
from reports.wording import say
from scoring.standard import Standard
from scoring.tree import Indicator

_UNFIT = re.compile(r'[<>:"|?*\\/#%&\']+')
_MOST_BYTES = 90
_MOST_STEM_BYTES = 110


class BundleNames:
    """Gives each file its place: a folder for each indicator, in it the item and the name under
    which the file was given. No two names differ in case only."""

    def __init__(self, standard: Standard) -> None:
        self._places = {
            item.id: (indicator, item)
            for indicator in standard.indicators
            for item in indicator.evidence
        }
        self._taken: set[str] = set()

    def place(self, item: str, name: str) -> str:
        """The path of a file given for an item; of one that is under no item of the standard, in
        a folder of its own."""
        suffix = suffix_of(name)
        stem = plain_name(name[: len(name) - len(suffix)], _MOST_STEM_BYTES)
        known = self._places.get(item)
        if known is None:
            others = say("bundle_others")
            # Never the name alone: CON.txt and NUL are no files on Windows.
            return self._free(others, say("bundle_file", item=others, name=stem), suffix)
        head = plain_name(f"{known[1].id} {known[1].name}", _MOST_BYTES)
        says_more = stem and stem not in (known[1].name, head)
        leaf = say("bundle_file", item=head, name=stem) if says_more else head
        return self._free(folder_of(known[0]), leaf, suffix)

    def _free(self, folder: str, stem: str, suffix: str) -> str:
        path, number = str(PurePosixPath(folder, stem + suffix)), 1
        while path.casefold() in self._taken:
            number += 1
            again = say("bundle_repeated", stem=stem, number=number)
            path = str(PurePosixPath(folder, again + suffix))
        self._taken.add(path.casefold())
        return path


def folder_of(indicator: Indicator) -> str:
    """The folder of an indicator."""
    return plain_name(f"{indicator.code} {indicator.name}", _MOST_BYTES)


def plain_name(text: str, most_bytes: int) -> str:
    """A text as a part of a path: without what a system refuses or can't show, and not longer
    than so many bytes.

    >>> plain_name(" C:\\\\收/支\\u202e?.. ", 90)
    'C_收_支_'
    """
    shown = unicodedata.normalize("NFC", text)
    shown = "".join(c if unicodedata.category(c)[0] != "C" else " " * (c == "\t") for c in shown)
    shown = " ".join(_UNFIT.sub("_", shown).split())
    cut = shown.encode()[:most_bytes].decode(errors="ignore")
    return cut.strip(" .")

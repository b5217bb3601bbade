"""The roster as a file: read with the same care as any file, and written."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bot.documents import XLSX, Document
from bot.phrases import phrase
from bot.rosters.present import Present
from reports.inspection import Refused, clean_name, inspect
from reports.reading.claims import Unreadable
from reports.wording import say

if TYPE_CHECKING:
    from reports.reading.roster import Reading

_KIND = "xlsx"
NAME = phrase("roster_name")


class NotRead(Exception):
    """A file that is no roster at all, with what to do about it."""

    def __init__(self, words: str) -> None:
        super().__init__("not read")
        self.words = words


def read_roster_file(name: str, data: bytes) -> Reading:
    """What a file says. Raises NotRead for what is no workbook, hostile or marked as secret."""
    try:
        found = inspect(clean_name(name) or NAME, data)
    except Refused as refusal:
        raise NotRead(refusal.words) from None
    if found.kind != _KIND:
        raise NotRead(phrase("roster_page_not_xlsx"))
    # Only who brings a file needs the library behind the reader.
    reader = import_module("reports.reading.roster")
    try:
        reading: Reading = reader.read_roster(data)
    except Unreadable as problem:
        raise NotRead(say(problem.code, **problem.numbers)) from None
    return reading


def template() -> Document:
    """The empty roster, to be filled in."""
    build = import_module("reports.roster_book").build_roster_book
    return Document(phrase("roster_template_name"), build(), XLSX)


def exported(now: Present) -> Document:
    """The roster as it stands, to be changed and brought back."""
    build = import_module("reports.roster_book").build_roster_book
    return Document(NAME, build(now.roster), XLSX)

"""Reads what somebody brings: files and pasted text, into claims with their places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module

from bot.acts.base import ActRefused
from bot.acts.secrecy import refuse_secret
from bot.phrases import phrase
from bot.services import Services
from bot.stored import StoredDocument
from reports.inspection import Refused, clean_name, inspect
from reports.reading.claims import Brought, Unreadable
from reports.reading.last_year import as_last_year
from reports.wording import say
from scoring.standard import Standard
from storage import files
from storage.interviews import Standing
from storage.proposals import Found


@dataclass(frozen=True)
class Handed:
    """What a file or a pasted text says, ready to be proposed.

    `notes` are sentences about what was seen and not understood; `document` is the stored file.
    """

    name: str
    source: str
    found: tuple[Found, ...]
    notes: tuple[str, ...] = ()
    document: StoredDocument | None = None


class NotRead(ActRefused):
    """A file that can't be brought; the words say why and what to do."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__("not_brought", name=name, why=words)


def read_file(
    services: Services, standard: Standard, standing: Standing, name: str, data: bytes
) -> Handed:
    """What an uploaded file says; it is stored. Slow: never inside a transaction. Raises NotRead
    for what is refused or holds nothing of use, with nothing stored."""
    name = clean_name(name)
    try:
        inspected = inspect(name, data)
    except Refused as refusal:
        raise NotRead(name, refusal.words) from None
    with services.database.read() as tx:
        if files.was_purged(tx, sha256(data).hexdigest()):
            raise NotRead(name, ActRefused("evidence_purged").words)
    readers = {"docx": _report, "xlsx": _workbook}
    if inspected.kind not in readers:
        raise NotRead(name, phrase("bring_kind"))
    try:
        source, brought = readers[inspected.kind](standard, standing.form_id, data)
    except Unreadable as problem:
        raise NotRead(name, say(problem.code, **problem.numbers)) from None
    handed = _handed(standard, standing, name, source, brought)
    key = services.files.put(data, name)
    return replace(handed, document=StoredDocument(key, name, len(data), inspected.content_type))


def read_text(standard: Standard, standing: Standing, text: str) -> Handed:
    """What a pasted text says. Raises NotRead, and ActRefused for a secrecy marking."""
    refuse_secret(text)
    name = phrase("bring_pasted")
    try:
        brought: Brought = import_module("reports.reading.report").read_report(standard, text)
    except Unreadable as problem:
        raise NotRead(name, say(problem.code, **problem.numbers)) from None
    return _handed(standard, standing, name, "report", brought)


# Only who brings a file needs the libraries behind these readers, so most web processes never
# load them.


def _report(standard: Standard, form_id: int, data: bytes) -> tuple[str, Brought]:
    return "report", import_module("reports.reading.report").read_report(standard, data)


def _workbook(standard: Standard, form_id: int, data: bytes) -> tuple[str, Brought]:
    """A list that an office filled in, or else the tables of the final accounts."""
    try:
        reader = import_module("reports.reading.filled_list")
        return "office", reader.read_list(standard, form_id, data)
    except Unreadable as problem:
        if problem.code != "unreadable_no_list":
            raise
    return "accounts", import_module("reports.reading.accounts").read_accounts(standard, data)


def _handed(
    standard: Standard, standing: Standing, name: str, source: str, brought: Brought
) -> Handed:
    """The claims turned to this year's form. Of a document of no known year nothing is certain."""
    notes = [say(note.code, **note.numbers) for note in brought.notes]
    year, certain = brought.year, True
    if source != "office":
        if year is not None and year not in (standing.year, standing.year - 1):
            raise NotRead(name, phrase("bring_other_year", year=year, wanted=standing.year))
        if year == standing.year - 1:
            brought = as_last_year(brought, standard)
        elif year is None:
            certain = False
            notes.append(phrase("bring_year_unknown"))
        if brought.department and not _is_ours(brought.department, standing.department):
            certain = False
            notes.append(phrase("bring_other_department", department=brought.department))
    found = tuple(
        Found(c.fact, c.value.plain(), c.place, c.certain and certain) for c in brought.claims
    )
    return Handed(name, source, found, tuple(dict.fromkeys(notes)))


def _is_ours(named: str, department: str) -> bool:
    short, long = sorted((named.strip(), department.strip()), key=len)
    return short in long

"""What goes into the archive of a cycle, and where in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from sqlalchemy import Connection

from bot.archiving import readable
from bot.archiving.manifest import Manifest
from bot.archiving.writing import ArchiveWriter
from bot.phrases import phrase
from bot.services import Services
from bot.summary import NoSuchCycle, results_of
from reports.bundle_names import BundleNames, plain_name
from reports.summary_book import build_summary_book
from scoring.standard import Standard
from storage import cycles, files, results, standards, whole
from storage.cycles import Cycle
from storage.results import CycleForm

_LONGEST_NAME = 120
_SYSTEMS_OWN = 80


@dataclass(frozen=True)
class _Stored:
    """A stored file and its place in the archive."""

    path: str
    key: str


def write_archive(
    services: Services, target: BinaryIO, cycle_id: int, by: str, now: datetime
) -> Manifest:
    """Writes the archive of a cycle into an open file and gives its manifest. `by` is the name of
    who ordered it. Raises NoSuchCycle. Slow: never to be called inside a reply.

    What the tables say is as of one moment; the stored files follow one by one. A file that can't
    be read is noted in the manifest as missing.
    """
    with ArchiveWriter(target, now.astimezone(services.settings.zone)) as writer:
        manifest, stored = _write_tables(services, writer, cycle_id, by, now)
        for each in stored:
            writer.add_stored(each.path, each.key, partial(services.files.pieces, each.key))
        return writer.finish(manifest)


def _write_tables(
    services: Services, writer: ArchiveWriter, cycle_id: int, by: str, now: datetime
) -> tuple[Manifest, list[_Stored]]:
    """Writes what the tables say, as of one moment; gives the manifest without members and the
    stored files that are to follow."""
    with services.database.read() as tx:
        cycle = cycles.get(tx, cycle_id)
        if cycle is None:
            raise NoSuchCycle(cycle_id)
        until = cycle.closed_at or now
        manifest = Manifest(
            cycle_id=cycle.id,
            name=cycle.name,
            year=cycle.year,
            standard_hash=cycle.standard_hash,
            closed=cycle.state != "open",
            made_at=now.isoformat(),
            made_by=by,
            until=until.isoformat(),
            departments=len(results.forms(tx, cycle.id)),
            members=(),
        )
        return manifest, _write_data(services, tx, writer, cycle, now)


def data_of(tx: Connection, form_id: int) -> bytes:
    """What the tables say of a form, as it stands in an archive: the same data give the same."""
    return _json(whole.form(tx, form_id))


def _json(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _write_data(
    services: Services, tx: Connection, writer: ArchiveWriter, cycle: Cycle, now: datetime
) -> list[_Stored]:
    """Writes all that tables say, and gives the stored files that belong to it."""
    standard = services.shelf.standard(tx, cycle.standard_hash)
    places = phrase("archive_places").split()
    top, departments, said = places
    numbers = {"name": cycle.name, "year": cycle.year, "made": _day(services, now)}
    writer.add(
        phrase("archive_readme_name"), [phrase("archive_readme", **numbers).encode()], "made"
    )
    writer.add(f"{top}/cycle.json", [_json(whole.cycle(tx, cycle.id))])
    for name, text in json.loads(standards.text(tx, cycle.standard_hash)).items():
        writer.add(f"{top}/{phrase('archive_standard')}/{name}", [text.encode()])
    book = build_summary_book(results_of(services, tx, cycle.id, now))
    writer.add(f"{top}/{phrase('archive_summary')}.xlsx", [book], "made")
    roster = whole.roster(tx)
    writer.add(f"{top}/roster.json", [_json(roster)])
    forms = results.forms(tx, cycle.id)
    called = {form.department_id: form.department for form in forms}
    writer.add(f"{top}/{phrase('archive_people')}.csv", [readable.people(roster, called)], "made")
    until = cycle.closed_at or now
    notices = whole.notices(tx, cycle.opens_at, until)
    writer.add(f"{top}/notices.json", [_json(notices)])
    messages = whole.messages(tx, cycle.opens_at, until)
    keys = _Keys(tx)
    keys.add(whole.file_keys(notices), f"{top}/{phrase('archive_notice_files')}")
    names = {row["userid"]: row["name"] for row in roster["people"]}
    for form in forms:
        folder = f"{departments}/{plain_name(f'{form.code} {form.department}', _SYSTEMS_OWN)}"
        rows = whole.form(tx, form.form_id)
        writer.add(f"{folder}/talk.json", [_json(whole.talk(tx, form.form_id))])
        _write_form(services, writer, standard, form, rows, folder, names)
        keys.add_form(standard, rows, folder)
    writer.add(f"{said}/messages.jsonl", _lines(messages, keys))
    keys.add(keys.said, f"{said}/{phrase('archive_said_files')}")
    return keys.stored


def _write_form(
    services: Services,
    writer: ArchiveWriter,
    standard: Standard,
    form: CycleForm,
    rows: whole.Plain,
    folder: str,
    names: Mapping[str, str],
) -> None:
    zone = services.settings.zone
    writer.add(f"{folder}/data.json", [_json(rows)], "data", form.form_id)
    for code, content in (
        ("archive_answers", readable.answers(standard, rows, names, zone)),
        ("archive_history", readable.history(standard, rows, names, zone)),
        ("archive_course", readable.course(rows, names, zone)),
    ):
        writer.add(f"{folder}/{phrase(code)}.csv", [content], "made")


def _lines(rows: Iterator[whole.Plain], keys: _Keys) -> Iterable[bytes]:
    """A line of JSON for each message; the files that were sent are noted on the way."""
    for row in rows:
        key = row.get("file_key")
        if key:
            keys.said[key] = "outbox"
        yield json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"


class _Keys:
    """The stored files that are to come, each once, with their places."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._known: set[str] = set()
        self.stored: list[_Stored] = []
        self.said: dict[str, str] = {}

    def add(self, found: Mapping[str, str], folder: str) -> None:
        for key in found:
            self._put(key, folder)

    def add_form(self, standard: Standard, rows: whole.Plain, folder: str) -> None:
        """A form's files, in folders by what they are; evidence by indicator."""
        names = BundleNames(standard)
        removed = phrase("archive_removed")
        for row in rows["evidence"]:
            stored = files.get(self._tx, row["file_key"])
            if stored is None or stored.purged_at:
                continue
            place = names.place(row["item"], stored.name)
            parts = [folder, phrase("archive_evidence"), *([removed] if row["removed_at"] else [])]
            self._put(row["file_key"], "/".join(parts), place)
        for row in rows["deliveries"]:
            version = f"{folder}/{phrase('archive_version', version=row['version'])}"
            self.add(whole.file_keys({"deliveries": [row]}), version)
        found = whole.file_keys(rows)
        self.add(found, f"{folder}/{phrase('archive_others')}")

    def _put(self, key: str, folder: str, place: str = "") -> None:
        stored = files.get(self._tx, key)
        if key in self._known or stored is None or stored.purged_at:
            return
        self._known.add(key)
        name = PurePosixPath(place or stored.name)
        leaf = place or f"{plain_name(name.stem, _LONGEST_NAME) or key[:8]}{name.suffix}"
        self.stored.append(_Stored(f"{folder}/{leaf}", key))


def _day(services: Services, now: datetime) -> str:
    return f"{now.astimezone(services.settings.zone):%Y-%m-%d %H:%M}"

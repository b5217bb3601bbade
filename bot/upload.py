"""What becomes of the files of one request: unpacked, looked into, stored, sorted, noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO

from bot.acts.base import ActRefused
from bot.acts.evidence import Given, give_each, wanted_now
from bot.intake import TakenIn, take_in
from bot.materials_news import announce, count_missing
from bot.phrases import phrase
from bot.services import Services
from dialogs.understand.material import items_in_path
from reports.inspection import LIMITS, Refused, clean_name, is_litter, is_packed, unpack
from scoring.wanted import Wanted
from storage import people

_ZIP = ".zip"


@dataclass(frozen=True)
class Brought:
    """What became of one file: `why` says why it was refused, else `given` what it serves;
    `private` counts numbers that it had better not hold."""

    name: str
    why: str = ""
    given: Given | None = None
    private: Mapping[str, int] = field(default_factory=dict)
    taken: TakenIn | None = None
    items: tuple[str, ...] = ()


def receive(
    services: Services,
    userid: str,
    form_id: int,
    files: Iterable[tuple[str, IO[bytes]]],
    item: str,
    now: datetime,
) -> list[Brought]:
    """Takes files (path as sent, open stream), all for `item` or each by its name. Those that
    are refused have a reason; the others go through. Raises ActRefused if nothing may be given.

    One file at a time is in memory, and nothing is locked while they are looked into.
    """
    with services.database.read() as tx:
        items = wanted_now(services, tx, form_id)
    if item and item not in items:
        raise ActRefused("evidence_no_such_item")
    looked = [
        _looked_into(services, form_id, each, items, item)
        for path, stream in files
        if not is_litter(path)
        for each in _pieces(path, stream)
    ]
    return _noted(services, userid, form_id, looked, now)


def _pieces(path: str, stream: IO[bytes]) -> Iterator[tuple[str, bytes | Refused]]:
    """The file itself, or what a zip holds; a zip that breaks off ends with its reason."""
    data = stream.read(LIMITS.largest + 1)
    if not path.lower().endswith(_ZIP) or not is_packed(data):
        yield path, data
        return
    folder = path[: -len(_ZIP)]
    try:
        for name, content in unpack(data):
            yield f"{folder}/{name}", content
    except Refused as refusal:
        yield path, refusal


def _looked_into(
    services: Services,
    form_id: int,
    piece: tuple[str, bytes | Refused],
    items: Mapping[str, Wanted],
    item: str,
) -> Brought:
    path, data = piece
    name = clean_name(path) or phrase("upload_nameless")
    if isinstance(data, Refused):
        return Brought(name, data.words)
    try:
        taken = take_in(services, form_id, path, data)
    except (Refused, ActRefused) as refusal:
        return Brought(name, refusal.words)
    meant = (item,) if item else items_in_path(path, items).items
    return Brought(taken.document.name, private=taken.private, taken=taken, items=meant)


def _noted(
    services: Services, userid: str, form_id: int, looked: Sequence[Brought], now: datetime
) -> list[Brought]:
    """Notes all that was stored, in one transaction."""
    stored = [each for each in looked if each.taken]
    if not stored:
        return list(looked)
    with services.database.begin() as tx:
        people.person(tx, userid, lock=True)
        before = count_missing(services, tx, form_id)
        pairs = [(each.taken.document, each.items) for each in stored if each.taken]
        given = iter(give_each(services, tx, userid, form_id, pairs, "page", now))
        announce(services, tx, userid, form_id, before, now)
    return [replace(each, given=next(given)) if each.taken else each for each in looked]

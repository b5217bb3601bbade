"""The list of materials (材料清单) as a page shows it: by indicator, with what was given, by whom, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.acts.evidence import wanted_now
from bot.services import Services
from dialogs.understand.material import items_in_path
from scoring.standard import Standard
from scoring.tree import EvidenceItem, Indicator
from scoring.wanted import Wanted, missing
from storage import evidence, people
from storage.evidence import Evidence
from storage.interviews import Standing

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
"""What every browser shows by itself and nothing can hide in."""


@dataclass(frozen=True)
class FileLine:
    """A given file with the names of people and moments in local time."""

    evidence: Evidence
    by: str
    at: datetime
    removed_by: str = ""
    removed_at: datetime | None = None

    @property
    def is_picture(self) -> bool:
        return self.evidence.content_type in PICTURES

    @property
    def size(self) -> str:
        """In KB or MB, as people read it."""
        size = self.evidence.size
        return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 1024))} KB"


@dataclass(frozen=True)
class ItemLine:
    """An item with its files; `standing` ones count, `gone` are its history."""

    item: EvidenceItem
    standing: tuple[FileLine, ...]
    gone: tuple[FileLine, ...]


@dataclass(frozen=True)
class Group:
    """The items of an indicator; not `wanted` where only the history of its files is left."""

    indicator: Indicator
    lines: tuple[ItemLine, ...]
    wanted: bool = True

    @property
    def left(self) -> int:
        return sum(not line.standing for line in self.lines) if self.wanted else 0


@dataclass(frozen=True)
class Materials:
    """The whole list. `likely` has, for each unsorted file's id, the items to offer first."""

    groups: tuple[Group, ...]
    unsorted: tuple[FileLine, ...]
    gone: tuple[FileLine, ...]
    wanted: Mapping[str, Wanted]
    missing: tuple[Wanted, ...]
    likely: Mapping[int, tuple[str, ...]]

    @property
    def total(self) -> int:
        return len(self.wanted)

    @property
    def given(self) -> int:
        return self.total - len(self.missing)


def materials_of(services: Services, tx: Connection, standing: Standing) -> Materials:
    """A form's list with all its files, removed ones too."""
    standard = services.shelf.standard(tx, standing.standard_hash)
    items = wanted_now(services, tx, standing.form_id)
    found = evidence.of_form(tx, standing.form_id, with_removed=True)
    lines = file_lines(tx, found, services.settings.zone)
    here = [line for line in lines if not line.evidence.removed_at]
    unsorted = tuple(line for line in here if not line.evidence.item)
    return Materials(
        groups=tuple(_groups(standard, items, lines)),
        unsorted=unsorted,
        gone=tuple(e for e in lines if e.evidence.removed_at and not e.evidence.item),
        wanted=items,
        missing=tuple(missing(items, {line.evidence.item for line in here})),
        likely={e.evidence.id: _likely(e.evidence.name, items) for e in unsorted},
    )


def file_lines(tx: Connection, found: Sequence[Evidence], zone: ZoneInfo) -> list[FileLine]:
    """Evidence with the names of who gave and removed it."""
    userids = {e.given_by for e in found} | {e.removed_by for e in found if e.removed_by}
    known = {userid: people.person(tx, userid) for userid in userids}
    names = {userid: person.name if person else userid for userid, person in known.items()}
    return [
        FileLine(
            each,
            names[each.given_by],
            each.given_at.astimezone(zone),
            names.get(each.removed_by or "", ""),
            each.removed_at and each.removed_at.astimezone(zone),
        )
        for each in found
    ]


def _groups(
    standard: Standard, items: Mapping[str, Wanted], lines: Sequence[FileLine]
) -> list[Group]:
    groups = []
    for indicator in standard.indicators:
        rows = tuple(_row(item, lines) for item in indicator.evidence)
        is_wanted = any(item.id in items for item in indicator.evidence)
        if is_wanted or any(row.standing or row.gone for row in rows):
            groups.append(Group(indicator, rows, is_wanted))
    return groups


def _row(item: EvidenceItem, lines: Sequence[FileLine]) -> ItemLine:
    mine = [line for line in lines if line.evidence.item == item.id]
    standing = tuple(line for line in mine if not line.evidence.removed_at)
    return ItemLine(item, standing, tuple(line for line in mine if line.evidence.removed_at))


def _likely(name: str, items: Mapping[str, Wanted]) -> tuple[str, ...]:
    named = items_in_path(name, items)
    return named.items or named.candidates

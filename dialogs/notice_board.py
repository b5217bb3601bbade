"""What a coordinator's desk knows about notices (通知): whom they can reach, and what went out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dialogs.case import Role

ROLES = (Role.CONTACT, Role.REVIEWER)
"""Whose holders can be told: who fills in, and who approves."""


@dataclass(frozen=True)
class Member:
    """Somebody with a role in a department; `gone` says why nothing reaches them (left, disabled,
    unseen: outside the app's range, moved: no longer in that role), "" for everybody else."""

    userid: str
    name: str
    role: Role
    code: str
    gone: str = ""


@dataclass(frozen=True)
class Place:
    """A department that can be told, by its code, how it is called for short, and what else."""

    code: str
    name: str
    short: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """Somebody to whom a notice went (or is to go: `sent` False) and when they confirmed it."""

    userid: str
    name: str
    code: str
    sent: bool = True
    at: datetime | None = None
    gone: str = ""


@dataclass(frozen=True)
class Sent:
    """A notice that a coordinator ordered. `codes` None: it was meant for all departments; `due`
    is when it goes out, where that is still to come. `newcomers` have come into the roles since."""

    id: int
    words: str
    target: str
    by: str
    at: datetime
    codes: tuple[str, ...] | None
    roles: tuple[Role, ...]
    receipts: tuple[Receipt, ...]
    file_key: str = ""
    file_name: str = ""
    supplements: int | None = None
    due: datetime | None = None
    cancelled: bool = False
    newcomers: tuple[Member, ...] = ()

    @property
    def open(self) -> tuple[Receipt, ...]:
        """Who could confirm it and hasn't."""
        return tuple(each for each in self.receipts if each.at is None and not each.gone)

    @property
    def owed(self) -> tuple[Receipt | Member, ...]:
        """Who is to get it (again): who has not confirmed it, and who has come since."""
        return (*self.open, *self.newcomers)


@dataclass(frozen=True)
class Attached:
    """The file that waits for the next notice."""

    key: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Board:
    """All of it. `notices` come newest first; `opens` is when the working hours begin that come
    next, None within them; `page` is the address where a file can be put."""

    places: tuple[Place, ...]
    members: tuple[Member, ...]
    notices: tuple[Sent, ...] = ()
    attached: Attached | None = None
    opens: datetime | None = None
    page: str = ""

    def short(self, code: str) -> str:
        """How a department is called for short."""
        return next((place.short for place in self.places if place.code == code), code)

    def notice(self, number: int) -> Sent | None:
        """The notice of this number."""
        return next((each for each in self.notices if each.id == number), None)


@dataclass(frozen=True)
class Meant:
    """For whom a notice is: departments by code (None: all), and which roles there."""

    codes: tuple[str, ...] | None
    roles: tuple[Role, ...] = (Role.CONTACT,)


@dataclass(frozen=True)
class Audience:
    """Who gets a notice (each once, though they may have several roles), who of those meant is
    gone, and the codes of departments where nobody gets it."""

    receivers: tuple[Member, ...]
    gone: tuple[Member, ...]
    silent: tuple[str, ...]

    @property
    def departments(self) -> int:
        """In how many departments somebody gets it."""
        return len({each.code for each in self.receivers})


def audience_of(board: Board, meant: Meant) -> Audience:
    """Who gets a notice that is meant so."""
    codes = [p.code for p in board.places if meant.codes is None or p.code in meant.codes]
    wanted = [m for m in board.members if m.code in codes and m.role in meant.roles]
    wanted.sort(key=lambda member: codes.index(member.code))
    receivers = {each.userid: each for each in reversed(wanted) if not each.gone}
    ordered = tuple(each for each in wanted if receivers.get(each.userid) is each)
    gone = {each.userid: each for each in wanted if each.gone}
    served = {each.code for each in wanted if not each.gone}
    return Audience(ordered, tuple(gone.values()), tuple(c for c in codes if c not in served))


def seen_as(receivers: Collection[Member | Receipt], *more: str) -> str:
    """A mark of who gets what, to notice that it has changed since it was shown."""
    parts: Sequence[str] = (*sorted(each.userid for each in receivers), "", *more)
    return sha256("\n".join(parts).encode()).hexdigest()[:10]

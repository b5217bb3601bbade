"""The archives of cycles: which file holds everything of one, as of when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.models import Archive as ArchiveModel
from storage.models import File, Form, Purge, table


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive; `at` is as of when it tells. One that held something which was purged since is
    gone: `purged_at` says so."""

    id: int
    cycle_id: int
    file_key: str
    by: str
    at: datetime
    name: str
    size: int
    purged_at: datetime | None

    @property
    def sha256(self) -> str:
        """Of the whole file."""
        return self.file_key[:64]


_archives, _files = table(ArchiveModel), table(File)
_a, _f, _p = _archives.c, _files.c, table(Purge).c
_ADD = insert(_archives).returning(_a.id)
_ALL = (
    select(_a.id, _a.cycle_id, _a.file_key, _a.by, _a.at, _f.name, _f.size, _f.purged_at)
    .join(_files, _f.key == _a.file_key)
    .order_by(_a.id)
)
_OF_CYCLE = _ALL.where(_a.cycle_id == bindparam("cycle"))
_PURGED = (
    select(_p.id)
    .join(table(Form), table(Form).c.id == _p.form_id)
    .where(table(Form).c.cycle_id == bindparam("cycle"), _p.agreed_at >= bindparam("since"))
    .limit(1)
)
_GET = _ALL.where(_a.id == bindparam("archive"))


def add(tx: Connection, cycle_id: int, file_key: str, by: str, at: datetime) -> int:
    """Notes a file that `files.keep` has noted as a cycle's archive; gives its id."""
    values = {"cycle_id": cycle_id, "file_key": file_key, "by": by, "at": at}
    return int(tx.execute(_ADD, values).scalar_one())


def get(tx: Connection, archive_id: int) -> Archive | None:
    row = tx.execute(_GET, {"archive": archive_id}).first()
    return Archive(*row) if row else None


def of_cycle(tx: Connection, cycle_id: int) -> list[Archive]:
    """Gives a cycle's archives that are there, oldest first."""
    found = (Archive(*row) for row in tx.execute(_OF_CYCLE, {"cycle": cycle_id}))
    return [each for each in found if each.purged_at is None]


def latest(tx: Connection, cycle_id: int) -> Archive | None:
    """Gives the last archive of a cycle that is there."""
    found = of_cycle(tx, cycle_id)
    return found[-1] if found else None


def keys_since(tx: Connection, cycle_id: int, since: datetime) -> set[str]:
    """The files of a cycle's archives made since then: they hold what was there then."""
    return {each.file_key for each in of_cycle(tx, cycle_id) if each.at >= since}


def purged_since(tx: Connection, cycle_id: int, since: datetime) -> bool:
    """Whether anything of the cycle's forms was purged since then."""
    return tx.execute(_PURGED, {"cycle": cycle_id, "since": since}).first() is not None

"""The versions handed to finance, each of them once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.conflicts import ConflictInsert
from storage.models import Delivery as DeliveryModel
from storage.models import table


@dataclass(frozen=True, slots=True)
class Delivery:
    """A version with the number of the submission it was made from and the version code printed
    on it; None and "" for those of before there were any."""

    form_id: int
    version: int
    created_at: datetime
    files: tuple[str, ...]
    submission: int | None = None
    code: str = ""


_deliveries = table(DeliveryModel)
_ADD = ConflictInsert(
    lambda insert: (
        insert(_deliveries)
        .on_conflict_do_nothing(index_elements=["form_id", "version"])
        .returning(_deliveries.c.version)
    )
)
_OF_FORM = (
    select(
        _deliveries.c.version,
        _deliveries.c.created_at,
        _deliveries.c.files,
        _deliveries.c.submission,
        _deliveries.c.code,
    )
    .where(_deliveries.c.form_id == bindparam("form"))
    .order_by(_deliveries.c.version)
)


def add(
    tx: Connection,
    form_id: int,
    version: int,
    files: Sequence[str],
    now: datetime,
    submission: int | None = None,
    code: str = "",
) -> bool:
    """Notes a version and its files' keys; False if that version was delivered before."""
    values = {"form_id": form_id, "version": version, "files": list(files), "created_at": now}
    found = tx.execute(_ADD.on(tx), values | {"submission": submission, "code": code})
    return found.first() is not None


def of_form(tx: Connection, form_id: int) -> list[Delivery]:
    """Gives a form's deliveries by version."""
    found = tx.execute(_OF_FORM, {"form": form_id})
    return [Delivery(form_id, version, at, tuple(files), *of) for version, at, files, *of in found]

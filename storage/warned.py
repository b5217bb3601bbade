"""Which of the files given as evidence hold numbers of persons."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from storage.models import Evidence, File, table


@dataclass(frozen=True, slots=True)
class Warned:
    """A file's name, and how many identity-card, bank-card and mobile numbers stand in it, by
    kind; never the numbers."""

    name: str
    counts: Mapping[str, int]


_e, _f = table(Evidence), table(File)
_OF_FORM = (
    select(_f.c.key, _f.c.name, _f.c.warnings)
    .join(_e, _e.c.file_key == _f.c.key)
    .where(
        _e.c.form_id == bindparam("form"),
        _e.c.removed_at.is_(None),
        _f.c.purged_at.is_(None),
        _f.c.warnings.is_not(None),
    )
    .order_by(_e.c.id)
)


def of_form(tx: Connection, form_id: int) -> list[Warned]:
    """Gives the files of a form that hold such numbers, each once, in the order given."""
    found = {
        key: Warned(name, counts) for key, name, counts in tx.execute(_OF_FORM, {"form": form_id})
    }
    return list(found.values())

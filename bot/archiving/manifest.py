"""What an archive says of itself: manifest.json, and the sums that `sha256sum -c` reads."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
FORMAT = 1


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Member(_Frozen):
    """A file in the archive. `kind` is data (rows of tables), file (stored bytes, under `key`) or
    made (written for people); data about one form says which."""

    path: str
    size: int
    sha256: str
    kind: Literal["data", "file", "made"]
    key: str = ""
    form_id: int = 0


class Missing(_Frozen):
    """A stored file that should be in the archive and could not be read."""

    path: str
    key: str


class Manifest(_Frozen):
    """All members but the manifest and the sums, and what the archive is of. `until` is up to when
    messages are in it, in ISO format as `made_at`."""

    format: int = FORMAT
    cycle_id: int
    name: str
    year: int
    standard_hash: str
    closed: bool
    made_at: str
    made_by: str
    until: str
    departments: int
    members: tuple[Member, ...]
    missing: tuple[Missing, ...] = ()

    def data_of_forms(self) -> dict[int, str]:
        """The hash of what the tables said of each form."""
        return {each.form_id: each.sha256 for each in self.members if each.form_id}

    def keys(self) -> set[str]:
        """The stored files that are in it."""
        return {each.key for each in self.members if each.key}


def sums_of(members: tuple[Member, ...]) -> bytes:
    """A line for each member, as `sha256sum` writes and checks it."""
    return "".join(f"{each.sha256}  {each.path}\n" for each in members).encode()

"""What stands in a backup."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

KIND = "jixiao-backup"
MANIFEST, DATABASE, FILES = "manifest.json", "database.sqlite3", "files/"


class BackedUp(BaseModel):
    """One stored file; its key begins with the sha256 of its bytes."""

    model_config = ConfigDict(extra="forbid")

    key: str
    size: int


class Manifest(BaseModel):
    """The list of a backup. `made_at` is ISO, UTC; `revision` that of the schema; `missing` are
    keys of files that the database knows and the file store did not have."""

    model_config = ConfigDict(extra="forbid")

    kind: str = KIND
    made_at: str
    revision: str
    database_sha256: str
    files: tuple[BackedUp, ...]
    missing: tuple[str, ...] = ()

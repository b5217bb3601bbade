"""Whether the service can do its work, and if not, why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.services import Services
from storage import schema
from storage.database import DatabaseDown

LEAST_FREE = 50 << 20
"""Bytes that must be free where the database and the files are."""


def faults(services: Services) -> list[str]:
    """What keeps turns from being taken, for an operator; nothing else is looked at once the
    database is down."""
    try:
        if not schema.is_current(services.database):
            return ["database schema is behind: jixiao db upgrade"]
        services.database.check_writable()
    except DatabaseDown as error:
        return [f"database down: {error}"]
    return list(_short_of_room(services))


def _short_of_room(services: Services) -> Iterator[str]:
    settings = services.settings
    places = {"files": settings.file_store, "database": services.database.url.database or ""}
    if services.database.url.get_backend_name() != "sqlite":
        del places["database"]
    for name, place in places.items():
        folder = _standing(Path(place)) if place and "://" not in place else None
        if folder is None:
            continue
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            yield f"disk of the {name} is full: {free >> 20} MB left in {folder}"


def _standing(path: Path) -> Path | None:
    """The nearest folder that is there."""
    return next((each for each in (path, *path.absolute().parents) if each.is_dir()), None)

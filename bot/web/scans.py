"""Files that a page brings outside any transaction: looked into and stored, or refused by name."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from bot.acts.base import ActRefused
from bot.intake import TakenIn, take_in
from bot.services import Services
from reports.inspection import LIMITS, Refused

SCANS = ("pdf", "image")
_LONGEST_NAME = 60


def stored(services: Services, form_id: int, file: FileStorage) -> TakenIn:
    """A file of any kind that the house takes. Raises ActRefused with the reason."""
    name = file.filename or ""
    # One more byte than the limit tells that there is more; what is behind it isn't read.
    data = file.stream.read(LIMITS.largest + 1)
    try:
        return take_in(services, form_id, name, data)
    except Refused as refusal:
        raise ActRefused("file", name=name[:_LONGEST_NAME], why=refusal.words) from None


def scanned(services: Services, form_id: int, file: FileStorage, refusal: str) -> TakenIn:
    """A scan or photo of paper. Raises ActRefused with the reason, `refusal` for other kinds."""
    taken = stored(services, form_id, file)
    if taken.kind not in SCANS:
        raise ActRefused(refusal, name=(file.filename or "")[:_LONGEST_NAME])
    return taken

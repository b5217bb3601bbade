"""Stored files on their way to a browser: piece by piece, to be saved, nothing of them run."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from bot.services import Services
from storage.files import StoredFile

# What is kept was brought by people: a browser must not run any of it in our name.
_SHUT = "default-src 'none'; sandbox"


def download(services: Services, file: StoredFile) -> Response:
    """The file under its name. Raises FileMissing; one found damaged on the way breaks off, so
    that a browser doesn't take it for whole."""
    response = Response(services.files.pieces(file.key), mimetype=file.content_type)
    response.content_length = file.size
    ending = file.name.rpartition(".")[2] if file.name.isascii() or "." in file.name else ""
    plain = f"file.{ending}" if ending.isascii() and ending.isalnum() else "file"
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    response.headers["Content-Disposition"] = named
    response.headers["Content-Security-Policy"] = _SHUT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

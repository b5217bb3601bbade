"""media/upload and media/get."""

import re
from urllib.parse import quote

from flask import Response, request

from emulator.api.gate import Body, Gate
from emulator.errors import ApiError
from emulator.media import LIMITS, MEGA, Media, check_upload
from emulator.multipart import read_media_part
from emulator.state import State

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "voice": "amr", "video": "mp4"}
CONFUSED_ABOVE = 5 * MEGA


def add_calls(gate: Gate, state: State) -> None:
    def upload() -> Body:
        kind = request.args.get("type", "")
        if kind not in LIMITS:
            raise ApiError(40004)
        part = read_media_part(request.get_data(), request.headers.get("Content-Type", ""))
        check_upload(kind, part.filename, part.content)
        if kind == "image" and len(part.content) > CONFUSED_ABOVE:
            state.journal.note("odd", "image_over_5mb")
        media = state.shelf.put(kind, part.filename, part.content, part.content_type)
        stamp = str(int(media.created.timestamp()))
        return {"errmsg": "", "type": kind, "media_id": media.media_id, "created_at": stamp}

    def get() -> Response:
        media_id = request.args.get("media_id", "")
        if not media_id:
            raise ApiError(41006)
        return _deliver(state.shelf.fresh(media_id))

    gate.add("POST", "media/upload", upload)
    gate.add("GET", "media/get", get)


def _deliver(media: Media) -> Response:
    span = _range(len(media.content))
    if span is None and len(media.content) > LIMITS["file"]:
        raise ApiError(830002)
    response = Response(media.content, 200, content_type=media.content_type)
    response.headers["Content-disposition"] = f'attachment; filename="{_shown_name(media)}"'
    if span is not None:
        first, last = span
        response.status_code = 206
        response.set_data(media.content[first : last + 1])
        response.headers["Content-Range"] = f"bytes {first}-{last}/{len(media.content)}"
    return response


def _range(size: int) -> tuple[int, int] | None:
    """First and last byte asked for, or None; a range that cannot be met counts as none."""
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("Range", ""))
    if found is None:
        return None
    first = int(found.group(1))
    last = min(int(found.group(2) or size - 1), size - 1)
    return (first, last) if first <= last else None


def _shown_name(media: Media) -> str:
    extension = EXTENSIONS.get(media.content_type) or EXTENSIONS.get(media.kind)
    if extension:
        return f"{media.media_id}.{extension}"
    return quote(media.name)

"""Pictures as phones and scanners give them; only their headers are read."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable

from PIL import Image

from reports.inspection.verdict import Limits, Refused

_TYPES = {
    "jpg": ("JPEG", ".jpg", "image/jpeg"),
    "png": ("PNG", ".png", "image/png"),
    "bmp": ("BMP", ".bmp", "image/bmp"),
    "gif": ("GIF", ".gif", "image/gif"),
    "tif": ("TIFF", ".tif", "image/tiff"),
    "webp": ("WEBP", ".webp", "image/webp"),
    "heic": ("", ".heic", "image/heic"),
}


def check_image(data: bytes, seen: str, limits: Limits) -> tuple[str, str]:
    """The suffix and content type of a picture. Raises Refused: damaged, pixels, disguised_zip."""
    # A picture that is an archive when read from its end.
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused("disguised_zip")
    form, suffix, content_type = _TYPES[seen]
    if seen in _WHOLE and not _WHOLE[seen](data):
        raise Refused("damaged")
    if form:  # no library at hand reads HEIC headers
        width, height = _size(data, form)
        if width * height > limits.pixels:
            raise Refused("pixels", width=width, height=height)
    return suffix, content_type


def _is_whole_jpeg(data: bytes) -> bool:
    """Whether the picture ends. The small preview in its head has an end of its own, and behind
    the picture phones put whatever they like."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xDA:
            return data.find(b"\xff\xd9", at) > 0
        filled = data[at + 1] == 0xFF
        at += 1 if filled else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False


_WHOLE: dict[str, Callable[[bytes], bool]] = {
    "jpg": _is_whole_jpeg,
    "png": lambda data: b"IEND" in data,
}


def _size(data: bytes, form: str) -> tuple[int, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[form]) as image:
                return image.size
    except Image.DecompressionBombError:
        raise Refused("pixels", width=0, height=0) from None
    except Exception:
        raise Refused("damaged") from None

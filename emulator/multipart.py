"""Reading a multipart body the way media/upload does, stricter than web frameworks are.

A file name written as ``filename*=`` (RFC 2231) is not understood there, so the raw headers
matter; frameworks hide them.
"""

import re
from dataclasses import dataclass

from emulator.errors import ApiError


@dataclass(frozen=True)
class Part:
    """One part of the body with its file name and the type it claims."""

    filename: str
    content_type: str
    content: bytes


def read_media_part(body: bytes, content_type: str) -> Part:
    """The part named media; raises 44001 if it or its plain filename is missing."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None or "multipart/form-data" not in content_type:
        raise ApiError(44001)
    for raw in body.split(b"--" + found.group(1).encode())[1:]:
        head, split, content = raw.partition(b"\r\n\r\n")
        if split and _attribute(head, "name") == "media":
            return _read_part(head, content.removesuffix(b"\r\n"))
    raise ApiError(44001)


def _read_part(head: bytes, content: bytes) -> Part:
    filename = _attribute(head, "filename")
    if not filename:
        raise ApiError(44001)
    claimed = re.search(rb"(?im)^content-type:[ \t]*([^\r\n]+)", head)
    return Part(filename, claimed.group(1).decode("latin-1") if claimed else "", content)


def _attribute(head: bytes, name: str) -> str:
    line = re.search(rb"(?im)^content-disposition:([^\r\n]*)", head)
    if line is None:
        return ""
    value = re.search(rb'[; \t]%s="([^"]*)"' % name.encode(), line.group(1))
    return value.group(1).decode("utf-8", errors="replace") if value else ""

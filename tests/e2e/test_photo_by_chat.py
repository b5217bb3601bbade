"""A photo sent in the emulated chat ends up as evidence, through the real download."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from storage import evidence

District = Any  # of conftest.py, which can't be imported
CONTACT = "chenyu"


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_photo_is_kept_and_ticked(district: District) -> None:
    district.open(CONTACT)
    district.world.send_image(CONTACT, png())
    district.drain()
    assert any("收到照片" in b.words() for b in district.bubbles(CONTACT))
    district.submit(CONTACT, ["A1-3-1"])
    assert "归到A1-3-1" in district.newest(CONTACT).words()
    with district.services.database.read() as tx:
        (kept,) = evidence.of_form(tx, district.loaded.forms["301"])
    assert (kept.item, kept.via) == ("A1-3-1", "chat")
    assert district.services.files.get(kept.file_key) == png()
    assert district.complaints("lost", "refused", "cut") == []


def test_a_photo_that_expired_is_said(district: District) -> None:
    district.open(CONTACT)
    district.world.send_image(CONTACT, png())
    district.clock.advance(timedelta(days=4))
    district.drain()
    assert "已经过期" in district.newest(CONTACT).words()

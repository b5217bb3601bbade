"""media/upload and media/get."""

from datetime import timedelta
from typing import Any

import pytest

from emulator.clock import ManualClock
from emulator.media import MEGA
from emulator.world import World

DOCX = b"PK\x03\x04" + b"d" * 60


def test_a_file_keeps_its_chinese_name_and_can_be_sent(api: Any, world: World) -> None:
    answer = api.upload("file", "自评报告.docx", DOCX)
    assert answer["errcode"] == 0
    assert isinstance(answer["created_at"], str)
    assert api.send("file", {"media_id": answer["media_id"]})["errcode"] == 0
    assert world.seen("li")[0].content["name"] == "自评报告.docx"
    shown = api.client.get(f"/emulator/files/{answer['media_id']}")
    assert shown.data == DOCX
    assert "filename*=UTF-8''%E8%87%AA" in shown.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("kind", "name", "content", "errcode"),
    [
        ("file", "a.txt", b"12345", 40006),
        ("file", "a.txt", b"", 44001),
        ("file", "/a.txt", DOCX, 40058),
        ("file", "a:b.txt", DOCX, 40058),
        ("file", "a.bin", b"x" * (20 * MEGA + 1), 45001),
        ("voice", "a.amr", b"#!AMR\n" + b"x" * (2 * MEGA), 45001),
        ("image", "a.jpg", b"GIF89a....", 40123),
        ("video", "a.mp4", b"not a video", 41090),
        ("poster", "a.jpg", DOCX, 40004),
    ],
)
def test_refused_uploads(api: Any, kind: str, name: str, content: bytes, errcode: int) -> None:
    assert api.upload(kind, name, content)["errcode"] == errcode


@pytest.mark.parametrize(
    "head",
    [
        "form-data; name=\"media\"; filename*=UTF-8''%E8%87%AA.docx",
        'form-data; name="file"; filename="a.docx"',
        'form-data; name="media"',
    ],
)
def test_a_part_that_the_service_cannot_read_is_empty(api: Any, head: str) -> None:
    assert api.upload("file", "", DOCX, head=head)["errcode"] == 44001


def test_six_bytes_are_enough(api: Any) -> None:
    assert api.upload("file", "a.txt", b"123456")["errcode"] == 0


def test_get_gives_binary_with_a_disposition_or_json(api: Any) -> None:
    text = b'{"errcode": 40007}'
    media_id = api.upload("file", "evidence.json", text)["media_id"]
    good = api.client.get(api.url("media/get", media_id=media_id))
    assert good.data == text
    assert good.headers["Content-disposition"] == 'attachment; filename="evidence.json"'
    bad = api.client.get(api.url("media/get", media_id="?"))
    assert bad.status_code == 200
    assert bad.get_json()["errcode"] == 40007
    assert "Content-disposition" not in bad.headers


def test_a_photo_of_a_member_can_be_fetched_in_ranges(
    api: Any, world: World, bot: Any, jpeg: bytes
) -> None:
    world.send_image("li", jpeg)
    url = api.url("media/get", media_id=bot.last("MediaId"))
    whole = api.client.get(url)
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert whole.headers["Content-disposition"].endswith('.jpg"')
    part = api.client.get(url, headers={"Range": "bytes=4-8"})
    assert (part.status_code, part.data) == (206, b"photo")
    assert part.headers["Content-Range"] == f"bytes 4-8/{len(jpeg)}"


def test_over_20_mb_only_in_ranges(api: Any, world: World) -> None:
    media = world.shelf.put("video", "v.mp4", b"x" * (20 * MEGA + 1))
    url = api.url("media/get", media_id=media.media_id)
    assert api.client.get(url).get_json()["errcode"] == 830002
    assert len(api.client.get(url, headers={"Range": "bytes=0-99"}).data) == 100


def test_media_live_three_days_but_stay_on_the_page(api: Any, clock: ManualClock) -> None:
    media_id = api.upload("file", "a.docx", DOCX)["media_id"]
    clock.advance(timedelta(days=3))
    api.token = ""
    assert api.get("media/get", media_id=media_id)["errcode"] == 40007
    assert api.send("file", {"media_id": media_id})["errcode"] == 40007
    assert api.client.get(f"/emulator/files/{media_id}").data == DOCX


def test_a_file_is_no_image(api: Any) -> None:
    media_id = api.upload("file", "a.docx", DOCX)["media_id"]
    assert api.send("image", {"media_id": media_id})["errcode"] == 40007

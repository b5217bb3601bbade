"""Files up and down: whole after a retry, named in Chinese, capped, never mistaken."""

import json
from datetime import UTC, datetime

import pytest
import requests

from bot.wecom.errors import ApiError, MediaTooLarge, Reaction, UnknownOutcome

DOCX = b"PK\x03\x04" + bytes(range(256)) * 40
UPLOADED = {
    "errcode": 0,
    "errmsg": "",
    "type": "file",
    "media_id": "M1",
    "created_at": "1700000000",
}
EXPIRED = {"errcode": 42001, "errmsg": "expired"}


def a_file(content: bytes, name: str = "M1.jpg", kind: str = "image/jpeg"):
    disposition = f'attachment; filename="{name}"'.encode().decode("latin-1")
    return 200, {"Content-Type": kind, "Content-disposition": disposition}, content


def test_a_file_is_uploaded_with_its_chinese_name(api, service):
    service.answer("media/upload", UPLOADED)
    media = api.upload("自评报告（终稿）.docx", DOCX, "file")
    assert media.media_id == "M1"
    assert media.created_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    request = service.calls("media/upload")[0]
    assert service.query(request)["type"] == "file"
    assert 'name="media"; filename="自评报告（终稿）.docx"'.encode() in request.body
    assert b"filename*" not in request.body
    assert DOCX in request.body
    assert service.options[-1]["timeout"] == (3, 60)


def test_after_a_token_retry_the_file_is_still_whole(api, service):
    service.answer("media/upload", EXPIRED, UPLOADED)
    api.upload("a.docx", DOCX, "file")
    bodies = [request.body for request in service.calls("media/upload")]
    assert [DOCX in body for body in bodies] == [True, True]
    assert service.tokens("media/upload") == ["token-1", "token-2"]


def test_a_missing_time_is_now(api, service, clock):
    service.answer("media/upload", {"media_id": "M1"})
    assert api.upload("a.docx", DOCX, "file").created_at == clock.now


@pytest.mark.parametrize(
    ("name", "content", "kind", "match"),
    [
        ("", DOCX, "file", "name"),
        ("/a.docx", DOCX, "file", "name"),
        ("a\\b.docx", DOCX, "file", "name"),
        ("a:b.docx", DOCX, "file", "name"),
        ("a\r\nb.docx", DOCX, "file", "name"),
        ("a.docx", b"12345", "file", "5 bytes"),
        ("a.png", bytes(5 * 1024 * 1024 + 1), "image", "5242881 bytes"),
        ("a.docx", DOCX, "docx", "kind"),
    ],
)
def test_what_the_service_would_refuse_is_not_uploaded(api, service, name, content, kind, match):
    with pytest.raises(ValueError, match=match):
        api.upload(name, content, kind)
    assert service.requests == []


def test_a_file_is_downloaded(api, service):
    service.answer("media/get", a_file(DOCX, "照片.jpg"))
    download = api.download("M1", max_bytes=len(DOCX))
    assert download.content == DOCX
    assert (download.name, download.content_type) == ("照片.jpg", "image/jpeg")
    assert service.options[-1]["stream"] is True


def test_evidence_that_is_json_is_evidence(api, service):
    content = json.dumps({"errcode": 40007, "errmsg": "a file about errors"}).encode()
    service.answer("media/get", a_file(content, "e.json", "application/json"))
    assert api.download("M1", 1000).content == content


def test_an_error_is_an_error_though_it_comes_with_200(api, service):
    service.answer("media/get", {"errcode": 40007, "errmsg": "invalid media_id"})
    with pytest.raises(ApiError) as error:
        api.download("M1", 1000)
    assert error.value.reaction is Reaction.REUPLOAD


def test_a_download_renews_its_token(api, service):
    service.answer("media/get", EXPIRED, a_file(DOCX))
    assert api.download("M1", 20000).content == DOCX
    assert service.tokens("media/get") == ["token-1", "token-2"]


def test_a_file_above_the_cap_is_dropped(api, service):
    service.answer("media/get", a_file(DOCX))
    with pytest.raises(MediaTooLarge, match=str(len(DOCX) - 1)):
        api.download("M1", len(DOCX) - 1)


@pytest.mark.parametrize(
    "answer",
    [{"errcode": 0, "errmsg": "ok"}, (200, {}, b"<html>"), requests.ReadTimeout("x")],
)
def test_an_answer_that_is_neither_file_nor_error(api, service, answer):
    service.answer("media/get", answer)
    with pytest.raises(UnknownOutcome):
        api.download("M1", 1000)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../etc/x.jpg"', "x.jpg"),
        ("attachment; filename=x.jpg", "x.jpg"),
        ('attachment; filename="a\\b.jpg"', "b.jpg"),
        ("attachment", ""),
    ],
)
def test_a_file_name_is_only_a_name(api, service, disposition, name):
    service.answer("media/get", (200, {"Content-Disposition": disposition}, DOCX))
    assert api.download("M1", 20000).name == name

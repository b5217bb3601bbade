"""The gate against the published vectors, against time and against hostile requests."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from wechatpy.enterprise.crypto import WeChatCrypto
from werkzeug.datastructures import MultiDict

from bot.wecom.callback import CallbackGuard, Refused
from bot.wecom.inbound import parse

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
POSITIVE = VECTORS["official"] + VECTORS["derived"]
NEGATIVE = VECTORS["negative"]
NAMES = ("token", "encoding_aes_key", "receive_id")
POST = next(vector for vector in POSITIVE if vector["name"] == "post_text_message")


def a_guard(**settings) -> CallbackGuard:
    token, aes_key, corp_id = (VECTORS[name] for name in NAMES)
    return CallbackGuard(corp_id, token, aes_key, **settings)


def at(vector) -> datetime:
    return datetime.fromtimestamp(int(vector.get("timestamp", 1700000000)), UTC)


def query(vector) -> dict[str, str]:
    names = ("msg_signature", "timestamp", "nonce")
    return {name: vector[name] for name in names if name in vector}


def body(vector) -> bytes:
    wrapped = f"<xml><Encrypt><![CDATA[{vector.get('encrypt')}]]></Encrypt></xml>"
    return vector.get("post_body", wrapped).encode()


@pytest.mark.parametrize("vector", POSITIVE, ids=lambda v: v["name"])
def test_a_positive_vector_opens_byte_for_byte_both_ways(vector):
    guard, now = a_guard(), at(vector)
    assert guard.open(query(vector), body(vector), now) == vector["plain"]
    args = query(vector) | {"echostr": vector["encrypt"]}
    assert guard.verify_url(args, now) == vector["plain"]


@pytest.mark.parametrize("vector", NEGATIVE, ids=lambda v: v["name"])
def test_a_negative_vector_is_refused_with_the_official_code(vector):
    with pytest.raises(Refused) as refused:
        a_guard().open(query(vector), body(vector), at(vector))
    assert refused.value.code == vector["code"]
    with pytest.raises(Refused):
        a_guard().verify_url(query(vector) | {"echostr": vector.get("encrypt", "")}, at(vector))


def test_the_url_check_takes_arguments_as_the_web_framework_decodes_them():
    vector = next(each for each in POSITIVE if "query_string" in each)
    args = MultiDict(parse_qsl(vector["query_string"]))
    assert "+" in args["echostr"]
    assert a_guard().verify_url(args, at(vector)) == vector["plain"]


def test_a_plus_is_not_decoded_a_second_time():
    vector = next(each for each in POSITIVE if "query_string" in each)
    args = query(vector) | {"echostr": vector["encrypt"].replace("+", " ")}
    with pytest.raises(Refused) as refused:
        a_guard().verify_url(args, at(vector))
    assert refused.value.code == -40001


@pytest.mark.parametrize("minutes", [-10, 0, 10])
def test_ten_minutes_of_clock_difference_are_borne(minutes):
    assert a_guard().open(query(POST), body(POST), at(POST) + timedelta(minutes=minutes))


@pytest.mark.parametrize("seconds", [-601, 601, 86400])
def test_an_old_or_future_request_is_refused_though_signed(seconds):
    with pytest.raises(Refused, match="too far"):
        a_guard().open(query(POST), body(POST), at(POST) + timedelta(seconds=seconds))


@pytest.mark.parametrize("missing", ["msg_signature", "timestamp", "nonce"])
def test_a_missing_argument_is_refused(missing):
    args = query(POST)
    del args[missing]
    with pytest.raises(Refused):
        a_guard().open(args, body(POST), at(POST))


@pytest.mark.parametrize(
    "timestamp", ["", "abc", "-1", "1e9", "１７００００００００", "9" * 400, "1.5"]
)
def test_a_strange_timestamp_is_refused_though_signed(timestamp, sign):
    encrypt = POST["encrypt"]
    args = {"timestamp": timestamp, "nonce": "n", "msg_signature": sign(timestamp, "n", encrypt)}
    with pytest.raises(Refused, match="timestamp"):
        a_guard().open(args, body(POST), at(POST))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe<xml/>", -40002),
        (b"not xml", -40002),
        (b"<xml></xml>", -40002),
        (b"<xml><Encrypt/></xml>", -40002),
        (b"<xml><a><Encrypt>x</Encrypt></a></xml>", -40002),
        (b"<xml><Encrypt>x<b/></Encrypt></xml>", -40002),
        (b"<xml><Encrypt>a</Encrypt><a><Encrypt>b</Encrypt></a></xml>", -40002),
        (b'<!DOCTYPE x [<!ENTITY e "1">]><xml><Encrypt>&e;</Encrypt></xml>', -40002),
        (b"<xml>" + b" " * 65536 + b"</xml>", -40002),
        ('<?xml version="1.0" encoding="utf-16"?><xml/>'.encode("utf-16"), -40002),
    ],
)
def test_a_bad_body_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        a_guard().open(query(POST), content, at(POST))
    assert refused.value.code == code


def test_the_outer_fields_are_not_signed_and_not_trusted():
    forged = f"<xml><ToUserName>other</ToUserName><Encrypt>{POST['encrypt']}</Encrypt></xml>"
    assert parse(a_guard().open(query(POST), forged.encode(), at(POST))).sender == "mycreate"


def test_a_sealed_reply_opens_with_wechatpy_and_with_the_guard():
    now = datetime(2026, 3, 2, tzinfo=UTC)
    sealed = a_guard().seal("<xml>已收到😀</xml>", now, nonce="12345")
    fields = parse(sealed).extra
    assert fields["TimeStamp"] == str(int(now.timestamp()))
    assert fields["Nonce"] == "12345"
    crypto = WeChatCrypto(*(VECTORS[name] for name in NAMES))
    args = (fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
    assert crypto.decrypt_message(sealed, *args) == "<xml>已收到😀</xml>"
    names = ("msg_signature", "timestamp", "nonce")
    opened = a_guard().open(dict(zip(names, args, strict=True)), sealed.encode(), now)
    assert opened == "<xml>已收到😀</xml>"


@pytest.mark.parametrize("vector", POSITIVE, ids=lambda v: v["name"])
def test_sealing_gives_the_ciphertext_and_signature_of_the_vectors(vector, monkeypatch):
    prefix = bytes.fromhex(vector["random_hex"])
    monkeypatch.setattr("wechatpy.crypto.base.random_string", lambda length: prefix)
    sealed = parse(a_guard().seal(vector["plain"], at(vector), vector["nonce"])).extra
    assert sealed["Encrypt"] == vector["encrypt"]
    assert sealed["MsgSignature"] == vector["msg_signature"]


def test_two_replies_have_different_nonces():
    now = datetime(2026, 3, 2, tzinfo=UTC)
    nonces = {parse(a_guard().seal("<xml/>", now)).extra["Nonce"] for _ in range(20)}
    assert len(nonces) == 20


@pytest.mark.parametrize("aes_key", ["", "short", "x" * 44, "x" * 42 + "!"])
def test_a_wrong_key_is_a_clear_settings_error_without_the_key(aes_key):
    with pytest.raises(ValueError, match="43") as error:
        CallbackGuard("ww0001", "token", aes_key)
    assert not aes_key or aes_key not in str(error.value)

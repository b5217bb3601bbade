"""The envelope against Tencent's published examples and against spoilt ones."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from wechatpy.enterprise.crypto import WeChatCrypto

from emulator import crypto, xml

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)


def name_of(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", VECTORS["good"], ids=name_of)
def test_published_examples_open_and_are_made_again_byte_for_byte(case: dict[str, Any]) -> None:
    signed = crypto.sign(case["token"], case["timestamp"], case["nonce"], case["encrypt"])
    assert signed == case["msg_signature"]
    key, receiver = case["encoding_aes_key"], case["receive_id"]
    assert crypto.decrypt(key, case["encrypt"], receiver) == case["plain"]
    prefix = bytes.fromhex(case["random_hex"])
    assert crypto.encrypt(key, case["plain"], receiver, prefix) == case["encrypt"]


@pytest.mark.parametrize("case", VECTORS["bad"], ids=name_of)
def test_spoilt_envelopes_are_refused(case: dict[str, Any]) -> None:
    with pytest.raises(crypto.CryptoError):
        open_envelope(case)


def open_envelope(case: dict[str, Any]) -> str:
    crypto.check_signature(
        case["msg_signature"], case["token"], case["timestamp"], case["nonce"], case["encrypt"]
    )
    return crypto.decrypt(case["encoding_aes_key"], case["encrypt"], case["receive_id"])


def test_message_length_past_the_end_is_refused() -> None:
    case = VECTORS["good"][0]
    key = case["encoding_aes_key"]
    whole = base64.b64decode(crypto.encrypt(key, "x" * 200, "wwemu1"))
    with pytest.raises(crypto.CryptoError):
        crypto.decrypt(key, base64.b64encode(whole[:-64]).decode(), "wwemu1")


def test_random_prefix_differs_and_is_not_printable() -> None:
    first, second = crypto.random_prefix(), crypto.random_prefix()
    assert first != second
    assert len(first) == 16
    assert not first.decode("latin-1").isprintable() or first[-1] > 127


@pytest.mark.parametrize("size", range(40))
def test_every_length_survives_the_padding(size: int) -> None:
    key = VECTORS["good"][0]["encoding_aes_key"]
    sealed = crypto.encrypt(key, "a" * size, "wwemu1")
    assert len(base64.b64decode(sealed)) % 32 == 0
    assert crypto.decrypt(key, sealed, "wwemu1") == "a" * size


def test_another_implementation_understands_us_and_we_it() -> None:
    other = WeChatCrypto("tok", VECTORS["good"][0]["encoding_aes_key"], "wwemu1")
    key = VECTORS["good"][0]["encoding_aes_key"]
    sealed = crypto.encrypt(key, "<xml>你好😀</xml>", "wwemu1")
    envelope = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    signed = crypto.sign("tok", "1700000000", "n", sealed)
    assert other.decrypt_message(envelope, signed, "1700000000", "n") == "<xml>你好😀</xml>"
    answer = xml.parse(other.encrypt_message("<xml>再见</xml>", "n", "1700000000"))
    theirs = xml.one(answer, "Encrypt")
    crypto.check_signature(xml.one(answer, "MsgSignature"), "tok", "1700000000", "n", theirs)
    assert crypto.decrypt(key, theirs, "wwemu1") == "<xml>再见</xml>"

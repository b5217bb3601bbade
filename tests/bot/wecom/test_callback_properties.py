"""Whatever comes to the gate, it is opened as it was meant or refused; nothing else."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.utils import WeChatSigner

from bot.wecom.callback import CallbackGuard, Refused
from bot.wecom.envelope import unpack
from bot.wecom.inbound import parse

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
POST = next(vector for vector in VECTORS["official"] if vector["kind"] == "post")
NOW = datetime.fromtimestamp(int(POST["timestamp"]), UTC)
GUARD = CallbackGuard(VECTORS["receive_id"], VECTORS["token"], VECTORS["encoding_aes_key"])
ARGS = {name: POST[name] for name in ("msg_signature", "timestamp", "nonce")}


def signed(encrypt: str) -> dict[str, str]:
    signer = WeChatSigner()
    signer.add_data(VECTORS["token"], POST["timestamp"], "n", encrypt)
    return {"timestamp": POST["timestamp"], "nonce": "n", "msg_signature": signer.signature}


def opened(args, body: bytes) -> str | None:
    try:
        return GUARD.open(args, body, NOW)
    except Refused:
        return None


@given(st.data())
def test_a_mutated_body_is_refused_or_still_says_the_same(data):
    body = bytearray(POST["post_body"].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    assert opened(ARGS, bytes(body)) in (None, POST["plain"])


@given(st.sampled_from(["msg_signature", "timestamp", "nonce", "encrypt"]), st.data())
def test_any_change_of_a_signed_part_is_refused(part, data):
    text = POST[part]
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.characters()) + text[place + 1 :]
    if changed == text:
        return
    args = ARGS | {"echostr": POST["encrypt"]} | {part: changed}
    args["echostr"] = changed if part == "encrypt" else POST["encrypt"]
    with pytest.raises(Refused):
        GUARD.verify_url(args, NOW)


@given(st.dictionaries(st.sampled_from([*ARGS, "echostr"]), st.text()), st.binary())
def test_random_requests_are_refused(args, body):
    with pytest.raises(Refused):
        GUARD.verify_url(args, NOW)
    with pytest.raises(Refused):
        GUARD.open(args, body, NOW)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_signed_text_that_is_no_ciphertext_is_refused(encrypt):
    with pytest.raises(Refused):
        GUARD.verify_url(signed(encrypt) | {"echostr": encrypt}, NOW)


@given(st.binary(min_size=1, max_size=160))
def test_a_signed_buffer_of_random_bytes_is_refused(plain):
    plain = plain + bytes(-len(plain) % 16)
    with pytest.raises(Refused):
        unpack(plain, VECTORS["receive_id"])


@given(
    random=st.binary(min_size=16, max_size=16),
    message=st.text(st.characters(codec="utf-8")),
    length=st.integers(-4, 4),
    receive_id=st.sampled_from([VECTORS["receive_id"], "", "wx00", VECTORS["receive_id"] + "x"]),
    pad=st.integers(0, 255),
    spoilt=st.booleans(),
)
def test_only_the_exact_layout_is_opened(random, message, length, receive_id, pad, spoilt):
    said = message.encode()
    size = max(len(said) + length, 0)
    buffer = random + size.to_bytes(4, "big") + said + receive_id.encode()
    padding = bytearray([pad]) * pad
    if spoilt and pad > 1:
        padding[0] ^= 1
    padded = bytes(buffer) + bytes(padding)
    sound = size == len(said) and receive_id == VECTORS["receive_id"]
    sound = sound and 1 <= pad <= 32 and not (spoilt and pad > 1)
    if sound:
        assert unpack(padded, VECTORS["receive_id"]) == message
        return
    with pytest.raises(Refused):
        unpack(padded, VECTORS["receive_id"])


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.text("0123456789abcdef", min_size=1))
def test_what_is_sealed_opens(message, nonce):
    sealed = GUARD.seal(message, NOW, nonce)
    fields = parse(sealed).extra
    args = {
        "msg_signature": fields["MsgSignature"],
        "timestamp": fields["TimeStamp"],
        "nonce": fields["Nonce"],
    }
    assert GUARD.open(args, sealed.encode(), NOW) == message

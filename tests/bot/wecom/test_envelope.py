"""The layout of the decrypted buffer and the base64 around it, fault by fault."""

import pytest

from bot.wecom.envelope import BASE64, BUFFER, DECRYPT, RECEIVE_ID, Refused, decode_base64, unpack

CORP = "wx5823bf96d3bd56c7"


def a_buffer(message: bytes = b"hello", size: int | None = None, corp: str = CORP) -> bytes:
    length = len(message) if size is None else size
    return bytes(16) + length.to_bytes(4, "big") + message + corp.encode()


def padded(buffer: bytes, padding: bytes | None = None) -> bytes:
    pad = 32 - len(buffer) % 32
    return buffer + (bytes([pad]) * pad if padding is None else padding)


def test_a_sound_buffer():
    assert unpack(padded(a_buffer("好".encode())), CORP) == "好"


def test_an_aligned_buffer_has_a_whole_block_of_padding():
    aligned = a_buffer(b"x" * (64 - 20 - len(CORP)))
    assert len(aligned) == 64
    assert unpack(padded(aligned), CORP)
    with pytest.raises(Refused):
        unpack(aligned, CORP)


@pytest.mark.parametrize(
    ("buffer", "code"),
    [
        (padded(a_buffer(), b"\x04\x04\x05\x04"), BUFFER),
        (padded(a_buffer(), b"\x05\x04\x04\x04"), BUFFER),
        (padded(a_buffer(), b"\x00"), BUFFER),
        (padded(a_buffer(), b"!" * 33), BUFFER),
        (padded(b"", b"\x20" * 16), BUFFER),
        (padded(bytes(19), b"\x01"), BUFFER),
        (padded(a_buffer(size=6)), RECEIVE_ID),
        (padded(a_buffer(size=4)), RECEIVE_ID),
        (padded(a_buffer(size=0)), RECEIVE_ID),
        (padded(a_buffer(size=5 + len(CORP) + 1)), BUFFER),
        (padded(a_buffer(size=0xFFFFFFFF)), BUFFER),
        (padded(a_buffer(corp="")), RECEIVE_ID),
        (padded(a_buffer(corp=CORP.upper())), RECEIVE_ID),
        (padded(a_buffer(corp=CORP + "0")), RECEIVE_ID),
        (padded(a_buffer(b"\xff\xfe")), BUFFER),
        (padded(a_buffer(b"\xed\xa0\x80")), BUFFER),
    ],
)
def test_a_fault_is_refused_with_its_code(buffer, code):
    with pytest.raises(Refused) as refused:
        unpack(buffer, CORP)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("QUJD\nQUJD", BASE64),
        (" QUJDQUJDQUJDQUJDQUJDQQ==", BASE64),
        ("QUJDQUJDQUJDQUJDQUJDQQ==x", BASE64),
        ("QUJDQUJDQUJDQUJDQUJDQQ", BASE64),
        ("QUJD-_JDQUJDQUJDQUJDQQ==", BASE64),
        ("字", BASE64),
        ("", DECRYPT),
        ("QUJD", DECRYPT),
    ],
)
def test_the_ciphertext_must_be_clean(text, code):
    with pytest.raises(Refused) as refused:
        decode_base64(text)
    assert refused.value.code == code


def test_a_refusal_tells_neither_content_nor_key():
    with pytest.raises(Refused) as refused:
        unpack(padded(a_buffer(b"a secret figure", corp="other")), CORP)
    assert str(refused.value) == "receive id is not ours (-40005)"

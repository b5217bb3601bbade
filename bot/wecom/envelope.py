"""The inside of an encrypted message: its layout, taken apart with every length checked.

Layout (path 90968): random(16) | length of the message, 4 bytes big-endian | message in
UTF-8 | receive id, padded by PKCS#7 to a multiple of 32. wechatpy trusts the last byte and
the length as they come; here both are checked.
"""

import binascii
from xml.etree.ElementTree import Element

from bot.wecom.xmltree import MalformedXml, read

# Codes of Tencent's official library; they only serve the log.
SIGNATURE = -40001
XML = -40002
RECEIVE_ID = -40005
DECRYPT = -40007
BUFFER = -40008
BASE64 = -40010

_AES_BLOCK = 16
_PAD_BLOCK = 32
_HEADER = 20


class Refused(Exception):
    """A request at the callback address that is not WeChat Work's, or not whole.

    `reason` holds no content and no secret and may be logged; `code` is the official
    -400xx code. Answer with a 4xx status.
    """

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(f"{reason} ({code})")
        self.reason = reason
        self.code = code


def find_encrypt(body: bytes) -> str:
    """The one Encrypt element of a POST body. Raises Refused."""
    try:
        root = read(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refused("body is not UTF-8", XML) from None
    except MalformedXml as error:
        raise Refused(f"body: {error}", XML) from None
    return _only_encrypt(root)


def _only_encrypt(root: Element) -> str:
    everywhere = list(root.iter("Encrypt"))
    found = root.findall("Encrypt")
    if len(everywhere) != 1 or len(found) != 1:
        raise Refused(f"body has {len(everywhere)} Encrypt elements instead of one", XML)
    if len(found[0]) or not found[0].text:
        raise Refused("Encrypt is empty or not plain text", XML)
    return found[0].text


def decode_base64(encrypt: str) -> bytes:
    """The ciphertext. Raises Refused unless it is clean base64 of whole AES blocks."""
    try:
        cipher = binascii.a2b_base64(encrypt, strict_mode=True)
    except ValueError:
        raise Refused("ciphertext is not base64", BASE64) from None
    if not cipher or len(cipher) % _AES_BLOCK:
        raise Refused("ciphertext is not a whole number of blocks", DECRYPT)
    return cipher


def unpack(padded: bytes, receive_id: str) -> str:
    """The message inside a decrypted buffer. Raises Refused."""
    buffer = _unpad(padded)
    if len(buffer) < _HEADER:
        raise Refused("buffer is shorter than its header", BUFFER)
    end = _HEADER + int.from_bytes(buffer[_HEADER - 4 : _HEADER], "big")
    if end > len(buffer):
        raise Refused("message length is beyond the buffer", BUFFER)
    if buffer[end:] != receive_id.encode():
        raise Refused("receive id is not ours", RECEIVE_ID)
    try:
        return buffer[_HEADER:end].decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("message is not UTF-8", BUFFER) from None


def _unpad(padded: bytes) -> bytes:
    pad = padded[-1]
    if not 1 <= pad <= _PAD_BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise Refused("padding is wrong", BUFFER)
    return padded[:-pad]

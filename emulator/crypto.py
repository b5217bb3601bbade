"""The envelope's cryptography, from the published scheme: sign, encrypt, decrypt.

Written on `cryptography` alone and independently of the product's own, so that a shared mistake
cannot hide. Scheme: AES-256-CBC, key = base64(aes_key + "="), IV = key[:16], plain text =
16 random bytes + 4 byte big-endian length + message + receive id, PKCS#7 to 32 bytes.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class CryptoError(ValueError):
    """An envelope that cannot be trusted; the text names the fault and shows no key or content."""


def sign(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """The lower-case hex signature over the four strings."""
    joined = "".join(sorted([token, timestamp, nonce, encrypted]))
    return hashlib.sha1(joined.encode()).hexdigest()  # noqa: S324 - the protocol's own choice


def check_signature(given: str, token: str, timestamp: str, nonce: str, encrypted: str) -> None:
    """Raises CryptoError unless `given` is the signature over the others."""
    if not hmac.compare_digest(given.encode(), sign(token, timestamp, nonce, encrypted).encode()):
        raise CryptoError("signature does not match")


def encrypt(aes_key: str, message: str, receive_id: str, prefix: bytes | None = None) -> str:
    """The message as base64 text; `prefix` replaces the 16 random bytes in tests only."""
    head = random_prefix() if prefix is None else prefix
    body = message.encode()
    plain = head + struct.pack(">I", len(body)) + body + receive_id.encode()
    pad = BLOCK - len(plain) % BLOCK
    coder = _cipher(aes_key).encryptor()
    sealed = coder.update(plain + bytes([pad]) * pad) + coder.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(aes_key: str, encrypted: str, receive_id: str) -> str:
    """The message inside; raises CryptoError for any envelope that is not exactly in form."""
    try:
        sealed = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CryptoError("not base64") from error
    if not sealed or len(sealed) % 16:
        raise CryptoError(f"ciphertext of {len(sealed)} bytes is not a multiple of 16")
    decoder = _cipher(aes_key).decryptor()
    return _open(decoder.update(sealed) + decoder.finalize(), receive_id)


def random_prefix() -> bytes:
    """16 random bytes of which at least one is not printable, as the real sender may send."""
    return os.urandom(15) + b"\xff"


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    if len(key) != 32:
        raise CryptoError("the AES key is not 32 bytes long")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _open(padded: bytes, receive_id: str) -> str:
    pad = padded[-1]
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise CryptoError("bad padding")
    plain = padded[:-pad]
    if len(plain) < 20:
        raise CryptoError("too short to hold a message")
    (size,) = struct.unpack(">I", plain[16:20])
    if 20 + size > len(plain):
        raise CryptoError("message length runs past the end")
    if plain[20 + size :] != receive_id.encode():
        raise CryptoError("meant for another receiver")
    try:
        return plain[20 : 20 + size].decode()
    except UnicodeDecodeError as error:
        raise CryptoError("message is not UTF-8") from error

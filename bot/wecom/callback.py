"""The gate at the callback address: lets in what WeChat Work signed and encrypted for us.

Cipher, signature and the reply envelope are wechatpy's; it compares signatures with `!=`,
checks no time and raises whatever the bad input causes (KeyError, struct.error …), so the
order of checks, every length and every refusal are here. Sources: paths 90930 and 90968.
"""

import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from wechatpy.crypto.base import WeChatCipher
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.wecom.envelope import SIGNATURE, XML, Refused, decode_base64, find_encrypt, unpack

__all__ = ["CallbackGuard", "Refused"]

_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class CallbackGuard:
    """Opens and seals what passes the callback address; one instance serves all threads.

    `args` are the query arguments as the web framework hands them out, already URL-decoded:
    a "+" in them is a plus and is never decoded a second time. All bad input raises
    Refused, all bad settings ValueError; neither says a secret.
    """

    def __init__(
        self,
        corp_id: str,
        token: str,
        aes_key: str,
        freshness: timedelta = timedelta(minutes=10),
        max_body: int = 65536,
    ) -> None:
        if not corp_id or not token:
            raise ValueError("the callback needs a corp id and a token")
        if not _AES_KEY.fullmatch(aes_key):
            raise ValueError("EncodingAESKey must be exactly 43 letters and digits")
        self._crypto = WeChatCrypto(token, aes_key, corp_id)
        self._corp_id = corp_id
        self._token = token
        self._freshness = freshness
        self._max_body = max_body

    def verify_url(self, args: Mapping[str, str], now: datetime) -> str:
        """The decrypted echostr: the whole body to answer the console's GET check with."""
        encrypt = args.get("echostr") or ""
        self._check(args, encrypt, now)
        return self._decrypt(encrypt)

    def open(self, args: Mapping[str, str], body: bytes, now: datetime) -> str:
        """The decrypted XML of a POST."""
        if len(body) > self._max_body:
            raise Refused(f"body is larger than {self._max_body} bytes", XML)
        encrypt = find_encrypt(body)
        self._check(args, encrypt, now)
        return self._decrypt(encrypt)

    def seal(self, plain_xml: str, now: datetime, nonce: str | None = None) -> str:
        """The encrypted envelope of a passive reply; `nonce` (letters and digits) is
        drawn if not given."""
        timestamp = str(int(now.timestamp()))
        nonce = nonce or secrets.token_hex(8)
        envelope: str = self._crypto.encrypt_message(plain_xml, nonce, timestamp)
        return envelope

    def _check(self, args: Mapping[str, str], encrypt: str, now: datetime) -> None:
        timestamp = args.get("timestamp") or ""
        expected = self._sign(timestamp, args.get("nonce") or "", encrypt)
        if not hmac.compare_digest(expected, _bytes(args.get("msg_signature") or "")):
            raise Refused("signature does not match", SIGNATURE)
        if not _TIMESTAMP.fullmatch(timestamp):
            raise Refused("timestamp is not a number", SIGNATURE)
        if abs(now.timestamp() - int(timestamp)) > self._freshness.total_seconds():
            raise Refused("timestamp is too far from our clock", SIGNATURE)

    def _sign(self, timestamp: str, nonce: str, encrypt: str) -> bytes:
        signer = WeChatSigner()
        signer.add_data(*map(_bytes, (self._token, timestamp, nonce, encrypt)))
        signature: str = signer.signature
        return signature.encode()

    def _decrypt(self, encrypt: str) -> str:
        cipher = decode_base64(encrypt)
        return unpack(WeChatCipher(self._crypto.key).decrypt(cipher), self._corp_id)


def _bytes(text: str) -> bytes:
    # Lone surrogates can stand in a query; they must not match, nor raise.
    return text.encode("utf-8", "surrogatepass")

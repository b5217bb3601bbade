"""Keys for signing what the browser keeps, derived from the secrets that are there already."""

from __future__ import annotations

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.settings import Settings

_MARK = 12


def derive(settings: Settings, purpose: str) -> bytes:
    """32 bytes for one purpose. All web processes of an installation get the same, and a
    changed secret ends all sessions."""
    secrets = settings.secret.get_secret_value() + settings.aes_key.get_secret_value()
    salt = f"{settings.corp_id}:{settings.agent_id}".encode()
    kdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=f"jixiao {purpose}".encode())
    return kdf.derive(secrets.encode())


def mark_of(settings: Settings, userid: str) -> str:
    """A short mark that stands for a member in an address without telling who it is."""
    key = derive(settings, "member mark")
    return hmac.new(key, userid.encode(), sha256).hexdigest()[:_MARK]

"""Texts and log lines without secrets.

The service wants the access token in the address, so every library that shows an address in
an error or a debug line shows the token too.
"""

import logging
import re

HIDDEN = "***"
_NAMES = (
    "access_token|corpsecret|secret|suite_access_token|provider_access_token|ticket|"
    "jsapi_ticket|user_ticket|code|response_code|msg_signature|echostr"
)
_QUERY = re.compile(rf"(?i)\b({_NAMES})=[^&\s\"'<>)]*")
_JSON = re.compile(rf"(?i)([\"'](?:{_NAMES})[\"']\s*:\s*)([\"'])[^\"']*\2")


def redact(text: str, *known: str) -> str:
    """The text with the values of secret parameters, and the `known` secrets, hidden.

    >>> redact("GET /cgi-bin/user/get?access_token=abc&userid=li")
    'GET /cgi-bin/user/get?access_token=***&userid=li'
    """
    for secret in known:
        if secret:
            text = text.replace(secret, HIDDEN)
    text = _QUERY.sub(rf"\1={HIDDEN}", text)
    return _JSON.sub(rf"\1\2{HIDDEN}\2", text)


class SecretFilter(logging.Filter):
    """Hides secrets in the lines of a logger that writes addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        return True


_FILTER = SecretFilter()


def guard_http_log() -> None:
    """Keeps tokens out of urllib3's debug lines, however the log is set up; harmless if
    called again."""
    logging.getLogger("urllib3.connectionpool").addFilter(_FILTER)

"""`jixiao selftest`: plays WeChat Work's check of the callback address, from outside."""

from __future__ import annotations

import secrets
from datetime import datetime
from urllib.parse import urlencode

import click
import requests
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.clock import clock_of
from bot.commands.starting import Refusal, settings_or_exit
from bot.phrases import phrase
from bot.settings import Settings

SECONDS = 5
PATH = "/wecom/callback"


@click.command(help=phrase("help_selftest"))
@click.option("--url", help=phrase("help_url"))
def selftest(url: str | None) -> None:
    """Asks the public address the question that saving it in the console asks, and says what
    is wrong with the answer."""
    settings = settings_or_exit()
    base = (url or settings.public_url).rstrip("/")
    if not base:
        raise Refusal(phrase("no_url"))
    address = f"{base}{PATH}"
    echo, query = make_check(settings, clock_of(settings.clock_file)())
    try:
        answer = requests.get(
            f"{address}?{urlencode(query)}",
            timeout=SECONDS,
            verify=settings.ca_bundle or True,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        what = phrase("selftest_no_answer", url=address, error=type(error).__name__)
        raise Refusal(what) from None
    fault = find_fault(answer, echo)
    if fault:
        said = phrase(f"selftest_{fault}", url=address, status=answer.status_code)
        raise Refusal(said)
    click.echo(phrase("selftest_good", url=address))


def make_check(settings: Settings, now: datetime) -> tuple[str, dict[str, str]]:
    """A random text and the signed query that asks for it."""
    echo, nonce, timestamp = (
        str(secrets.randbelow(10**18)),
        secrets.token_hex(8),
        str(int(now.timestamp())),
    )
    token = settings.token.get_secret_value()
    crypto = WeChatCrypto(token, settings.aes_key.get_secret_value(), settings.corp_id)
    sealed = _sealed(crypto, echo, nonce, timestamp)
    signer = WeChatSigner()
    signer.add_data(*(part.encode() for part in (token, timestamp, nonce, sealed)))
    query = {"msg_signature": signer.signature, "timestamp": timestamp, "nonce": nonce}
    return echo, query | {"echostr": sealed}


def find_fault(answer: requests.Response, echo: str) -> str | None:
    """What WeChat Work would not like about the answer: signature, status or body; None if it
    is right."""
    if answer.status_code == 403:
        return "signature"
    if answer.status_code != 200:
        return "status"
    if answer.text != echo:
        return "body"
    return None


def _sealed(crypto: WeChatCrypto, echo: str, nonce: str, timestamp: str) -> str:
    envelope = crypto.encrypt_message(echo, nonce, timestamp)
    return str(envelope.split("<Encrypt><![CDATA[")[1].split("]]>")[0])

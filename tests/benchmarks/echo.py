"""The floor: a bare Flask app that decrypts with wechatpy and answers an encrypted echo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, request
from wechatpy.enterprise import parse_message
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.enterprise.replies import TextReply


@dataclass(frozen=True)
class Access:
    """What a callback is sealed with."""

    corp_id: str
    token: str
    aes_key: str


@dataclass(frozen=True)
class Call:
    """One callback as WeChat Work would post it."""

    query: dict[str, str]
    body: bytes


def make_echo(access: Access) -> Callable[[Call], bytes]:
    """A function that posts a call to the bare echo and gives its answer."""
    crypto = WeChatCrypto(access.token, access.aes_key, access.corp_id)
    app = Flask("echo")

    @app.post("/wecom/callback")
    def callback() -> str:
        signature, timestamp = request.args["msg_signature"], request.args["timestamp"]
        nonce = request.args["nonce"]
        message = parse_message(crypto.decrypt_message(request.data, signature, timestamp, nonce))
        reply = TextReply(content=message.content, message=message).render()
        sealed: str = crypto.encrypt_message(reply, nonce, timestamp)
        return sealed

    client = app.test_client()

    def post(call: Call) -> bytes:
        answer = client.post("/wecom/callback", query_string=call.query, data=call.body)
        if answer.status_code != 200:
            raise RuntimeError(f"the echo answered {answer.status_code}")
        return answer.data

    return post

"""A small corporation, a clock that stands still, and a tiny bot that only knows the protocol."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from emulator import crypto, xml
from emulator.app import create_app
from emulator.clock import ManualClock
from emulator.settings import Settings
from emulator.transport import wsgi_transport
from emulator.world import World

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
JPEG = b"\xff\xd8\xff\xe0" + b"photo" * 20


class FakeBot:
    """Decrypts what comes, remembers it, and answers what the test put into `answer`.

    `answer(root)` gives the fields of a passive reply, or None for an empty body. `statuses` are
    given out first, one a delivery; when used up the status is 200.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.got: list[Any] = []
        self.queries: list[dict[str, str]] = []
        self.bodies: list[str] = []
        self.statuses: list[int] = []
        self.answer: Callable[[Any], dict[str, object] | None] = lambda _root: None
        self.raw_answer: str | None = None
        self.echo: Callable[[str], str] = lambda text: text
        self.app = Flask("fakebot")
        self.app.add_url_rule("/callback", "verify", self._verify, methods=["GET"])
        self.app.add_url_rule("/callback", "take", self._take, methods=["POST"])

    def last(self, name: str) -> str | None:
        return self.got[-1].findtext(name)

    def seal(self, fields: dict[str, object]) -> str:
        settings = self.settings
        inner = xml.write({"CreateTime": 1, "FromUserName": settings.corp_id} | fields)
        encrypted = crypto.encrypt(settings.aes_key, inner, settings.corp_id)
        signature = crypto.sign(settings.token, "1", "nonce", encrypted)
        envelope = {"Encrypt": encrypted, "MsgSignature": signature, "TimeStamp": 1}
        return xml.write(envelope | {"Nonce": "nonce"})

    def _open(self, encrypted: str) -> str:
        given, settings = request.args, self.settings
        crypto.check_signature(
            given["msg_signature"], settings.token, given["timestamp"], given["nonce"], encrypted
        )
        return crypto.decrypt(settings.aes_key, encrypted, settings.corp_id)

    def _verify(self) -> str:
        return self.echo(self._open(request.args["echostr"]))

    def _take(self) -> Response:
        self.queries.append(request.args.to_dict())
        body = request.get_data(as_text=True)
        encrypted = xml.one(xml.parse(body), "Encrypt")
        root = xml.parse(self._open(encrypted))
        self.bodies.append(encrypted)
        self.got.append(root)
        if self.statuses:
            status = self.statuses.pop(0)
            if status != 200:
                return Response("busy", status)
        return Response(self._reply(root))

    def _reply(self, root: Any) -> str:
        if self.raw_answer is not None:
            return self.raw_answer
        fields = self.answer(root)
        if fields is None:
            return ""
        return self.seal({"ToUserName": root.findtext("FromUserName")} | fields)


class Api:
    """Calls the emulator's API as a bot would, with a token fetched once."""

    def __init__(self, client: FlaskClient, settings: Settings) -> None:
        self.client = client
        self.settings = settings
        self.token = ""

    def get(self, path: str, **query: object) -> dict[str, Any]:
        return self.client.get(self.url(path, **query)).get_json()

    def post(self, path: str, body: object, **query: object) -> dict[str, Any]:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.client.post(self.url(path, **query), data=raw).get_json()

    def url(self, path: str, **query: object) -> str:
        if not self.token:
            self.token = self.fetch_token()["access_token"]
        parts = {"access_token": self.token} | query
        return f"/cgi-bin/{path}?" + "&".join(f"{k}={quote(str(v))}" for k, v in parts.items())

    def fetch_token(self, secret: str | None = None) -> dict[str, Any]:
        wanted = {"corpid": self.settings.corp_id, "corpsecret": secret or self.settings.secret}
        return self.client.get("/cgi-bin/gettoken", query_string=wanted).get_json()

    def send(
        self, msgtype: str, content: object, touser: str = "li", **more: Any
    ) -> dict[str, Any]:
        head = {"touser": touser, "msgtype": msgtype, "agentid": self.settings.agent_id}
        return self.post("message/send", head | {msgtype: content} | more)

    def upload(self, kind: str, name: str, content: bytes, head: str = "") -> dict[str, Any]:
        """`head` replaces the Content-Disposition line."""
        line = head or f'form-data; name="media"; filename="{name}"; filelength={len(content)}'
        body = f"--b0\r\nContent-Disposition: {line}\r\nContent-Type: x/y\r\n\r\n".encode()
        return self.client.post(
            self.url("media/upload", type=kind),
            data=body + content + b"\r\n--b0--\r\n",
            headers={"Content-Type": "multipart/form-data; boundary=b0"},
        ).get_json()


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate(
        {
            "corp_id": "wwemu0001",
            "secret": "s3cret",
            "token": "tok3n",
            "aes_key": AES_KEY,
            "callback_url": "http://127.0.0.1:5000/callback",
            "members": [
                {"userid": "li", "name": "李青", "role": "填报人"},
                {"userid": "Wang.Fang", "name": "王芳", "department": [2]},
                {"userid": "gone", "name": "赵远", "in_range": False},
            ],
            "departments": [{"id": 1, "name": "局"}, {"id": 2, "name": "科", "parentid": 1}],
        }
    )


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def bot(settings: Settings) -> FakeBot:
    return FakeBot(settings)


@pytest.fixture
def world(settings: Settings, clock: ManualClock, bot: FakeBot) -> World:
    return World(settings, clock, wsgi_transport(bot.app), pause=lambda _seconds: None)


@pytest.fixture
def api(world: World, settings: Settings) -> Api:
    return Api(create_app(world).test_client(), settings)


@pytest.fixture
def jpeg() -> bytes:
    return JPEG


@pytest.fixture
def button_card() -> dict[str, Any]:
    return {
        "card_type": "button_interaction",
        "task_id": "t1",
        "main_title": {"title": "请确认"},
        "button_list": [{"text": "是", "key": "yes"}, {"text": "否", "key": "no", "style": 2}],
    }


@pytest.fixture
def vote_card() -> dict[str, Any]:
    options = [{"id": i, "text": f"选项{i}"} for i in "abc"]
    return {
        "card_type": "vote_interaction",
        "task_id": "v1",
        "main_title": {"title": "请选择"},
        "checkbox": {"question_key": "q", "mode": 1, "option_list": options},
        "submit_button": {"text": "提交", "key": "go"},
    }


@pytest.fixture
def multiple_card() -> dict[str, Any]:
    options = [{"id": "x", "text": "甲"}, {"id": "y", "text": "乙"}]
    return {
        "card_type": "multiple_interaction",
        "task_id": "m1",
        "main_title": {"title": "请逐项选择"},
        "select_list": [
            {"question_key": key, "title": key, "option_list": options} for key in ("p", "q")
        ],
        "submit_button": {"text": "提交", "key": "go"},
    }

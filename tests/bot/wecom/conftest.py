"""A service double for the API client, a clock to set, and the published callback vectors."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import hypothesis
import pytest
import requests
import stamina
from requests.adapters import BaseAdapter

from bot.wecom.api import ApiSettings, WeComApi
from bot.wecom.tokens import MemoryTokenStore

# A shared machine may be slow; a property is about what comes out, not how soon.
hypothesis.settings.register_profile("wecom", deadline=None, database=None)
hypothesis.settings.load_profile("wecom")

HERE = Path(__file__).parent
SECRET = "the-app-secret-0001"


class Clock:
    """Gives the same aware moment until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **time: float) -> None:
        self.now += timedelta(**time)


class Service(BaseAdapter):
    """Plays the API on a session: scripted answers for each call name, the last one stays."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[requests.PreparedRequest] = []
        self.options: list[dict[str, Any]] = []
        self.scripts: dict[str, list[Any]] = {}
        self.minted = 0

    def answer(self, name: str, *answers: Any) -> None:
        """Answers are dicts (JSON), (status, headers, bytes) or exceptions."""
        self.scripts[name] = list(answers)

    def calls(self, name: str) -> list[requests.PreparedRequest]:
        return [request for request in self.requests if self.name(request) == name]

    def tokens(self, name: str) -> list[str]:
        """The token of each call of that name."""
        return [self.query(request)["access_token"] for request in self.calls(name)]

    @staticmethod
    def name(request: requests.PreparedRequest) -> str:
        return urlsplit(str(request.url)).path.removeprefix("/cgi-bin/")

    @staticmethod
    def query(request: requests.PreparedRequest) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(str(request.url)).query).items()}

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        self.requests.append(request)
        self.options.append({"timeout": timeout, "verify": verify, "stream": stream})
        answer = self._next(self.name(request))
        if isinstance(answer, Exception):
            raise answer
        return self._response(request, answer)

    def close(self) -> None:
        """Nothing is held open."""

    def _next(self, name: str) -> Any:
        script = self.scripts.get(name)
        if script:
            return script.pop(0) if len(script) > 1 else script[0]
        if name == "gettoken":
            self.minted += 1
            return {"errcode": 0, "access_token": f"token-{self.minted}", "expires_in": 7200}
        return {"errcode": 0, "errmsg": "ok"}

    def _response(self, request: requests.PreparedRequest, answer: Any) -> requests.Response:
        if isinstance(answer, dict):
            answer = (200, {"Content-Type": "application/json"}, json.dumps(answer).encode())
        response = requests.Response()
        response.status_code, headers, body = answer
        response.headers.update(headers)
        response.raw, response.request, response.url = io.BytesIO(body), request, str(request.url)
        return response


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def settings() -> ApiSettings:
    return ApiSettings(corp_id="ww0001", secret=SECRET, agent_id=1000002)


@pytest.fixture
def tokens() -> MemoryTokenStore:
    return MemoryTokenStore()


@pytest.fixture
def api(
    settings: ApiSettings, service: Service, tokens: MemoryTokenStore, clock: Callable[[], datetime]
) -> WeComApi:
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", service)
    return WeComApi(settings, tokens, clock, session)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    return json.loads((HERE / "vectors.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def sign(vectors: dict[str, Any]) -> Callable[..., str]:
    """The signature over (timestamp, nonce, encrypt) with the sample's token."""

    def signature(*parts: str) -> str:
        joined = b"".join(sorted(part.encode() for part in (vectors["token"], *parts)))
        return sha1(joined).hexdigest()

    return signature

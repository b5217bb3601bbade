"""Sign-in by WeChat Work: there, and back with a code that is good once.

Source: path 91022 (order of the parameters, `#wechat_redirect`), 91023 (codes). The state is
bound to the browser by a signed cookie that also holds where to go afterwards, so that neither
a forged answer nor an address of somebody else's choice is followed.
"""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode, urlsplit

import structlog
from flask import Blueprint, Response, redirect, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from bot.logs import place_of
from bot.phrases import listed
from bot.services import Services
from bot.settings import Settings
from bot.web.faults import fault
from bot.web.keys import derive
from bot.web.links import FOR, PREFIX
from bot.web.session import sign_in, signed_in
from bot.wecom.errors import ApiError, CallFailed, Reaction
from storage import interviews, people
from storage.database import DatabaseDown

log = structlog.get_logger(__name__)
PATH = f"{PREFIX}/login"
COOKIE = "jixiao_login"
MINUTES = 10
_AT_ONCE = 4
_TARGET_MAX = 400
_SIGNS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Pending:
    """A sign-in that was begun: where it leads, until when, whether it was begun over."""

    target: str
    until: int
    again: bool


def start_login(settings: Settings, now: datetime) -> AnyResponse:
    """Leads to the login and afterwards to the address that was asked for."""
    # The mark is done with by then: whoever signs in is who holds the client.
    query = [(name, value) for name, value in request.args.items(multi=True) if name != FOR]
    target = quote(request.path) + (f"?{urlencode(query)}" if query else "")
    return _leading(settings, _read(settings, now), target, now)


def _leading(
    settings: Settings,
    kept: dict[str, Pending],
    target: str,
    now: datetime,
    *,
    again: bool = False,
) -> AnyResponse:
    if not settings.public_url:
        return fault("no_address", 503)
    state = "".join(secrets.choice(_SIGNS) for _ in range(32))
    until = int(now.timestamp()) + MINUTES * 60
    begun = dict(list(kept.items())[-_AT_ONCE + 1 :])
    begun[state] = Pending(target[:_TARGET_MAX], until, again)
    response = redirect(_address(settings, state))
    _keep(settings, response, begun)
    return response


def _address(settings: Settings, state: str) -> str:
    """The login's address. The order of its parameters matters to some clients."""
    query = urlencode(
        {
            "appid": settings.corp_id,
            "redirect_uri": settings.public_url + PATH,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": settings.agent_id,
        }
    )
    return f"{settings.oauth_base}?{query}#wechat_redirect"


class Login:
    """Takes who comes back from the login."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._settings = services.settings

    def finish(self) -> AnyResponse:
        """Signs in and goes on; says kindly why not."""
        now = self._services.clock()
        kept = _read(self._settings, now)
        begun = kept.pop(request.args.get("state", ""), None)
        if begun is None:
            return self._unasked(now)
        try:
            response = self._signed_in(request.args.get("code", ""), begun, now)
        except DatabaseDown as error:
            log.error("login_put_off", **place_of(error))
            return fault("503", 503)
        if response is None:
            return _leading(self._settings, kept, begun.target, now, again=True)
        _keep(self._settings, response, kept)
        return response

    def _unasked(self, now: datetime) -> AnyResponse:
        """A state that this browser was not given: an old page, or somebody else's link."""
        if signed_in(self._settings, now):
            return redirect(f"{PREFIX}/home")
        return fault("login_lost", 400)

    def _signed_in(self, code: str, begun: Pending, now: datetime) -> AnyResponse | None:
        """The answer to a code; None if the login is to be begun over."""
        try:
            visitor = self._services.api.oauth_user(code)
        except ApiError as error:
            if error.reaction is Reaction.RESTART_LOGIN:
                return self._after_old_code(begun, now)
            log.warning("login_refused", code=error.code)
            return fault("login_failed", 503)
        except CallFailed as error:
            log.warning("login_failed", **place_of(error))
            return fault("login_failed", 503)
        userid = self._known(visitor.userid) if visitor.userid else None
        if userid is None:
            return self._stranger()
        sign_in(userid, now)
        return redirect(begun.target, 303)

    def _after_old_code(self, begun: Pending, now: datetime) -> AnyResponse | None:
        """A used or old code, as after a step back: over again, but only once."""
        if signed_in(self._settings, now):
            return redirect(begun.target, 303)
        return fault("login_lost", 400) if begun.again else None

    def _known(self, userid: str) -> str | None:
        """The account as we spell it; None for somebody who is not active here."""
        with self._services.database.read() as tx:
            person = people.person(tx, people.spelled(tx, userid))
        return person.userid if person and person.active else None

    def _stranger(self) -> Response:
        with self._services.database.read() as tx:
            names = interviews.names(tx, None, "coordinator")["coordinator"]
        return fault("stranger", 403, names=listed(names))


def make_login(services: Services) -> Blueprint:
    """The blueprint of the address that the login leads back to."""
    blueprint = Blueprint("login", __name__)
    blueprint.add_url_rule(PATH, "finish", Login(services).finish, methods=["GET"])
    return blueprint


def _read(settings: Settings, now: datetime) -> dict[str, Pending]:
    """The sign-ins that this browser has begun and that still count, by state, oldest first."""
    try:
        plain = _signer(settings).loads(request.cookies.get(COOKIE, ""))
    except BadData:
        return {}
    begun = {state: Pending(*values) for state, values in plain.items()}
    return {state: each for state, each in begun.items() if each.until >= now.timestamp()}


def _keep(settings: Settings, response: AnyResponse, begun: dict[str, Pending]) -> None:
    plain = {state: [each.target, each.until, each.again] for state, each in begun.items()}
    if not plain:
        response.delete_cookie(COOKIE, path=PREFIX)
        return
    response.set_cookie(
        COOKIE,
        _signer(settings).dumps(plain),
        max_age=MINUTES * 60,
        path=PREFIX,
        secure=is_https(settings),
        httponly=True,
        samesite="Lax",
    )


def is_https(settings: Settings) -> bool:
    """Whether people reach the pages by https, whatever the way behind the proxy is."""
    return urlsplit(settings.public_url).scheme == "https"


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(derive(settings, "login"), salt=COOKIE)

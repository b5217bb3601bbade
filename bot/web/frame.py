"""Puts the pages into the app: blueprints, cookies, headers, limits, error pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from flask import Blueprint, Flask, Response, request, session, url_for
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from bot.phrases import knows, phrase
from bot.services import Services
from bot.settings import Settings
from bot.web import PAGES
from bot.web.faults import fault
from bot.web.keys import derive
from bot.web.links import PREFIX
from bot.web.login import is_https, make_login
from bot.web.pages import PageRule
from bot.web.session import TOKEN_FIELD, csrf_token

_FILES = Path(__file__).parent / "static"
STATIC = f"{PREFIX}/static"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_YEAR = "max-age=31536000"


def add_pages(app: Flask, services: Services) -> Blueprint:
    """Registers all pages; gives the blueprint of their files, which needs no limit."""
    settings = services.settings
    app.secret_key = derive(settings, "session")
    app.config.update(
        SESSION_COOKIE_NAME="jixiao",
        SESSION_COOKIE_PATH=PREFIX,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_https(settings),
    )
    files = Blueprint(
        "web", __name__, template_folder="templates", static_folder="static", static_url_path=STATIC
    )
    app.register_blueprint(files)
    app.register_blueprint(make_login(services))
    for name in PAGES:
        make = getattr(import_module(f"bot.web.{name}"), f"make_{name}")
        app.register_blueprint(make(services))
    app.jinja_env.globals.update(
        csrf_field=csrf_field, csrf_token=csrf_token, phrase=phrase, asset=asset
    )
    app.jinja_env.filters["day"] = lambda moment: f"{moment.astimezone(settings.zone):%Y-%m-%d}"
    app.before_request(_limiting_bodies(app, settings))
    app.after_request(_protected)
    app.register_error_handler(HTTPException, _fault)
    return files


def page_rule(app: Flask, endpoint: str | None) -> PageRule | None:
    """What a page was registered with; None for addresses that are no pages of this kind."""
    rule = getattr(app.view_functions.get(endpoint or ""), "page", None)
    return rule if isinstance(rule, PageRule) else None


def takes_files(app: Flask, endpoint: str | None) -> bool:
    """Whether a page takes files: what it is sent may be large, and is read outside transactions."""
    rule = page_rule(app, endpoint)
    return rule is not None and rule.post and not rule.transaction


def csrf_field() -> Markup:
    """The hidden field that every form holds."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, csrf_token())


def asset(name: str) -> str:
    """The address of a file in static/; it changes with the file, so it may be kept for ever."""
    return url_for("web.static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    return sha256((_FILES / name).read_bytes()).hexdigest()[:8]


def who() -> str | None:
    """The member that a request is counted for; None if nobody is signed in."""
    return session.get("userid") if request.path.startswith(PREFIX) else None


def _limiting_bodies(app: Flask, settings: Settings) -> Callable[[], None]:
    def limit() -> None:
        if not request.path.startswith(PREFIX):
            return
        uploads = takes_files(app, request.endpoint)
        request.max_content_length = settings.upload_bytes if uploads else settings.page_bytes
        request.max_form_memory_size = settings.page_bytes

    return limit


def _protected(response: Response) -> Response:
    if not request.path.startswith(PREFIX):
        return response
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(STATIC):
        # Their addresses carry the version.
        response.headers["Cache-Control"] = f"public, {_YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _fault(error: HTTPException) -> AnyResponse | HTTPException:
    """What Flask and the limiter refuse, said in our words."""
    code = error.code or 500
    if not request.path.startswith(PREFIX) or code < 400:
        return error
    known = str(code) if knows(f"page_{code}") else "400" if code < 500 else "500"
    return fault(known, code)

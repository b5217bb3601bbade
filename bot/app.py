"""The web application: the callback address and what operators look at."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, Flask, Response
from flask.logging import default_handler
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from bot.clock import Clock
from bot.health import faults
from bot.logs import set_up
from bot.services import DeskMachine, Machine, Services, make_services
from bot.settings import Settings, load_settings
from bot.web.frame import add_pages, takes_files, who
from bot.webhook import make_webhook
from storage import incidents
from storage.database import DatabaseDown

SERVICES = "jixiao"


def create_app(
    settings: Settings | None = None,
    clock: Clock | None = None,
    *,
    machine: Machine | None = None,
    desk: DeskMachine | None = None,
    services: Services | None = None,
) -> Flask:
    """The WSGI app; without settings they come from the environment.

    `services_of(app)` gives what it works with, so that a worker can share it.
    """
    if services is None:
        settings = settings or load_settings()
        set_up(settings.log_level)
        services = make_services(settings, clock, machine=machine, desk=desk)
    app = Flask("jixiao", static_folder=None)
    # Flask would print whole exceptions, with what people typed.
    app.logger.removeHandler(default_handler)
    app.extensions[SERVICES] = services
    webhook = make_webhook(services)
    app.register_blueprint(webhook)
    app.register_blueprint(_operations(services))
    files = add_pages(app, services)
    _limit(app, services.settings, webhook, files)
    if services.settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=services.settings.proxies, x_proto=services.settings.proxies
        )
    return app


def services_of(app: Flask) -> Services:
    """The services that an app was made with."""
    services: Services = app.extensions[SERVICES]
    return services


def _limit(app: Flask, settings: Settings, *free: Blueprint) -> None:
    """Limits each member on the pages and each address elsewhere, except at the callback and for
    the pages' own files: WeChat Work brings the messages of all members from a few addresses,
    and what is refused there is an answer lost. The callback is guarded by its signature, and a
    member's own pace by WeChat Work."""
    limiter = Limiter(
        lambda: who() or get_remote_address(),
        app=app,
        default_limits=[settings.page_requests],
        storage_uri=settings.limits_storage,
        # A store that is away must not close the pages: each process counts for itself then.
        in_memory_fallback_enabled=True,
    )
    for blueprint in free:
        limiter.exempt(blueprint)
    uploads: Any = limiter.limit(settings.upload_requests)
    for endpoint, view in app.view_functions.items():
        if takes_files(app, endpoint):
            app.view_functions[endpoint] = uploads(view)


def _operations(services: Services) -> Blueprint:
    blueprint = Blueprint("operations", __name__)

    @blueprint.get("/healthz")
    def health() -> Response:
        return Response("ok\n", content_type="text/plain")

    @blueprint.get("/readyz")
    def ready() -> Response:
        found = faults(services)
        body = "".join(f"{line}\n" for line in found) or "ready\n"
        return Response(body, 503 if found else 200, content_type="text/plain")

    @blueprint.get("/metrics")
    def metrics() -> Response:
        with suppress(DatabaseDown), services.database.read() as tx:
            # Sending is mostly another process's, which has no address of its own.
            services.metrics.paused.set(int(bool(incidents.standing(tx))))
        return Response(services.metrics.text(), content_type="text/plain; version=0.0.4")

    settings = services.settings
    if settings.verify_file:

        @blueprint.get(f"/{settings.verify_file}")
        def ownership() -> Response:
            return Response(settings.verify_text, content_type="text/plain")

    return blueprint

"""Commands that run the service: the web server and the worker."""

from __future__ import annotations

import signal
import sys
import threading

import click
import waitress

from bot.app import create_app, services_of
from bot.commands.starting import refusing_system, settings_or_exit
from bot.jobs.dated import make_dated
from bot.jobs.scheduler import Worker
from bot.logs import set_up
from bot.phrases import phrase
from bot.services import make_services
from storage import schema

THREADS = 8
# The server would else keep a gigabyte for whoever sends it; each address has its own limit below.
BESIDE_FILES = 1 << 20


@click.command(help=phrase("help_serve"))
@click.option("--host", default="127.0.0.1", show_default=True, help=phrase("help_host"))
@click.option("--port", default=8080, show_default=True, help=phrase("help_port"))
@click.option("--worker/--no-worker", default=True, help=phrase("help_with_worker"))
@refusing_system
def serve(host: str, port: int, worker: bool) -> None:
    """Runs the bot: callback address and, unless told otherwise, the worker."""
    app = create_app(settings_or_exit())
    services = services_of(app)
    schema.upgrade(services.database)
    sender = Worker(services, make_dated()) if worker else None
    if sender:
        sender.start()
    # As by Ctrl-C: what is being sent is finished first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    click.echo(phrase("serving", host=host, port=port))
    try:
        waitress.serve(
            app,
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=services.settings.upload_bytes + BESIDE_FILES,
            _quiet=True,
        )
    finally:
        if sender:
            sender.stop()
        services.close()


@click.command(help=phrase("help_worker"))
@refusing_system
def worker() -> None:
    """Sends messages and makes documents, beside web processes started with --no-worker."""
    settings = settings_or_exit()
    set_up(settings.log_level)
    services = make_services(settings)
    schema.upgrade(services.database)
    sender = Worker(services, make_dated())
    sender.start()
    done = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: done.set())
    click.echo(phrase("working"))
    done.wait()
    sender.stop()
    services.close()

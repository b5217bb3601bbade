"""A prepared demonstration, up and running: service, worker and emulator, until the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from waitress import create_server
from waitress.server import BaseWSGIServer, MultiSocketServer

from bot.app import create_app, services_of
from bot.demo.stage import Stage, start_emulator
from bot.district import load_district
from bot.jobs.dated import make_dated
from bot.jobs.scheduler import Worker
from bot.menu import menu_of, read_menu
from storage import schema


@contextmanager
def running(stage: Stage) -> Iterator[BaseWSGIServer | MultiSocketServer]:
    """Starts all of it but the web server, which is given ready to run; stops all at the end.
    Raises EmulatorSilent."""
    app = create_app(stage.settings)
    services = services_of(app)
    schema.upgrade(services.database)
    with services.database.begin() as tx:
        load_district(tx, stage.plan, services.clock())
    worker = Worker(services, make_dated())
    emulator = start_emulator(stage.folder, stage.page)
    try:
        worker.start()
        services.api.create_menu(menu_of(stage.settings, read_menu(None)))
        yield create_server(app, host="127.0.0.1", port=stage.bot_port, threads=8)
    finally:
        emulator.terminate()
        worker.stop()
        services.close()

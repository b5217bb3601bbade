"""`jixiao demo`: a ready district in the browser's chat page."""

from __future__ import annotations

import signal
import webbrowser
from pathlib import Path

import click
from waitress import create_server

from bot.app import create_app, services_of
from bot.commands.phrases import say
from bot.commands.starting import Refusal, refusing_system
from bot.demo.stage import EmulatorSilent, NotOurs, Stage, prepare, start_emulator
from bot.district import load_district
from bot.jobs.dated import make_dated
from bot.jobs.scheduler import Worker
from bot.menu import menu_of, read_menu
from storage import schema


@click.command(help=say("help_demo"))
@click.option(
    "--folder",
    default="var/demo",
    type=click.Path(path_type=Path),
    help=say("help_folder"),
)
@click.option("--browser/--no-browser", default=True, help=say("help_browser"))
@refusing_system
def demo(folder: Path, browser: bool) -> None:
    """Starts the bot and the emulator on this machine and opens the chat page."""
    try:
        _play(prepare(folder.resolve()), browser)
    except NotOurs:
        raise Refusal(say("demo_folder", {"folder": str(folder)})) from None
    except EmulatorSilent:
        raise Refusal(say("demo_failed", {"log": str(folder / "emulator.log")})) from None


def _play(stage: Stage, browser: bool) -> None:
    app = create_app(stage.settings)
    services = services_of(app)
    schema.upgrade(services.database)
    with services.database.begin() as tx:
        load_district(tx, stage.plan, services.clock())
    # As by Ctrl-C: the emulator's process must not outlive this one.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    worker = Worker(services, make_dated())
    emulator = start_emulator(stage)
    try:
        worker.start()
        services.api.create_menu(menu_of(stage.settings, read_menu(None)))
        server = create_server(app, host="127.0.0.1", port=stage.bot_port, threads=8)
        _announce(stage, browser)
        server.run()
    except KeyboardInterrupt:
        click.echo("")
    finally:
        emulator.terminate()
        worker.stop()
        services.close()


def _announce(stage: Stage, browser: bool) -> None:
    click.echo(say("demo_page", {"page": stage.page}))
    click.echo(say("demo_stop"))
    if browser:
        webbrowser.open(stage.page)

"""`jixiao demo`: a ready district in the browser's chat page."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click
from waitress import create_server

from bot.app import create_app, services_of
from bot.demo.stage import Stage, prepare, start_emulator
from bot.district import load_district
from bot.jobs.scheduler import Worker
from storage import schema


@click.command()
@click.option(
    "--folder",
    default="var/demo",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the demonstration keeps its files; emptied at every start.",
)
@click.option("--browser/--no-browser", default=True, help="Open the chat page.")
def demo(folder: Path, browser: bool) -> None:
    """Starts the bot and the emulator on this machine and opens the chat page."""
    stage = prepare(folder.resolve())
    app = create_app(stage.settings)
    services = services_of(app)
    schema.upgrade(services.database)
    with services.database.begin() as tx:
        load_district(tx, stage.plan, services.clock())
    emulator = start_emulator(stage)
    worker = Worker(services)
    worker.start()
    server = create_server(app, host="127.0.0.1", port=stage.bot_port, threads=8)
    _announce(stage, browser)
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("")
    finally:
        emulator.terminate()
        worker.stop()
        services.close()


def _announce(stage: Stage, browser: bool) -> None:
    click.echo(f"Chat page: {stage.page}")
    click.echo("Stop with Ctrl-C.")
    if browser:
        webbrowser.open(stage.page)

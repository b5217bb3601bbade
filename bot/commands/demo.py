"""`jixiao demo`: a ready district in the browser's chat page."""

from __future__ import annotations

import signal
import webbrowser
from pathlib import Path

import click

from bot.commands.phrases import say
from bot.commands.starting import Refusal, refusing_system
from bot.demo.running import running
from bot.demo.stage import EmulatorSilent, NotOurs, Stage, prepare


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
    # As by Ctrl-C: the emulator's process must not outlive this one.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running(stage) as server:
            _announce(stage, browser)
            server.run()
    except KeyboardInterrupt:
        click.echo("")


def _announce(stage: Stage, browser: bool) -> None:
    click.echo(say("demo_page", {"page": stage.page}))
    click.echo(say("demo_stop"))
    if browser:
        webbrowser.open(stage.page)

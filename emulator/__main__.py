"""Starts the emulator: ``python -m emulator --config FILE.yaml [--clock FILE] [--script FILE]``."""

from pathlib import Path

import click
from pydantic import ValidationError

from emulator.app import create_app
from emulator.clock import FileClock
from emulator.script import Script
from emulator.serving import make_http_server
from emulator.settings import load_settings
from emulator.world import World

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--config", required=True, type=EXISTING, help="YAML file with the settings.")
@click.option("--port", type=int, help="Port on 127.0.0.1; the settings' port if not given.")
@click.option(
    "--clock",
    "clock_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Clock file shared with the bot; made if missing.",
)
@click.option("--script", "script_path", type=EXISTING, help="JSON file with a play.")
def main(config: Path, port: int | None, clock_path: Path | None, script_path: Path | None) -> None:
    """A stand-in for WeChat Work on this machine: API, callbacks and a chat page."""
    try:
        settings = load_settings(config)
        script = _load_script(script_path)
    except (ValidationError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if port is not None:
        settings.port = port
    world = World(settings, FileClock(clock_path or config.with_suffix(".clock.json")))
    server = make_http_server(create_app(world, script), settings.host, settings.port)
    click.echo(f"WeChat Work emulator: http://{settings.host}:{settings.port}/")
    server.serve_forever()


def _load_script(path: Path | None) -> Script | None:
    return Script.model_validate_json(path.read_text(encoding="utf-8")) if path else None


if __name__ == "__main__":
    main()

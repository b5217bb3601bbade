"""``python -m emulator --config FILE.yaml`` starts the emulator; its subcommands steer one that runs."""

from pathlib import Path

import click
from pydantic import ValidationError

from emulator.app import create_app
from emulator.clock import FileClock
from emulator.commands import COMMANDS
from emulator.script import Script
from emulator.serving import Door
from emulator.settings import load_settings
from emulator.storm import storm
from emulator.world import World

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
MADE = click.Path(dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.pass_context
@click.option("--config", type=EXISTING, help="YAML file with the settings.")
@click.option("--port", type=int, help="Port on 127.0.0.1; the settings' port if not given.")
@click.option(
    "--clock", "clock_path", type=MADE, help="Clock file shared with the bot; made if missing."
)
@click.option("--script", "script_path", type=EXISTING, help="JSON file with a play.")
@click.option(
    "--storm", "rate", type=float, help="Everything goes wrong at random, so often (0-1)."
)
@click.option("--seed", default=0, show_default=True, help="The dice of what is random.")
@click.option("--record", "record_path", type=MADE, help="File to which the whole story is added.")
def main(
    context: click.Context,
    config: Path | None,
    port: int | None,
    clock_path: Path | None,
    script_path: Path | None,
    rate: float | None,
    seed: int,
    record_path: Path | None,
) -> None:
    """A stand-in for WeChat Work on this machine: API, callbacks and a chat page.

    Without a subcommand it is started; the subcommands speak to one that runs.
    """
    if context.invoked_subcommand:
        return
    if config is None:
        raise click.UsageError("Missing option '--config': the YAML file with the settings.")
    try:
        settings = load_settings(config)
        script = _load_script(script_path)
        faults = storm(rate) if rate else []
    except (ValidationError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if port is not None:
        settings.port = port
    clock = FileClock(clock_path or config.with_suffix(".clock.json"))
    world = World(settings, clock, record_path=record_path)
    world.faults.reseed(seed)
    for fault in faults:
        world.faults.add(fault)
    door = Door(create_app(world, script), settings.host, settings.port)
    world.shut = door.shut
    click.echo(f"WeChat Work emulator: http://{settings.host}:{settings.port}/")
    door.serve_forever()


def _load_script(path: Path | None) -> Script | None:
    return Script.model_validate_json(path.read_text(encoding="utf-8")) if path else None


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()

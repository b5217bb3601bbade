"""`jixiao`: the command line. Each command is a small file in bot/commands."""

from __future__ import annotations

import click

from bot.commands.phrases import say
from bot.commands.score import score_command
from bot.commands.standard import standard_group


@click.group(help=say("help_main"))
def main() -> None:
    """The commands of the house."""


main.add_command(score_command)
main.add_command(standard_group)

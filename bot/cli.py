"""`jixiao`: the command line. Each command is a small file in bot/commands."""

from __future__ import annotations

import click

from bot.commands.database import db
from bot.commands.demo import demo
from bot.commands.district import district
from bot.commands.outbox import outbox
from bot.commands.phrases import say
from bot.commands.score import score_command
from bot.commands.selftest import selftest
from bot.commands.serving import serve, worker
from bot.commands.standard import standard_group


@click.group(help=say("help_main"))
def main() -> None:
    """The commands of the house."""


main.add_command(score_command)
main.add_command(standard_group)
main.add_command(serve)
main.add_command(worker)
main.add_command(db)
main.add_command(district)
main.add_command(outbox)
main.add_command(selftest)
main.add_command(demo)

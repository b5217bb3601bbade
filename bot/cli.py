"""`jixiao`: the command line. Each command is a small file in bot/commands."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from bot.commands.phrases import say

_COMMANDS = {
    "score": "bot.commands.score:score_command",
    "understand": "bot.commands.understand:understand_command",
    "standard": "bot.commands.standard:standard_group",
    "serve": "bot.commands.serving:serve",
    "worker": "bot.commands.serving:worker",
    "db": "bot.commands.database:db",
    "district": "bot.commands.district:district",
    "cycle": "bot.commands.cycle:cycle",
    "calendar": "bot.commands.calendar:calendar",
    "roster": "bot.commands.roster:roster",
    "summary": "bot.commands.summary:summary",
    "archive": "bot.commands.archive:archive",
    "outbox": "bot.commands.outbox:outbox",
    "backup": "bot.commands.backup:backup",
    "restore": "bot.commands.backup:restore",
    "menu": "bot.commands.menu:menu",
    "selftest": "bot.commands.selftest:selftest",
    "demo": "bot.commands.demo:demo",
    "chat": "bot.commands.chat:chat",
    "simulate": "bot.commands.simulate:simulate",
}


class LazyGroup(click.Group):
    """Loads a command when it is called: `jixiao score` needs no web server and no database."""

    def __init__(self, *, lazy: Mapping[str, str], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return None
        module, _, name = self._lazy[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup, lazy=_COMMANDS, help=say("help_main"))
def main() -> None:
    """The commands of the house."""

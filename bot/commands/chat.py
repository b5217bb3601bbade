"""`jixiao chat`: the demonstration in a terminal; the conversation can be kept as a dialogue test."""

from __future__ import annotations

import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import click

from bot.commands.phrases import say
from bot.commands.starting import Refusal, refusing_system
from bot.demo.running import running
from bot.demo.stage import EmulatorSilent, prepare
from bot.demo.terminal import Terminal

_PROMPT = "> "


@click.command(help=say("help_chat"))
@click.option("--page", default="", help=say("help_chat_page"))
@click.option("--as", "userid", default="chenyu", show_default=True, help=say("help_chat_as"))
@refusing_system
def chat(page: str, userid: str) -> None:
    """Talks with the bot in this terminal: with a fresh demonstration, or with a running one."""
    with ExitStack() as stack:
        terminal = Terminal(page or _start(stack), userid, click.echo)
        click.echo(say("chat_help"))
        terminal.open()
        _talk(terminal)


def _start(stack: ExitStack) -> str:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    stage = prepare(folder / "chat")
    try:
        server = stack.enter_context(running(stage))
    except EmulatorSilent:
        raise Refusal(say("demo_failed", {"log": "emulator.log"})) from None
    threading.Thread(target=server.run, daemon=True).start()
    return stage.page


def _talk(terminal: Terminal) -> None:
    """Takes lines until the end; a line that ends with a backslash goes on in the next one."""
    while True:
        try:
            line = _line()
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip() and not terminal.take(line):
            return


def _line() -> str:
    shown = _PROMPT if sys.stdin.isatty() else ""
    parts = [input(shown)]
    while parts[-1].endswith("\\"):
        parts[-1] = parts[-1][:-1]
        parts.append(input(shown))
    return "\n".join(parts)

"""`jixiao understand`: what people write, a JSON line each; what would be understood, a line each."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, BinaryIO

import click

from bot.commands.phrases import say
from bot.commands.refusal import refusing
from bot.commands.score import DEFAULT
from dialogs.understanding import BadRequest, understand
from scoring.loading import load
from scoring.standard import Standard


@click.command("understand", help=say("help_understand"))
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--standard", default=DEFAULT, show_default=True, help=say("help_option_standard"))
@refusing
def understand_command(file: BinaryIO, standard: str) -> None:
    """Reads requests until the input ends, and answers each before it reads the next."""
    loaded = load(standard)
    for line in file:
        if line.strip():
            # Bytes, so that neither the terminal's encoding nor half a character stops the rest.
            told = json.dumps(_answer(line, loaded), ensure_ascii=False)
            click.echo(told.encode("utf-8", "replace"))


def _answer(line: bytes, standard: Standard) -> dict[str, Any]:
    """What was understood, what would be asked, or what is wrong with the line itself."""
    try:
        request = json.loads(line.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError):
        return {"error": say("understand_not_json")}
    if not isinstance(request, dict):
        return {"error": say("understand_not_json")}
    try:
        return dict(understand(request, standard))
    except BadRequest as bad:
        return {"error": str(bad)}

"""What a command says when its input is refused: every problem, then exit code 2."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click

from bot.commands.phrases import say
from scoring.filing import FactsError
from scoring.problems import StandardError

REFUSED = 2


def refusing(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with refused files and standards told in words."""

    @wraps(command)
    def told(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except FactsError as error:
            _refuse("refused", [str(mistake) for mistake in error.mistakes])
        except StandardError as error:
            _refuse("standard_refused", [str(problem) for problem in error.problems])

    return told


def _refuse(code: str, problems: list[str]) -> NoReturn:
    click.echo(say(code, {"count": len(problems)}), err=True)
    for problem in problems:
        click.echo(problem, err=True)
    raise SystemExit(REFUSED)

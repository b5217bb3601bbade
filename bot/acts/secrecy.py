"""涉密不上网: what bears a secrecy marking is refused before anything of it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from bot.acts.base import ActRefused
from scoring.sensitive import secrecy_mark
from scoring.values import NotApplicable, Rows, Text, Value


def refuse_secret(*texts: str) -> None:
    """Raises ActRefused("secret") if one of the texts bears a marking. The refusal doesn't
    repeat any of it: what is said in answer is kept."""
    if any(secrecy_mark(text) for text in texts):
        raise ActRefused("secret")


def texts_of(value: Value | None) -> Iterator[str]:
    """All words that somebody wrote in a value, those in the cells of rows too."""
    match value:
        case Text(value=text):
            yield text
        case NotApplicable(reason=reason):
            yield reason
        case Rows(value=rows):
            for row in rows:
                for cell in row.values():
                    yield from texts_of(cell)

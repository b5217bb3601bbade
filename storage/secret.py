"""What is to be erased, and whether other words repeat it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_WINDOW = 10
_SHORTEST = 4
_SHORTEST_FIGURE = 6  # 2021 stands everywhere


@dataclass(frozen=True)
class Secret:
    """The words of something that is being erased.

    A text repeats them if it holds a whole piece (of 4 characters, a figure of 6 or more), or 10
    characters on end of a longer one: nobody copies a paragraph word for word.
    """

    pieces: frozenset[str]
    windows: frozenset[str]

    def is_in(self, text: str) -> bool:
        """Whether the text repeats any of it."""
        bare = _bare(text)
        if any(piece in bare for piece in self.pieces):
            return True
        ends = range(len(bare) - _WINDOW + 1)
        return bool(self.windows) and any(bare[at : at + _WINDOW] in self.windows for at in ends)

    def is_within(self, plain: Any) -> bool:
        """Whether plain data repeats any of it, at whatever depth."""
        return any(self.is_in(text) for text in leaves(plain))


def secret_of(plain: Iterable[Any]) -> Secret:
    """The secret of values as plain data.

    >>> secret_of(["a 12345 b"]).is_in("...12345..."), secret_of([{"x": "98765"}]).is_in("98765")
    (False, True)
    """
    texts = {_bare(text) for part in plain for text in leaves(part)}
    pieces = frozenset(text for text in texts if len(text) >= _least(text))
    long = [text for text in pieces if len(text) >= _WINDOW]
    windows = {t[at : at + _WINDOW] for t in long for at in range(len(t) - _WINDOW + 1)}
    return Secret(pieces, frozenset(windows))


def leaves(plain: Any) -> Iterator[str]:
    """The texts and whole numbers of plain data, keys left out."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, int) and not isinstance(plain, bool):
        yield str(plain)
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from leaves(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from leaves(value)


def _least(text: str) -> int:
    return _SHORTEST_FIGURE if text.isdigit() else _SHORTEST


def _bare(text: str) -> str:
    return "".join(text.split())

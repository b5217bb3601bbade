"""What is filled when somebody first looks into it: for what few turns need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, overload

Value = TypeVar("Value")


class Lazy(Mapping[str, Value]):
    """Gives what `load` gives, which is called at most once, within the turn's transaction."""

    def __init__(self, load: Callable[[], Mapping[str, Value]]) -> None:
        self._load = load

    @cached_property
    def _found(self) -> Mapping[str, Value]:
        return self._load()

    def __getitem__(self, key: str) -> Value:
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class LazyRow(Sequence[Value]):
    """The same for a sequence."""

    def __init__(self, load: Callable[[], Sequence[Value]]) -> None:
        self._load = load

    @cached_property
    def _found(self) -> Sequence[Value]:
        return self._load()

    @overload
    def __getitem__(self, at: int) -> Value: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...

    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        return self._found[at]

    def __len__(self) -> int:
        return len(self._found)

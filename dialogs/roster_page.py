"""The roster (名册) as far as a coordinator speaks of it in the chat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RosterPage:
    """`may`: the person coordinates all departments; `address` is the page's, "" without one;
    `odd` says who can't be reached, a line each."""

    may: bool
    address: str = ""
    departments: int = 0
    people: int = 0
    odd: tuple[str, ...] = ()

"""What a document says about the facts of a form: claims to be confirmed, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.values import Value


class Unreadable(Exception):
    """The document cannot be read at all: a code (`unreadable_…`) and its numbers."""

    def __init__(self, code: str, **numbers: object) -> None:
        super().__init__(code)
        self.code, self.numbers = code, numbers


@dataclass(frozen=True)
class Claim:
    """A value of a fact, and where the document says so, in people's words.

    `certain` when the document can be read in one way only; whatever else was read needs a
    closer look. `last_year` when the document speaks of the year before the form's. A row may
    lack cells that the document doesn't have.
    """

    fact: str
    value: Value
    place: str
    certain: bool = True
    last_year: bool = False


@dataclass(frozen=True)
class Note:
    """Something seen and not understood, or two things that disagree.

    The code stands in reports' catalogue (`note_…`); numbers are what its sentence names.
    """

    code: str
    numbers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Brought:
    """All that one document says: at most one claim for each fact.

    `year` and `department` are those that the document names; None and "" where it names none,
    or several.
    """

    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    year: int | None = None
    department: str = ""

    def of(self, fact: str) -> Claim | None:
        """The claim about a fact, if there is one."""
        return next((claim for claim in self.claims if claim.fact == fact), None)

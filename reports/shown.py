"""Values as the sentences of the outline see them, and what is not there to be seen.

A sentence that would print or compare something that is not there cannot be said as it stands;
`Unsayable` carries what is said instead of the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import total_ordering
from typing import NoReturn

from scoring.values import Money

# Marks around a gap in a rendered text: private-use characters, taken out of people's words.
GAP_OPENS, GAP_CLOSES = "\ue000", "\ue001"
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ue000\ue001]"
)
# A space that a line break or another program left behind full-width punctuation.
_LOOSE_SPACES = re.compile("(?<=[\uff0c\u3002\uff1b\uff1a\u3001\uff01\uff1f\uff09\u201d\u300b]) +")
_BREAKS = re.compile("\r\n|\r|\u2028|\u2029|\x85")


class Unsayable(Exception):
    """A sentence cannot be said; `instead` is what is said in its place, perhaps nothing."""

    def __init__(self, instead: str) -> None:
        super().__init__("unsayable")
        self.instead = instead


class Absence(Enum):
    """Why something is not there."""

    GAP = "gap"  # not answered yet
    BLANK = "blank"  # optional and left out, or not asked because of another answer
    NOT_APPLICABLE = "not_applicable"  # there is no such thing; a reason is given
    ON_PAPER = "on_paper"  # handed in on paper


class Missing:
    """Something that is not there: printed as `inline` where that makes sense.

    Whatever else a sentence does with it makes the sentence unsayable, except that a blank
    counts as no.
    """

    def __init__(self, absence: Absence, instead: str, inline: str = "") -> None:
        self.absence, self.instead, self.inline = absence, instead, inline

    def refuse(self, *_: object) -> NoReturn:
        raise Unsayable(self.instead)

    def __str__(self) -> str:
        return self.inline or self.refuse()

    def __bool__(self) -> bool:
        return False if self.absence is Absence.BLANK else self.refuse()

    __iter__ = __len__ = __getitem__ = __contains__ = refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __truediv__ = refuse
    __hash__ = object.__hash__


@total_ordering
@dataclass(frozen=True, eq=False)
class Amount:
    """Money that sentences can compare; true when it is not zero."""

    money: Money

    @property
    def yuan(self) -> Decimal:
        return self.money.yuan

    def __bool__(self) -> bool:
        return self.yuan != 0

    def __eq__(self, other: object) -> bool:
        return self.yuan == (other.yuan if isinstance(other, Amount) else other)

    def __lt__(self, other: object) -> bool:
        # What is not there answers for itself, from the other side of the comparison.
        return self.yuan < other.yuan if isinstance(other, Amount) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.yuan)


@dataclass(frozen=True)
class Ticked:
    """A checklist: the whole words of the criteria that are met, and of those that are not."""

    met: tuple[str, ...]
    unmet: tuple[str, ...]


class Row(Mapping[str, object]):
    """A row of a table; its cells are read as `row.column`."""

    def __init__(self, cells: Mapping[str, object]) -> None:
        self._cells = dict(cells)

    def __getitem__(self, column: str) -> object:
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def clean(text: str) -> str:
    """Somebody's words without characters that documents refuse; all line breaks alike.

    >>> clean("a\\x00b\\r\\nc")
    'ab\\nc'
    """
    plain = _FORBIDDEN.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")
    return _LOOSE_SPACES.sub("", plain).strip()


def without_marks(text: str) -> str:
    """A rendered text without the marks around its gaps."""
    return text.replace(GAP_OPENS, "").replace(GAP_CLOSES, "")

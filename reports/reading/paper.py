"""A report as parts under headings: what a person sees when leafing through it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.reading.patterns import part, pattern
from reports.reading.plain_lines import level_of
from reports.wording import say


@dataclass(frozen=True)
class Grid:
    """A table: its rows of cells, and where it stands."""

    rows: tuple[tuple[str, ...], ...]
    place: str = ""


Piece = str | Grid


@dataclass(frozen=True)
class Passage:
    """A paragraph, where it stands, and the titles above it, the nearest last."""

    text: str
    place: str
    titles: tuple[str, ...] = ()


@dataclass
class Part:
    """A heading or an item with all that stands below it.

    `words` is the paragraph that opens it, without its number; `title` what of it is a title.
    """

    level: int
    words: str
    place: str
    titles: tuple[str, ...] = ()
    body: list[Passage | Grid] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def title(self) -> str:
        return pattern("title_ends").split(self.words, 1)[0]

    @property
    def paragraphs(self) -> list[Passage]:
        """The paragraphs right below, without those of its parts."""
        return [one for one in self.body if isinstance(one, Passage)]

    @property
    def grids(self) -> list[Grid]:
        return [one for one in self.body if isinstance(one, Grid)]

    def walk(self) -> Iterator[Part]:
        """This part and all below, in order."""
        yield self
        for below in self.parts:
            yield from below.walk()

    def below(self) -> Iterator[Part]:
        """All parts below, without this one."""
        for one in self.parts:
            yield from one.walk()

    def passages(self) -> Iterator[Passage]:
        """All paragraphs of this part and below, the opening ones among them."""
        if self.words:
            yield Passage(self.words, self.place, (*self.titles, self.title))
        yield from self.paragraphs
        for below in self.parts:
            yield from below.passages()

    def text(self) -> str:
        return "\n".join(passage.text for passage in self.passages())


@dataclass(frozen=True)
class Paper:
    """A whole report; `root` has the cover as its body and the chapters as its parts."""

    root: Part

    def under(self, title: str) -> list[Part]:
        """The parts whose title matches a pattern; of those within one another, the innermost."""
        wanted = re.compile(title)
        found = [one for one in self.root.walk() if one.level and wanted.search(one.title)]
        matched = {id(one) for one in found}
        return [one for one in found if not any(id(b) in matched for b in one.below())]

    def passages(self) -> Iterator[Passage]:
        yield from self.root.passages()

    def grids(self) -> Iterator[tuple[Part, Grid]]:
        for one in self.root.walk():
            for grid in one.grids:
                yield one, grid


def arrange(pieces: Sequence[Piece]) -> Paper:
    """The parts of a report from its paragraphs and tables in order."""
    root = Part(0, "", say("place_cover"))
    above = [root]
    for piece in pieces:
        level = level_of(piece) if isinstance(piece, str) else 0
        if level and isinstance(piece, str):
            while above[-1].level >= level:
                above.pop()
            above.append(_opened(above[-1], level, piece))
        else:
            _add(above[-1], piece)
    return Paper(root)


def _opened(above: Part, level: int, line: str) -> Part:
    mark = re.match(part("levels")[level - 1], line)
    assert mark is not None  # noqa: S101 - level_of matched it
    before = above.place if above.level else ""
    made = Part(level, line[mark.end() :].strip(), f"{before}{mark['n']}", _titles(above))
    above.parts.append(made)
    return made


def _titles(holder: Part) -> tuple[str, ...]:
    return (*holder.titles, holder.title) if holder.level else ()


def _add(holder: Part, piece: Piece) -> None:
    kind = Passage if isinstance(piece, str) else Grid
    number = 1 + sum(isinstance(one, kind) for one in holder.body)
    code = "place_paragraph" if isinstance(piece, str) else "place_table"
    place = say(code, part=holder.place, number=number)
    if isinstance(piece, str):
        holder.body.append(Passage(piece, place, _titles(holder)))
    else:
        holder.body.append(Grid(piece.rows, place))

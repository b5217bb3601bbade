"""The report as a list of pieces, before any layout: what stands where, already in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.context import BLANK
from reports.lines import Line, Script, group_words
from reports.numbering import number
from reports.shown import Missing, Row, Unsayable
from reports.wording import phrases
from scoring.outline import Block, Insert
from scoring.rules.base import Points
from scoring.tree import Indicator


@dataclass(frozen=True)
class Heading:
    """A heading with its number; level 1 is the highest."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text; `strong` ones open an item of a list."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table: the heads of its columns, how wide they are to one another, and its rows."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


Piece = Heading | Paragraph | Table


@dataclass(frozen=True)
class Manuscript:
    """The whole report in words."""

    attachment: str
    title: str
    cover: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]


@dataclass
class _Section:
    """Where we are: the level of the headings below, and how many items it has so far."""

    level: int
    items: int = 0
    headings: int = 0
    pieces: list[Piece] = field(default_factory=list)

    def heading(self, text: str) -> None:
        self.headings += 1
        self.pieces.append(Heading(self.level, f"{number(self.level, self.headings)}{text}"))

    def item(self) -> str:
        self.items += 1
        return number(self.level, self.items)

    def say(self, text: str) -> None:
        """One paragraph for each line; nothing for an empty text."""
        lines = (line.strip() for line in text.split("\n"))
        self.pieces += [Paragraph(line) for line in lines if line]

    def say_once(self, text: str) -> None:
        """A paragraph, unless a paragraph of this section already says so."""
        if not any(isinstance(one, Paragraph) and text in one.text for one in self.pieces):
            self.say(text)


def write_manuscript(script: Script) -> Manuscript:
    """The report of a script."""
    outline, sentences = script.standard.outline, script.sentences
    pieces = _blocks(script, outline.chapters, _Section(1), {})
    cover = tuple((line.label, sentences.render(line.text)) for line in outline.cover)
    return Manuscript(outline.attachment, outline.title, cover, tuple(pieces))


def _blocks(
    script: Script, blocks: Sequence[Block], section: _Section, names: dict[str, object]
) -> list[Piece]:
    for block in blocks:
        if block.heading:
            section.heading(script.sentences.render(block.heading, names))
            below = _Section(section.level + 1)
            section.pieces += _blocks(script, block.blocks, below, names)
        elif block.each:
            _each(script, block, section, names)
        elif block.table:
            _table(script, block, section)
        elif block.insert is Insert.INDICATORS:
            section.pieces += _groups(script, script.standard.roots, section.level)
        elif block.insert:
            _losses(script, section, block.insert)
        else:
            section.say(script.sentences.paragraph(block.text, names))
    return section.pieces


def _each(script: Script, block: Block, section: _Section, names: dict[str, object]) -> None:
    rows = script.sentences.context[block.each]
    if isinstance(rows, Missing):
        section.say_once(rows.instead)
        return
    assert isinstance(rows, list)  # noqa: S101 - the outline was checked at load
    if not rows:
        section.say(script.sentences.render(block.empty, names))
    for n, row in enumerate(rows, start=1):
        inner = {**names, "row": row, "n": n}
        text = script.sentences.paragraph(block.text, inner)
        if block.title:
            title = script.sentences.render(block.title, inner)
            section.pieces.append(Paragraph(f"{section.item()}{title}", strong=True))
            section.say(text)
        elif text:
            section.say(f"{section.item()}{text}")


def _table(script: Script, block: Block, section: _Section) -> None:
    """The table of a rows fact; where there are no rows, what is said instead, once."""
    rows = script.sentences.context[block.table]
    if isinstance(rows, Missing):
        section.say_once(rows.instead)
        return
    assert isinstance(rows, list)  # noqa: S101 - the outline was checked at load
    if not rows:
        return
    columns = script.standard.facts[block.table].columns
    table = Table(
        heads=tuple(column.label or columns[column.column].label for column in block.columns),
        widths=tuple(column.width for column in block.columns),
        rows=tuple(
            tuple(_cell(script, row, column.column) for column in block.columns) for row in rows
        ),
    )
    section.pieces.append(table)


def _cell(script: Script, row: Row, column: str) -> str:
    try:
        return script.sentences.shown(row[column])
    except Unsayable as unsayable:
        return unsayable.instead


def _groups(script: Script, nodes: Sequence[Indicator], level: int) -> list[Piece]:
    section = _Section(level)
    for node in nodes:
        section.heading(node.name)
        if node.rule is None:
            section.say(group_words(node, script.sheet, script.sentences))
            section.pieces += _groups(script, node.children, level + 1)
        else:
            section.pieces += _analysis(script, script.lines[node.code], level + 1)
    return section.pieces


def _analysis(script: Script, line: Line, level: int) -> list[Piece]:
    """The text of one indicator, its score sentence at the end of the last paragraph."""
    section = _Section(level)
    if line.score.state not in (Points.NOT_APPLICABLE, Points.OFFLINE):
        one = line.indicator
        names: dict[str, object] = {
            "name": one.name,
            "maximum": one.max,
            "points": line.score.so_far,
            "formula": one.formula,
            "working": line.working or BLANK,
        }
        _blocks(script, script.standard.outline.analysis[one.code], section, names)
    last = section.pieces[-1] if section.pieces else None
    if isinstance(last, Paragraph) and not last.strong:
        section.pieces[-1] = Paragraph(last.text + line.closing)
    else:
        section.say(line.closing)
    section.say("".join(line.losses))
    return section.pieces


def _losses(script: Script, section: _Section, insert: Insert) -> None:
    """Causes or improvements of the lost points, the same words only once.

    Words that the department has already written among its own problems are not repeated.
    """
    word = "cause_title" if insert is Insert.CAUSES else "improvement_title"
    said = "".join(piece.text for piece in section.pieces if isinstance(piece, Paragraph))
    names_of: dict[str, list[str]] = {}
    for code in script.sheet.lossy():
        line = script.lines[code]
        text = line.cause if insert is Insert.CAUSES else line.improvement
        if text and text not in said:
            names_of.setdefault(text, []).append(line.indicator.name)
    for text, names in names_of.items():
        joined = str(phrases()["comma"]).join(names)
        section.say(f"{section.item()}{script.sentences.word(word, names=joined, text=text)}")

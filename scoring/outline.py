"""The report's chapters as data: what stands where, and the sentences in which it is said.

Sentences are Jinja templates over the facts of the questionnaire, so that a finance officer can
change them without touching code. They are rendered by the reports floor, sandboxed; here they
are only read, and checked by `scoring.outline_checks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from scoring.questionnaire import Strict


def _sentences(given: Any) -> Any:
    """One sentence may be written without a list around it."""
    return (given,) if isinstance(given, str) else given


Sentences = Annotated[tuple[str, ...], BeforeValidator(_sentences)]


class Insert(StrEnum):
    """What the program puts together itself, from the tree and the score sheet."""

    INDICATORS = "indicators"  # the analysis of every indicator, group by group
    CAUSES = "causes"  # why points were lost, once each, after the rows above
    IMPROVEMENTS = "improvements"  # what will be done about it


class TableColumn(Strict):
    """A column of a table: of which column of the rows, under which heading, how wide."""

    column: str
    label: str = ""
    width: int = Field(default=1, ge=1, le=20)


class Block(Strict):
    """One piece of the report. Exactly one of: heading with blocks, text, each, table, insert.

    `text` are the sentences of one paragraph; with `each` they are said for every row of that
    fact (`row`, `n`), `title` stands before them and `empty` is said when there are no rows.
    """

    heading: str = ""
    blocks: tuple[Block, ...] = ()
    text: Sentences = ()
    each: str = ""
    title: str = ""
    empty: str = ""
    table: str = ""
    columns: tuple[TableColumn, ...] = ()
    insert: Insert | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Block:
        plain_text = bool(self.text) and not self.each
        kinds = (self.heading, plain_text, self.each, self.table, self.insert)
        extras = bool(self.blocks) > bool(self.heading) or bool(self.columns) != bool(self.table)
        if sum(map(bool, kinds)) != 1 or extras or (self.each and not self.text):
            raise ValueError("block_unclear")
        if (self.title or self.empty) and not self.each:
            raise ValueError("block_unclear")
        return self

    def walk(self) -> Iterator[Block]:
        """This block and all below it."""
        yield self
        for block in self.blocks:
            yield from block.walk()


class CoverLine(Strict):
    """One line of the cover: its label and what is filled in."""

    label: str
    text: str = ""


class Words(Strict):
    """The sentences that the program chooses by itself, by what the score sheet says.

    `WORD_NAMES` says which names each of them may use.
    """

    score: str
    score_open: str
    score_offline: str
    not_applicable_full: str
    not_applicable_exclude: str
    not_applicable_zero: str
    lost: str
    cause: str
    improvement: str
    group: str
    group_empty: str
    rescaled: str
    part: str
    part_open: str
    part_offline: str
    part_excluded: str
    points: str
    points_open: str
    points_offline: str
    cause_title: str
    improvement_title: str
    rise: str
    rise_from_zero: str
    fall: str
    same: str
    nearly_same: str
    growth_offline: str
    offline: str
    offline_inline: str
    gap: str
    reason: str
    yes: str
    no: str


_INTERVAL = frozenset({"low", "high", "maximum"})
_PART = frozenset({"name", "low", "high", "maximum"})
_CHANGE = frozenset({"than", "amount", "rate"})
_NONE = frozenset[str]()
WORD_NAMES: Mapping[str, frozenset[str]] = {
    "score": frozenset({"points", "maximum"}),
    "score_open": _INTERVAL,
    "score_offline": frozenset({"maximum"}),
    "not_applicable_full": frozenset({"reason", "points"}),
    "not_applicable_exclude": frozenset({"reason", "points"}),
    "not_applicable_zero": frozenset({"reason", "points"}),
    "lost": frozenset({"lost", "why"}),
    "cause": frozenset({"text"}),
    "improvement": frozenset({"text"}),
    "group": frozenset({"name", "maximum", "points", "parts", "rescaled"}),
    "group_empty": frozenset({"name", "maximum"}),
    "rescaled": _NONE,
    "part": _PART,
    "part_open": _PART,
    "part_offline": _PART,
    "part_excluded": _PART,
    "points": _INTERVAL,
    "points_open": _INTERVAL,
    "points_offline": _INTERVAL,
    "cause_title": frozenset({"names", "text"}),
    "improvement_title": frozenset({"names", "text"}),
    "rise": _CHANGE,
    "rise_from_zero": _CHANGE,
    "fall": _CHANGE,
    "same": _CHANGE,
    "nearly_same": _CHANGE,
    "growth_offline": _CHANGE,
    "offline": _NONE,
    "offline_inline": _NONE,
    "gap": frozenset({"label"}),
    "reason": frozenset({"reason"}),
    "yes": _NONE,
    "no": _NONE,
}


class Outline(Strict):
    """The report: cover, chapters, the text of every third-level indicator, and the words.

    `analysis` gives for each indicator's code the blocks that stand before its score sentence.
    """

    attachment: str = ""
    title: str
    cover: tuple[CoverLine, ...] = ()
    chapters: tuple[Block, ...]
    analysis: Mapping[str, tuple[Block, ...]]
    words: Words

"""What is asked: facts, the questions that ask 1..n of them, and the sections they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

LABEL_LIMIT = 16


class Strict(BaseModel):
    """A part of a standard: unknown keys are refused, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Kind(StrEnum):
    """The type of a fact, as written in the questionnaire."""

    MONEY = "money"  # an amount; kept in 元
    PERCENT = "percent"  # 0–100
    NUMBER = "number"  # a decimal with a unit of its own, such as points
    COUNT = "count"  # a whole number
    DATE = "date"
    YESNO = "yesno"
    CHECKLIST = "checklist"  # any number of lettered options
    TEXT = "text"
    ROWS = "rows"  # a table; its columns are given


def _short(label: str) -> str:
    if len(label) > LABEL_LIMIT:
        raise ValueError(f"label_too_long:{len(label)}:{label}")
    return label


Name = Annotated[str, Field(min_length=1)]
Label = Annotated[str, AfterValidator(_short)]
Letter = Annotated[str, Field(pattern="^[A-Z]$")]


class Option(Strict):
    """One criterion or kind of a checklist: a short label for the card, the whole words above."""

    label: Annotated[Label, Field(min_length=1)]
    text: str = ""


class Condition(Strict):
    """A test on another fact, or on points lost, that decides whether something applies.

    Exactly one of `equals`, `above`, `below`, `below_full` stands beside `fact`; or `lost` alone names an
    indicator that has lost points. `below_full` is met when a checklist misses an option.
    """

    fact: str = ""
    equals: bool | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    below_full: bool | None = None
    lost: str = ""

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        tests = [self.equals, self.above, self.below, self.below_full]
        given = sum(test is not None for test in tests)
        if bool(self.lost) == bool(self.fact) or given != (1 if self.fact else 0):
            raise ValueError("condition_unclear")
        return self


class Difference(Strict):
    """A figure and the base that it is compared with, such as this year's and last year's."""

    figure: Name
    base: Name


class Known(StrEnum):
    """What the house knows before it asks, and offers for confirmation."""

    DEPARTMENT = "department"  # the department's name
    CONTACT = "contact"  # the name of whoever fills in
    TODAY = "today"


class Entry(StrEnum):
    """When a column of a table is asked."""

    LINE = "line"  # typed in the line itself
    ALL = "all"  # a yes/no asked once for all rows together, after the lines
    EACH = "each"  # asked row by row, after the lines


class Column(Strict):
    """One column of a rows fact: any type but a checklist or a table of its own."""

    label: Name
    type: Kind
    unit: str = ""
    entry: Entry = Entry.LINE
    optional: bool = False
    min: Decimal | None = None
    max: Decimal | None = None
    ask: str = ""
    example: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Column:
        if self.type in (Kind.CHECKLIST, Kind.ROWS):
            raise ValueError("column_type")
        if self.entry is Entry.ALL and self.type is not Kind.YESNO:
            raise ValueError("column_entry")
        return self


class Fact(Strict):
    """One thing known about the department in the year. Asked once, used wherever needed.

    `by_unit` says that a department with units below it may give the figure unit by unit, to be
    added up. `aliases` are what people call it; each means one fact alone. `digits` is the least number of digits that a text must hold, as telephone numbers do.
    A `cover` fact stands on the cover alone: it may change after the form was sent in, and what
    was approved stays approved.
    `rests_on` names facts that this one was judged by: when one of them changes, it is asked again
    with its old answer offered. `explains` names a figure and its base: then it is asked again
    when their difference turns round, or is no longer about the same.
    `when` lists conditions that must all hold for the fact to be asked; where they do not,
    `otherwise` is its value (written as in FACTS files).
    """

    label: Name
    type: Kind
    unit: str = ""
    short: Label = ""
    aliases: tuple[Name, ...] = ()
    known: Known | None = None
    keeper: str = ""
    stands_in: str = ""
    example: Any = None
    options: Mapping[Letter, Option] = Field(default_factory=dict)
    columns: Mapping[str, Column] = Field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    otherwise: Any = None
    rests_on: tuple[str, ...] = ()
    explains: Difference | None = None
    optional: bool = False
    na: bool = True
    min: Decimal | None = None
    max: Decimal | None = None
    min_rows: int = Field(default=0, ge=0)
    digits: int = 0
    by_unit: bool = False
    cover: bool = False
    max_chars: int = Field(default=4000, ge=1)

    @model_validator(mode="after")
    def _whole(self) -> Fact:
        if (self.type is Kind.CHECKLIST) != bool(self.options):
            raise ValueError("options_and_type")
        if self.by_unit and self.type not in (Kind.MONEY, Kind.COUNT):
            raise ValueError("by_unit_and_type")
        if (self.type is Kind.ROWS) != bool(self.columns):
            raise ValueError("columns_and_type")
        return self


class Form(StrEnum):
    """How a question is put; follows from the facts it asks."""

    FIELDS = "fields"  # figures and short texts, several in one message
    PICK = "pick"  # several yes/no facts on one card
    YESNO = "yesno"  # one yes/no: a card with two buttons
    CHECKLIST = "checklist"  # one checklist: a card to tick
    TEXT = "text"  # one long text
    ROWS = "rows"  # lines of a table


class Question(Strict):
    """One message that asks 1..n facts."""

    id: Name
    section: str
    facts: tuple[str, ...] = Field(min_length=1)
    ask: Name
    help: str = ""
    form: Literal["fields", "pick", "yesno", "checklist", "text", "rows"] | None = None


class Section(Strict):
    """A group of questions that stand together."""

    id: Name
    name: Name


class Questionnaire(Strict):
    """附件1 as data: facts by id, and the questions in the order in which they are asked.

    `checks` are the 勾稽 checks as written; `Standard.checks` holds what they were read into.
    """

    sections: tuple[Section, ...]
    facts: Mapping[str, Fact]
    questions: tuple[Question, ...]
    checks: tuple[Mapping[str, Any], ...] = ()

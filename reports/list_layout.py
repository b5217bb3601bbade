"""How the list that an office fills in (.xlsx) is laid out, for its writer and its reader.

Sheet `SHEET` has one line for each fact that is no table, sheets named by the fact's label one
for each table. Words stand in the catalogue; this is where they are put:

- The cell `MARKER` of every sheet holds `marker(form, standard)` (white on white, or in a hidden
  row): a list of another form or of another standard is refused by it.
- Row `HEAD` holds the heads, and the rows below are data up to the first empty one.
- On the main sheet a line has the columns of `Column`; the last one holds the fact's id. A fact
  that is a checklist is filled with its letters (ABD) or labels joined by 、.
- On the sheet of a table, row `HEAD` - 1 holds in `ROWS_MARK` the fact's id, and the columns of
  row `HEAD` are the `head` of the fact's columns in their order, from column A. A yes/no is filled
  with 是 or 否, a day as a date or 2021-12-20, an amount as a number of the unit in the head.
"""

from __future__ import annotations

from enum import IntEnum

from reports.wording import say
from scoring.questionnaire import Column as FactColumn
from scoring.questionnaire import Fact, Kind
from scoring.standard import Standard
from scoring.values import money_units

MARKER = "A1"
TITLE = "A2"
ROWS_MARK = "A3"  # on sheets of tables: the fact id (hidden row)
HEAD = 4  # the row of the heads, from 1
FIRST = 5  # the first row of data, from 1
MOST_ROWS = 500  # lines read of a sheet
SHEET_NAME_CHARS = 31  # what Excel allows


class Column(IntEnum):
    """The columns of the main sheet, from 1."""

    NUMBER = 1  # the number of the question
    LABEL = 2
    UNIT = 3
    VALUE = 4  # where people write
    HELP = 5
    FACT = 6  # the fact's id (hidden)


def marker(form_id: int, standard: Standard) -> str:
    """What the marker cell holds: form and standard in one short word.

    The form's id comes first: "list:17:3f9a0c1d2e4b".
    """
    return f"list:{form_id}:{standard.hash[:12]}"


def sheet_name(label: str) -> str:
    """The name of a table's sheet: its label without what Excel refuses.

    >>> sheet_name("专项资金（项目）"), sheet_name("收/支")
    ('专项资金（项目）', '收支')
    """
    return "".join(c for c in label if c not in "[]:*?/\\'")[:SHEET_NAME_CHARS]


def head(spec: FactColumn | Fact) -> str:
    """The head of a table's column: its label, with its unit in brackets if it has one."""
    unit = unit_of(spec)
    return say("list_head", label=spec.label, unit=unit) if unit else spec.label


def unit_of(spec: FactColumn | Fact) -> str:
    """The unit in which a figure is filled in, as people write it; "" without one."""
    if spec.type is Kind.PERCENT:
        return "%"
    if spec.type is Kind.MONEY:
        return money_units()[spec.unit or "yuan"].label
    return spec.unit if spec.type in (Kind.COUNT, Kind.NUMBER) else ""


def is_table(fact: Fact) -> bool:
    """Whether a fact stands on a sheet of its own."""
    return fact.type is Kind.ROWS

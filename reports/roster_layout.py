"""How the roster is laid out as a workbook, for its writer and its reader.

Three sheets: departments, units below them, people (one line for each thing that a person is).
The words of sheets, columns and roles stand in the catalogue; of several spellings the first is
written and all are read. The order of the columns is free.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from reports.wording import phrases

SHEETS = ("departments", "units", "people")
HEAD_UNIT = "0"
"""The code of the department itself among its units (本级), which is never in a roster."""
MOST_ROWS = 6000
LONGEST = {"name": 60, "short_names": 30, "title": 10, "office": 20, "aliases": 20, "email": 120}
"""How many letters a cell, or each entry of a list in it, may have."""
LONGEST_OTHER = 64
_BETWEEN = re.compile(r"[、，,;；\n\r]+")


def sheet_title(sheet: str) -> str:
    """What a sheet is called."""
    return str(phrases()["roster_sheets"][sheet][0])


def columns(sheet: str) -> Mapping[str, Sequence[str]]:
    """The columns of a sheet in their order, with the spellings of their heads."""
    found: Mapping[str, Sequence[str]] = phrases()["roster_columns"][sheet]
    return found


def required(sheet: str) -> Sequence[str]:
    """The columns of a sheet that must be filled."""
    found: Sequence[str] = phrases()["roster_required"][sheet]
    return found


def head(sheet: str, column: str) -> str:
    """What a column is called."""
    return str(columns(sheet)[column][0])


def role_name(role: str) -> str:
    """What a role is called."""
    return str(phrases()["roster_roles"][role][0])


def everywhere() -> str:
    """How "all departments" is written."""
    return str(phrases()["roster_everywhere"][0])


def plain(text: str) -> str:
    """Words as they are compared: full-width letters made plain, no spaces, small letters.

    >>> plain(" 企业微信　ＩＤ ")
    '企业微信id'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def plain_head(text: str) -> str:
    """A column's head without its star and what stands in brackets.

    >>> plain_head("*姓名（必填）")
    '姓名'
    """
    return re.sub(r"\(.*?\)|[*:]", "", plain(text))


def entries(text: str) -> tuple[str, ...]:
    """The entries of a list in one cell, each once.

    >>> entries("科工局、商务局，科工局")
    ('科工局', '商务局')
    """
    parts = (part.strip() for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))

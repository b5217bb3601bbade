"""How the report looks, as data: page, fonts and paragraph styles of official papers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(_Part):
    """The page in mm, and how far header and footer stand from its edges."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    header_mm: float
    footer_mm: float

    @property
    def text_width_mm(self) -> float:
        return self.width_mm - self.left_mm - self.right_mm


class Font(_Part):
    """A face; its other names, family and charset (86 is GB2312) for where it is missing."""

    name: str
    also: str
    family: Literal["roman", "modern", "swiss"]
    charset: str = "86"


class Style(_Part):
    """A paragraph style: size, line, before and after in pt, indent in characters."""

    font: str
    size: float
    line: float = 0
    indent: int = 0
    align: Literal["left", "right", "center", "both"] = "both"
    outline: int = 0
    bold: bool = False
    keep: bool = False
    before: float = 0
    after: float = 0
    narrow: float = 0
    color: str = "000000"


class TableLook(_Part):
    """How far cells keep their text from the lines."""

    pad_mm: float


class LetterLook(_Part):
    """Where the head of a letter and its red lines stand, the lines' width and colour."""

    top_mm: float
    rule_mm: float
    foot_mm: float
    color: str


class IndexLook(_Part):
    """The margins of the evidence index, and how its columns share the width."""

    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    footer_mm: float
    widths: tuple[int, ...]


class Layout(_Part):
    """All of it."""

    page: Page
    fonts: Mapping[str, Font]
    styles: Mapping[str, Style]
    table: TableLook
    letter: LetterLook
    index: IndexLook

    @property
    def on_its_side(self) -> Layout:
        """The same with the index's page."""
        edges = self.index.model_dump(exclude={"widths"})
        turned = {"width_mm": self.page.height_mm, "height_mm": self.page.width_mm}
        page = self.page.model_copy(update=edges | turned)
        return self.model_copy(update={"page": page})


@cache
def layout() -> Layout:
    """The layout in layout.yaml."""
    text = resources.files(__package__).joinpath("layout.yaml").read_text(encoding="utf-8")
    return Layout.model_validate(yaml.safe_load(text))


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point.

    >>> twips(25.4)
    1440
    """
    return round(mm * 1440 / 25.4)

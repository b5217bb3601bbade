"""Type for pictures: two faces that lie beside this package, widths, lines that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from PIL import ImageFont

from reports.wording import phrases

_TOKEN = re.compile(r"[0-9A-Za-z.,%/+\-]+|\s|.", re.S)


@dataclass(frozen=True)
class Type:
    """A size of one of the faces: `bold` is for figures alone, and holds little else."""

    size: int
    bold: bool = False

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return _font(self.size, self.bold)

    def width(self, text: str) -> float:
        """How wide a text is, in pixels."""
        return float(self.font.getlength(text))

    @property
    def line(self) -> int:
        """From one line to the next."""
        return round(self.size * 1.5)


@cache
def characters() -> frozenset[str]:
    """All characters that the face for texts has."""
    folder = resources.files("reports").joinpath("fonts")
    return frozenset(folder.joinpath("characters.txt").read_text(encoding="utf-8"))


def drawable(text: str) -> str:
    """The text with a geta mark (〓) for each character that the face lacks, as printers do: a
    box would look like a fault."""
    known, instead = characters(), str(phrases()["missing_character"])
    return "".join(c if c in known or c.isspace() else instead for c in text)


def wrapped(text: str, kind: Type, width: float, most: int = 0) -> list[str]:
    """The text in lines that are no wider than `width`; of more than `most` lines the rest is
    left out behind an ellipsis. No line begins with a comma or stop."""
    lines = [line for part in drawable(text).splitlines() for line in _lines(part, kind, width)]
    if most and len(lines) > most:
        kept = lines[:most]
        while kept[-1] and kind.width(kept[-1] + "…") > width:
            kept[-1] = kept[-1][:-1]
        return [*kept[:-1], kept[-1] + "…"]
    return lines


def _lines(text: str, kind: Type, width: float) -> list[str]:
    no_start = str(phrases()["no_start"])
    lines, line = [], ""
    for token in _pieces(text, kind, width):
        fits = kind.width(line + token) <= width
        # A mark that must not begin a line hangs a little over the edge.
        if fits or not line or token in no_start:
            line += token
        else:
            lines.append(line.rstrip())
            line = token.lstrip()
    return [*lines, line] if line else lines


def _pieces(text: str, kind: Type, width: float) -> list[str]:
    """Figures and words in one piece where they fit into a line at all."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        pieces += [token] if kind.width(token) <= width else list(token)
    return pieces


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "NotoSansSC-Figures.otf" if bold else "NotoSansSC-Regular.otf"
    with resources.as_file(resources.files("reports").joinpath("fonts", name)) as path:
        return ImageFont.truetype(str(path), size)

"""A board with a grid: small boxes that are filled to a share, upright words, marks of one character."""

from __future__ import annotations

import io

from PIL import Image

from reports.pictures.board import GREEN, LINE, RED, Board
from reports.pictures.type import Type, drawable

EMPTY, PART = "#FFFFFF", "#7FA6DB"
_OUTLINE, _FAINT = "#B4BFCC", "#C5CDD6"
_WHITE = "#FFFFFF"
_COLOURS = 128


class Grid(Board):
    """All of these are put at `y`, which stays."""

    def png(self) -> bytes:
        """The picture. It is large and drawn often, so the quick ways to few colours and to few
        bytes are taken."""
        image = self.image().quantize(
            _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=6)
        return out.getvalue()

    def box(self, x: float, size: float, share: float, *, alarm: bool = False) -> None:
        """A square that is filled from below to its share (0–1); `alarm` gives it a red edge."""
        left, top, right, foot = x, self.y, x + size, self.y + size
        edge = RED if alarm else _OUTLINE
        if share >= 1:
            self._box((left, top, right, foot), 6, GREEN)
            if alarm:
                self._frame(left, top, size, RED, 5)
            return
        self._box((left, top, right, foot), 6, EMPTY)
        if share > 0:
            # So much that it can be seen, and never as if it were all.
            height = min(max(size * share, 6.0), size - 7)
            self._box((left + 2, foot - height - 2, right - 2, foot - 2), 3, PART)
        self._frame(left, top, size, edge, 5 if alarm else 2)

    def dash(self, x: float, size: float) -> None:
        """A short stroke where there is nothing to fill."""
        middle = self.y + size / 2
        ends = (x + size * 0.3, middle, x + size * 0.7, middle)
        self._strokes.append(lambda draw: draw.line(ends, fill=_FAINT, width=4))

    def mark(self, text: str, kind: Type, x: float, size: float, colour: str) -> None:
        """One white character on a coloured square."""
        shown = drawable(text)
        self._box((x, self.y, x + size, self.y + size), 8, colour)
        place = (x + size / 2, self.y + size / 2)
        self._strokes.append(lambda draw: draw.text(place, shown, _WHITE, kind.font, anchor="mm"))

    def upright(self, text: str, kind: Type, x: float, height: float, colour: str) -> None:
        """Characters below each other, ending at `height` below `y`, centred on x."""
        step = kind.size * 1.08
        top = self.y + height - step * len(text)
        for number, character in enumerate(drawable(text)):
            place = (x, top + step * (number + 0.5))
            self._character(character, kind, place, colour)

    def part(self, left: float, width: float, height: float, colour: str) -> None:
        """A piece of a bar."""
        box = (left, self.y, left + width, self.y + height)
        self._strokes.append(lambda draw: draw.rectangle(box, fill=colour))

    def across(self, left: float, right: float) -> None:
        """A thin line."""
        ends = (left, self.y, right, self.y)
        self._strokes.append(lambda draw: draw.line(ends, fill=LINE, width=2))

    def _character(
        self, character: str, kind: Type, place: tuple[float, float], colour: str
    ) -> None:
        self._strokes.append(
            lambda draw: draw.text(place, character, colour, kind.font, anchor="mm")
        )

    def _frame(self, left: float, top: float, size: float, colour: str, width: int) -> None:
        box = (left, top, left + size, top + size)
        self._strokes.append(
            lambda draw: draw.rounded_rectangle(box, 6, outline=colour, width=width)
        )

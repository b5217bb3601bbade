"""A page of fixed width that grows downwards, with the few shapes that a picture needs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PIL import Image, ImageDraw

from reports.pictures.type import Type, drawable

WIDTH = 1080
MARGIN, PADDING = 36, 44
_COLOURS = 128
_GROUND, _CARD = "#EEF1F5", "#FFFFFF"
INK, SOFT, LINE = "#1D2733", "#66727F", "#DCE2E9"
BLUE, RED, AMBER, GREEN = "#1E4F8F", "#C8402F", "#B26A00", "#2E7D4F"

Stroke = Callable[[ImageDraw.ImageDraw], None]


class Board:
    """Puts things below each other; `y` is where the next one goes. Nothing is drawn before
    `png`, when the height is known."""

    def __init__(self) -> None:
        self._strokes: list[Stroke] = []
        self.y = 0

    @property
    def left(self) -> int:
        """Where things on a card begin."""
        return MARGIN + PADDING

    @property
    def right(self) -> int:
        """Where things on a card end."""
        return WIDTH - MARGIN - PADDING

    @contextmanager
    def band(self, colour: str) -> Iterator[None]:
        """A coloured band over the whole width, behind what is put inside."""
        top, at = self.y, len(self._strokes)
        yield
        box = (0, top, WIDTH, self.y)
        self._strokes.insert(at, lambda draw: draw.rectangle(box, fill=colour))

    @contextmanager
    def card(self) -> Iterator[None]:
        """A white card behind what is put inside."""
        top, at = self.y, len(self._strokes)
        self.y += PADDING - 8
        yield
        self.y += PADDING - 16
        box = (MARGIN, top, WIDTH - MARGIN, self.y)
        self._strokes.insert(at, lambda draw: draw.rounded_rectangle(box, 24, fill=_CARD))
        self.y += 24

    def text(
        self,
        text: str,
        kind: Type,
        x: float,
        colour: str = INK,
        *,
        right: bool = False,
        heavy: bool = False,
    ) -> None:
        """One line at `y`, which stays; `right` means that it ends at x."""
        shown = drawable(text)
        place = (x - kind.width(shown) if right else x, self.y)
        # The face for texts has one weight; a thin outline makes it heavier.
        stroke = max(1, kind.size // 40) if heavy else 0
        self._strokes.append(
            lambda draw: draw.text(
                place, shown, colour, kind.font, stroke_width=stroke, stroke_fill=colour
            )
        )

    def lines(
        self, lines: Iterable[str], kind: Type, x: float, colour: str = INK, *, heavy: bool = False
    ) -> None:
        """Lines below each other; `y` moves on."""
        for line in lines:
            self.text(line, kind, x, colour, heavy=heavy)
            self.y += kind.line

    def bar(self, x: float, width: float, height: int, share: float, colour: str) -> None:
        """A bar filled to its share (0–1), at `y`, which stays."""
        y, within = self.y, min(max(share, 0.0), 1.0)
        self._box((x, y, x + width, y + height), height // 2, LINE)
        if within:
            filled = max(float(height), width * within)
            self._box((x, y, x + filled, y + height), height // 2, colour)

    def rule(self) -> None:
        """A thin line across the card; `y` stays."""
        ends = (self.left, self.y, self.right, self.y)
        self._strokes.append(lambda draw: draw.line(ends, fill=LINE, width=2))

    def png(self) -> bytes:
        """The picture; few colours keep it small."""
        out = io.BytesIO()
        few = self.image().quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(out, "PNG")
        return out.getvalue()

    def image(self) -> Image.Image:
        """All that was put on it, drawn."""
        image = Image.new("RGB", (WIDTH, self.y), _GROUND)
        draw = ImageDraw.Draw(image)
        for stroke in self._strokes:
            stroke(draw)
        return image

    def _box(self, box: tuple[float, float, float, float], radius: int, colour: str) -> None:
        self._strokes.append(lambda draw: draw.rounded_rectangle(box, radius, fill=colour))

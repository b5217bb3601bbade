"""A picture of a cycle: a line a department, a column a day, with states and reminders."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PIL import Image, ImageDraw

from reports.pictures.board import AMBER, BLUE, GREEN, INK, LINE, RED, SOFT
from reports.pictures.type import Type, drawable, wrapped
from reports.wording import say

WIDTH, _MARGIN, _NAME, _ROW, _HEAD = 1440, 36, 240, 24, 190
_GROUND, _FREE = "#FFFFFF", "#F0F2F5"
_TITLE, _TEXT, _SMALL = Type(34), Type(20), Type(16)
_COLOURS: Mapping[str, str] = {
    "waiting": "#E3E8EE",
    "drafting": "#9DB8DC",
    "late": RED,
    "in_review": AMBER,
    "delivered": BLUE,
    "accepted": GREEN,
}


@dataclass(frozen=True)
class Line:
    """A department: its state on each day (waiting, drafting, late, in_review, delivered,
    accepted), and the places of the days on which it was reminded."""

    name: str
    states: Sequence[str]
    reminded: Collection[int] = ()


@dataclass(frozen=True)
class Timeline:
    """A cycle: its days in order, which of them are worked, and a line for each department."""

    name: str
    days: Sequence[date]
    working: Collection[date]
    deadline: date
    lines: Sequence[Line]


def timeline_picture(timeline: Timeline) -> bytes:
    """The picture as PNG."""
    height = _HEAD + _ROW * len(timeline.lines) + _MARGIN
    image = Image.new("RGB", (WIDTH, height), _GROUND)
    draw = ImageDraw.Draw(image)
    _head(draw, timeline)
    _days(draw, timeline, height)
    for number, line in enumerate(timeline.lines):
        _line(draw, timeline, line, _HEAD + number * _ROW)
    out = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _head(draw: ImageDraw.ImageDraw, timeline: Timeline) -> None:
    title = say("timeline_title", name=timeline.name, count=len(timeline.lines))
    span = say(
        "timeline_span",
        first=timeline.days[0].isoformat(),
        last=timeline.days[-1].isoformat(),
        deadline=timeline.deadline.isoformat(),
    )
    draw.text((_MARGIN, 24), drawable(title), INK, _TITLE.font)
    draw.text((_MARGIN, 74), drawable(span), SOFT, _TEXT.font)
    x = float(_MARGIN)
    for state, colour in _COLOURS.items():
        x = _key(draw, x, colour, say(f"timeline_{state}"))
    x = _key(draw, x, _FREE, say("timeline_free"))
    draw.ellipse((x + 6, 120, x + 14, 128), fill=INK)
    draw.text((x + 26, 112), say("timeline_reminded"), SOFT, _SMALL.font)


def _key(draw: ImageDraw.ImageDraw, x: float, colour: str, label: str) -> float:
    draw.rectangle((x, 114, x + 20, 134), fill=colour, outline=LINE)
    draw.text((x + 28, 112), drawable(label), SOFT, _SMALL.font)
    return x + 28 + _SMALL.width(label) + 26


def _days(draw: ImageDraw.ImageDraw, timeline: Timeline, height: int) -> None:
    """The columns: days of rest shaded, months named, the deadline as a line."""
    for number, day in enumerate(timeline.days):
        left, right = _column(timeline, number)
        if day not in timeline.working:
            draw.rectangle((left, _HEAD - 8, right, height - _MARGIN), fill=_FREE)
        if day.day in (1, 10, 20) or number == 0:
            draw.text((left, _HEAD - 34), f"{day.month}/{day.day}", SOFT, _SMALL.font)
        if day == timeline.deadline:
            draw.line((right, _HEAD - 12, right, height - _MARGIN + 8), fill=RED, width=3)


def _line(draw: ImageDraw.ImageDraw, timeline: Timeline, line: Line, y: int) -> None:
    name = wrapped(line.name, _SMALL, _NAME - 16, 1)
    draw.text((_MARGIN, y + 1), name[0] if name else "", INK, _SMALL.font)
    for number, state in enumerate(line.states):
        left, right = _column(timeline, number)
        free = timeline.days[number] not in timeline.working
        # A thin bar on days of rest keeps the line readable as one.
        top, bottom = (y + 10, y + 14) if free else (y + 4, y + _ROW - 4)
        draw.rectangle((left, top, right - 1, bottom), fill=_COLOURS[state])
        if number in line.reminded:
            middle = (left + right) / 2
            draw.ellipse((middle - 4, y + 8, middle + 4, y + 16), fill=INK)


def _column(timeline: Timeline, number: int) -> tuple[float, float]:
    room = (WIDTH - 2 * _MARGIN - _NAME) / len(timeline.days)
    left = _MARGIN + _NAME + number * room
    return left, left + room

"""All departments on one picture: a line each, a box for each section, made to be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reports.district import Cell, District, Line
from reports.pictures.board import AMBER, BLUE, GREEN, INK, MARGIN, RED, SOFT, WIDTH
from reports.pictures.grid import Grid
from reports.pictures.type import Type, wrapped
from reports.wording import say
from scoring.wording import written

MOST = 64
"""How many departments are drawn; of more, those that need attention most."""
_TITLE, _PLAIN, _NAME, _SMALL = Type(46), Type(32), Type(34), Type(29)
_NARROW, _UPRIGHT, _SIGN = Type(29), Type(29), Type(26)
_POINTS = Type(33, bold=True)
_WHITE, _PALE, _ROW_SHADE = "#FFFFFF", "#C9D8EC", "#F5F7FA"
_LEFT, _RIGHT = 52, WIDTH - 50
_NAMES, _POINTS_WIDTH, _MARK, _GAP = 244, 100, 36, 6
_MOST_MARKS = 2
_ROW, _BOX = 58, 34
_HEADED_AGAIN = 28
_LONGEST, _SHORT = 9, 4
_STATES = (BLUE, AMBER, "#7A5EA8", "#3E8E9C", GREEN)
_MARKS = {
    "late": RED, "nobody": RED, "blocked": RED,
    "falling": AMBER, "stuck": AMBER, "unproved": "#8793A0",
}  # fmt: skip


@lru_cache(maxsize=2)
def draw_district(district: District) -> bytes:
    """A portrait PNG, 1080 pixels wide: on a phone 375 points wide all of it can be read without
    zooming. States are told apart by headings, progress by how full a box is, and what is amiss
    by a character, so that nothing hangs on colour alone. Several coordinators get the same one, so
    the last is kept."""
    board = Grid()
    _head(board, district)
    _states(board, district)
    lines = _chosen(district.lines)
    with board.card():
        _table(board, district, lines)
    left = len(district.lines) - len(lines)
    _foot(board, lines, left)
    return board.png()


def _head(board: Grid, district: District) -> None:
    with board.band(BLUE):
        board.y += 36
        lines = wrapped(district.cycle, _TITLE, WIDTH - 2 * MARGIN - 20, most=3)
        board.lines(lines, _TITLE, MARGIN + 10, _WHITE, heavy=True)
        at = district.at
        moment = say("district_at", month=at.month, day=at.day, time=f"{at:%H:%M}")
        board.lines([moment], _PLAIN, MARGIN + 10, _PALE)
        due = say("district_deadline", deadline=district.deadline, left=district.left)
        board.lines(wrapped(due, _PLAIN, WIDTH - 2 * MARGIN), _PLAIN, MARGIN + 10, _PALE)
        board.y += 22
    board.y += 24


def _states(board: Grid, district: District) -> None:
    """How many are where: a bar, and the names of its pieces."""
    total, colours = len(district.lines), _colours(district)
    x, width = float(MARGIN), WIDTH - 2 * MARGIN
    for state, count in district.states:
        piece = width * count / total
        board.part(x, piece, 26, colours[state])
        x += piece
    board.y += 40
    x = float(MARGIN)
    for state, count in district.states:
        told = say("district_state", state=state, count=count)
        needed = 34 + _PLAIN.width(told) + 30
        if x + needed > WIDTH - MARGIN and x > MARGIN:
            x, board.y = float(MARGIN), board.y + _PLAIN.line
        board.y += 9
        board.part(x, 24, 24, colours[state])
        board.y -= 9
        board.text(told, _PLAIN, x + 34)
        x += needed
    board.y += _PLAIN.line + 18


def _colours(district: District) -> dict[str, str]:
    """A colour for each state, in their order."""
    states = [state for state, _ in district.states]
    return {state: _STATES[number % len(_STATES)] for number, state in enumerate(states)}


def _chosen(lines: Sequence[Line]) -> list[Line]:
    """All, or of too many those with something amiss before the others."""
    if len(lines) <= MOST:
        return list(lines)
    order = sorted(range(len(lines)), key=lambda at: (_weight(lines[at]), at))
    return [lines[at] for at in sorted(order[:MOST])]


def _weight(line: Line) -> int:
    grave = list(_MARKS)
    return min((grave.index(mark) for mark in line.marks), default=len(grave))


def _table(board: Grid, district: District, lines: Sequence[Line]) -> None:
    colours = _colours(district)
    _columns(board, district.sections, _LONGEST)
    state, since_head = "", 0
    for number, line in enumerate(lines):
        if since_head >= _HEADED_AGAIN:
            board.y += 20
            _columns(board, district.sections, _SHORT)
            since_head = 0
        if line.state != state:
            state = line.state
            count = sum(each.state == state for each in district.lines)
            _group(board, say("district_state", state=state, count=count), colours[state])
        _row(board, line, shaded=number % 2 == 0)
        since_head += 1


def _columns(board: Grid, sections: Sequence[str], most: int) -> None:
    """The names of the sections, written downwards; again further down only how they begin."""
    names = [name[:most] for name in sections]
    height = max((len(name) for name in names), default=1) * _UPRIGHT.size * 1.08
    for number, name in enumerate(names):
        x = _place(number, len(names)) + _BOX / 2
        board.upright(name, _UPRIGHT, x, height, SOFT)
    board.y += int(height) - _SMALL.line
    board.text(say("district_points"), _SMALL, _RIGHT, SOFT, right=True)
    board.y += _SMALL.line + 6


def _place(number: int, count: int) -> float:
    """Where a section's box begins."""
    first = _LEFT + _NAMES
    last = _RIGHT - _POINTS_WIDTH - _MOST_MARKS * (_MARK + _GAP) - 10
    return first + (last - first) / max(count, 1) * number


def _group(board: Grid, told: str, colour: str) -> None:
    board.y += 26
    board.part(_LEFT, 10, _PLAIN.line, colour)
    board.text(told, _PLAIN, _LEFT + 22, INK, heavy=True)
    board.y += _PLAIN.line + 10


def _row(board: Grid, line: Line, *, shaded: bool) -> None:
    if shaded:
        board.part(MARGIN, WIDTH - 2 * MARGIN, _ROW, _ROW_SHADE)
    top = board.y
    late = "late" in line.marks
    name, kind = _named(line.name)
    board.y = top + (_ROW - kind.line) // 2
    board.text(name, kind, _LEFT, RED if late else INK, heavy=late)
    board.y = top + (_ROW - _BOX) // 2
    for number, cell in enumerate(line.cells):
        _cell(board, cell, _place(number, len(line.cells)))
    x = _RIGHT - _POINTS_WIDTH - _MOST_MARKS * (_MARK + _GAP)
    for mark in line.marks[:_MOST_MARKS]:
        board.mark(say(f"district_mark_{mark}"), _SIGN, x, _MARK, _MARKS[mark])
        x += _MARK + _GAP
    board.y = top + (_ROW - _POINTS.line) // 2
    board.text(written(line.points), _POINTS, _RIGHT, INK if line.settled else SOFT, right=True)
    board.y = top + _ROW


def _named(name: str) -> tuple[str, Type]:
    """A name in a type in which it fits; of a very long one the middle is left out."""
    room = _NAMES - 12
    if _NAME.width(name) <= room:
        return name, _NAME
    kept, cut = name, len(name)
    while _NARROW.width(kept) > room and cut > 4:
        cut -= 1
        tail = cut // 2
        kept = f"{name[: cut - tail]}…{name[-tail:]}"
    return kept, _NARROW


def _cell(board: Grid, cell: Cell, x: float) -> None:
    if cell.total:
        board.box(x, _BOX, cell.share, alarm=cell.blocked)
    else:
        board.dash(x, _BOX)


def _foot(board: Grid, lines: Sequence[Line], left: int) -> None:
    if left > 0:
        board.lines([say("district_more", count=left)], _PLAIN, MARGIN + 4, INK)
        board.y += 12
    _legend(board, lines)
    foot = wrapped(say("district_foot"), _SMALL, WIDTH - 2 * MARGIN)
    board.lines(foot, _SMALL, MARGIN + 4, SOFT)
    board.y += 24


def _legend(board: Grid, lines: Sequence[Line]) -> None:
    """What the boxes and the characters mean, as far as they stand above."""
    x = float(MARGIN + 4)
    for code, cell in (
        ("done", Cell(1, 1)),
        ("part", Cell(1, 2)),
        ("none", Cell(0, 1)),
        ("na", Cell(0, 0)),
        ("blocked", Cell(1, 2, blocked=True)),
    ):
        told = say(f"district_legend_{code}")
        x = _wrap(board, x, told)
        _cell(board, cell, x)
        x = _told(board, x, told)
    board.y += _ROW
    x = float(MARGIN + 4)
    for mark, colour in _MARKS.items():
        if any(mark in line.marks[:_MOST_MARKS] for line in lines):
            code = "marks_blocked" if mark == "blocked" else mark
            told = say(f"district_legend_{code}")
            x = _wrap(board, x, told)
            board.mark(say(f"district_mark_{mark}"), _SIGN, x, _MARK, colour)
            x = _told(board, x, told)
    board.y += _ROW if x > MARGIN + 4 else 0


def _wrap(board: Grid, x: float, told: str) -> float:
    """Where the next part of the legend stands: here, or on the next line."""
    if x + _MARK + 10 + _SMALL.width(told) <= WIDTH - MARGIN:
        return x
    board.y += _ROW
    return float(MARGIN + 4)


def _told(board: Grid, x: float, told: str) -> float:
    board.y -= 4
    board.text(told, _SMALL, x + _MARK + 10, SOFT)
    board.y += 4
    return x + _MARK + 10 + _SMALL.width(told) + 34

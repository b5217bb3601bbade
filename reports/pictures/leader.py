"""The leader's picture (汇报图): score, lost points, what finance may cut, against last year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from reports.pictures.board import AMBER, BLUE, GREEN, INK, MARGIN, RED, SOFT, WIDTH, Board
from reports.pictures.compared import Compared, compared
from reports.pictures.doubts import Doubt, doubts
from reports.pictures.type import Type, wrapped
from reports.wording import phrases, say
from scoring.engine import score
from scoring.rules.base import ZERO
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.values import Value
from scoring.wording import explain_loss, written

_HUGE, _NUMBER = Type(168, bold=True), Type(38, bold=True)
_HEADING, _NAME, _PLAIN, _SMALL = Type(42), Type(36), Type(31), Type(28)
_WHITE, _PALE = "#FFFFFF", "#C9D8EC"
_MOST_LOSSES = 10
_BAR = 16


def draw_leader_picture(
    standard: Standard,
    answers: Mapping[str, Value],
    *,
    department: str,
    year: int,
    code: str = "",
    evidence: Collection[str] = (),
    last_year: Mapping[str, Value] | None = None,
) -> bytes:
    """A portrait PNG, 1080 pixels wide, to be passed on in a chat. `evidence` has the ids of the
    items that have a file, `code` is the version code of what was sent in ("" before)."""
    sheet, board = score(standard, answers), Board()
    _head(board, department, year, code)
    _total(board, standard, sheet)
    _losses(board, standard, sheet)
    _doubts(board, doubts(standard, sheet, evidence))
    rows = compared(standard, answers, last_year or {})
    if rows:
        _comparison(board, rows)
    _foot(board)
    return board.png()


def _head(board: Board, department: str, year: int, code: str) -> None:
    with board.band(BLUE):
        board.y += 44
        lines = wrapped(department, Type(50), WIDTH - 2 * board.left, most=5)
        board.lines(lines, Type(50), board.left, _WHITE, heavy=True)
        board.y += 4
        board.text(say("picture_title", year=year), _NAME, board.left, _PALE)
        board.y += _NAME.line + 2
        mark = say("picture_code", code=code) if code else say("picture_draft")
        board.text(mark, _SMALL, board.left, _PALE)
        board.y += _SMALL.line + 30
    board.y += 28


def _total(board: Board, standard: Standard, sheet: ScoreSheet) -> None:
    total = sheet.total
    with board.card():
        board.text(say("picture_score"), _PLAIN, board.left, SOFT)
        board.y += _PLAIN.line - 18
        shown = written(total.so_far)
        board.text(shown, _HUGE, board.left - 6, BLUE)
        board.y += 148
        at = board.left + _HUGE.width(shown) + 16
        board.text(say("picture_of", maximum=written(standard.maximum)), _PLAIN, at, SOFT)
        board.y += 92
        if total.high != total.so_far:
            board.lines([say("picture_range", high=written(total.high))], _PLAIN, board.left, AMBER)
            board.y += 14
        for root in standard.roots:
            _group(board, root.name, sheet[root.code])


def _group(board: Board, name: str, node: NodeScore) -> None:
    points = say("picture_group_points", points=written(node.so_far), maximum=written(node.maximum))
    board.text(name, _PLAIN, board.left)
    board.text(points, Type(31, bold=True), board.right, right=True)
    board.y += _PLAIN.line + 2
    board.bar(board.left, board.right - board.left, _BAR, _share(node.so_far, node.maximum), BLUE)
    board.y += _BAR + 20


def _losses(board: Board, standard: Standard, sheet: ScoreSheet) -> None:
    lossy = sorted(sheet.lossy(), key=lambda each: -sheet[each].lost)
    lost = sum((sheet[each].lost for each in lossy), ZERO)
    with board.card():
        if not lossy:
            code = "picture_no_loss" if sheet.settled else "picture_no_loss_yet"
            board.lines([say(code)], _HEADING, board.left, GREEN, heavy=True)
            return
        _heading(board, say("picture_lost", points=written(lost)), RED)
        most = sheet[lossy[0]].lost
        for each in lossy[:_MOST_LOSSES]:
            _loss(board, standard.nodes[each].name, sheet[each], most)
        rest = lossy[_MOST_LOSSES:]
        if rest:
            points = written(sum((sheet[each].lost for each in rest), ZERO))
            more = say("picture_more_losses", count=len(rest), points=points)
            board.lines([more], _PLAIN, board.left, SOFT)


def _loss(board: Board, name: str, node: NodeScore, most: Decimal) -> None:
    width = board.right - board.left
    points = say("picture_loss_points", points=written(node.lost))
    board.text(points, _NUMBER, board.right, RED, right=True)
    room = width - _NUMBER.width(points) - 30
    names = wrapped(say("picture_loss_name", code=node.code, name=name), _NAME, room, most=2)
    board.lines(names, _NAME, board.left)
    board.bar(board.left, width, _BAR, _share(node.lost, most), RED)
    board.y += _BAR + 8
    why = str(phrases()["semicolon"]).join(explain_loss(loss) for loss in node.losses)
    board.lines(wrapped(why, _SMALL, width, most=3), _SMALL, board.left, SOFT)
    board.y += 22


def _doubts(board: Board, found: Sequence[Doubt]) -> None:
    width = board.right - board.left - 34
    with board.card():
        _heading(board, say("picture_doubts"), AMBER)
        if not found:
            board.lines([say("picture_no_doubts")], _PLAIN, board.left, SOFT)
        for doubt in found:
            board.y += 2
            board.text("·", _NAME, board.left + 4, AMBER, heavy=True)
            board.lines(wrapped(doubt.what, _NAME, width), _NAME, board.left + 34)
            where = wrapped(doubt.where, _SMALL, width, most=4)
            board.lines(where, _SMALL, board.left + 34, SOFT)
            board.y += 14


def _comparison(board: Board, rows: Sequence[Compared]) -> None:
    with board.card():
        _heading(board, say("picture_compared"), INK)
        for row in rows:
            _compare(board, row)


def _compare(board: Board, row: Compared) -> None:
    width = board.right - board.left
    colour = SOFT if row.grew is None else BLUE
    board.text(row.change, _NAME, board.right, colour, right=True)
    room = width - _NAME.width(row.change) - 30
    board.lines(wrapped(row.label, _NAME, room, most=2), _NAME, board.left)
    years = say("picture_years", now=row.now, before=row.before)
    board.lines(wrapped(years, _SMALL, width), _SMALL, board.left, SOFT)
    board.y += 16


def _heading(board: Board, text: str, colour: str) -> None:
    lines = wrapped(text, _HEADING, board.right - board.left)
    board.lines(lines, _HEADING, board.left, colour, heavy=True)
    board.y += 14


def _foot(board: Board) -> None:
    board.y += 4
    board.lines([say("picture_foot")], _SMALL, MARGIN + 4, SOFT)
    board.y += 28


def _share(part: Decimal, whole: Decimal) -> float:
    return float(part / whole) if whole else 0.0

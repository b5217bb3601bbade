"""Lines of a table: typed with spaces or commas, or copied from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.understand.plain_text import clean, without_mark
from dialogs.understand.row_cuts import (
    Pieces,
    bare,
    begins_with_figure,
    exact_cells,
    is_figure,
    layouts,
    names_in,
)

_VAGUE = re.compile(
    r"(.{2,}?)(若干名?|不详|待定|待核实?|待查|待补充?|暂缺|不知道?|不清楚|多少|未知|没数)"
)
_VAGUE_ALONE = re.compile(
    r"若干名?|不详|待定|待核实?|待查|待补充?|暂缺|不知道?|不清楚|多少|未知|没数"
)
_MOST_PIECES = 14
_SHORTEST_LABEL = 2
_LEAST_NAMED = 2
_AFTER_LABEL = r"(?:得分|人数|分数|为|是|有|共|计|数|的)?[\s:：=]*"


@dataclass(frozen=True)
class Slot:
    """A column to fill: its name, whether a cell fits it, whether it may be left out.

    `labels` are the words that may stand before its value: whole names and parts of them.
    `surely` tells a cell that needs no question from one that only fits.
    """

    name: str
    fits: Callable[[str], bool]
    is_text: bool
    optional: bool = False
    labels: tuple[str, ...] = ()
    surely: Callable[[str], bool] = bool


@dataclass(frozen=True)
class Fit:
    """What a line gives: cells by column, the columns it lacks, and the pieces without a place.

    `many` says that it could be cut into cells in more than one way.
    """

    cells: Mapping[str, str]
    missing: tuple[str, ...] = ()
    left: Pieces = ()
    many: bool = field(default=False)

    @property
    def is_whole(self) -> bool:
        return not (self.missing or self.left or self.many)


def split_lines(text: str, single_column: bool) -> list[str]:
    """The lines of a message without list marks; names in one line are split at 、 and ；.

    >>> split_lines("办公室、政策法规股、科学技术促进股", True)
    ['办公室', '政策法规股', '科学技术促进股']
    """
    lines = [line for line in clean(text).split("\n") if line.strip()]
    if single_column and len(lines) == 1:
        lines = names_in(lines[0]) or lines
    return [without_mark(line) for line in lines if without_mark(line)]


def fit_line(line: str, slots: Sequence[Slot]) -> Mapping[str, str] | None:
    """The cells of a line by column, or None where the line does not fit the columns.

    >>> name = Slot("name", lambda c: True, True)
    >>> number = Slot("number", str.isdigit, False)
    >>> dict(fit_line("临聘 人员 6", [name, number]))
    {'name': '临聘 人员', 'number': '6'}
    """
    fit = read_line(line, slots)
    return fit.cells if fit.is_whole else None


def read_line(line: str, slots: Sequence[Slot]) -> Fit:
    """What a line gives to the columns: all of them, or what is missing and left over."""
    if len(slots) == 1:
        return _single(line, slots[0])
    exact = exact_cells(line)
    if exact and (not all(exact) or len(exact) >= sum(not s.optional for s in slots)):
        return _exactly(exact, slots)
    for pieces, may_join in layouts(line, _labels(slots)):
        ways = _ways(pieces, slots, may_join)
        if ways:
            return Fit(ways[0], many=len(ways) > 1)
    return _partly(line, slots)


def without_label(piece: str, slot: Slot) -> str | None:
    """What stands behind a label of the column, None where no label introduces a value.

    >>> without_label("金额：35万", Slot("a", lambda c: c == "35万", False, labels=("金额",)))
    '35万'
    """
    for label in slot.labels:
        if not piece.startswith(label):
            continue
        rest = piece[len(label) :]
        value = re.sub(rf"^{_AFTER_LABEL}", "", rest).strip()
        told = rest.lstrip()[:1] in (":", "：", "=") if slot.is_text else True
        if value and told and slot.fits(value):
            return value
    return None


def _single(line: str, slot: Slot) -> Fit:
    cells = [cell for cell in exact_cells(line) if cell]
    cell = cells[0] if len(cells) == 1 else line.strip()
    cell = without_label(cell, slot) or cell
    if not slot.fits(cell) or len(cells) > 1:
        return Fit({}, (slot.name,), (line.strip(),))
    return Fit({slot.name: cell})


def _exactly(cells: Sequence[str], slots: Sequence[Slot]) -> Fit:
    """Cells that stand apart, each in its place; those that name another column go there."""
    given = list(cells)
    while len(given) > len(slots) and not given[-1]:
        given.pop()
    found: dict[str, str] = {}
    left: list[str] = []
    for at, cell in enumerate(given):
        slot = slots[at] if at < len(slots) else None
        named = next(((s, v) for s in slots if (v := without_label(cell, s)) is not None), None)
        if slot and cell and slot.fits(cell) and not (at == 0 and is_figure(cell)):
            found[slot.name] = cell
        elif named and named[0].name not in found:
            found[named[0].name] = named[1]
        elif cell:
            left.append(cell)
    missing = tuple(s.name for s in slots if s.name not in found and not s.optional)
    return Fit(found, missing, tuple(left))


def _ways(pieces: Pieces, slots: Sequence[Slot], may_join: bool) -> list[dict[str, str]]:
    """The ways in which the pieces fill the columns: one piece a cell if that works."""
    named = _by_words(pieces, slots)
    if named:
        return named
    found = _placed(pieces, slots, 1)
    if not found and may_join and len(pieces) <= _MOST_PIECES:
        found = _placed(pieces, slots, len(pieces))
    if not found:
        found = _by_label(pieces, slots)
    first = slots[0]
    named = [way for way in found if not first.is_text or _is_name(way.get(first.name, ""))]
    return [dict(way) for way in dict.fromkeys(tuple(each.items()) for each in named)]


def _placed(pieces: Pieces, slots: Sequence[Slot], most: int) -> list[dict[str, str]]:
    return [way for way in _dealt(pieces, slots, most) if not _is_astray(way, slots)]


def _is_astray(way: Mapping[str, str], slots: Sequence[Slot]) -> bool:
    """Whether a cell of words stands under one column and begins with the name of another."""
    return any(
        way.get(slot.name, "").startswith(label)
        for slot in slots[1:]
        if slot.is_text
        for other in slots[1:]
        if other is not slot
        for label in other.labels
        if len(label) >= _SHORTEST_LABEL
    )


def _by_words(pieces: Pieces, slots: Sequence[Slot]) -> list[dict[str, str]]:
    """Cells of words that begin with the names of their columns, two at least, behind the name of
    the row: 某指标：目标10%，实际12%."""
    found: dict[str, str] = {}
    for piece in map(bare, pieces[1:]):
        heads = [(s.name, label) for s in slots[1:] for label in s.labels if s.is_text]
        head = next(
            (h for h in heads if piece.startswith(h[1]) and len(h[1]) >= _SHORTEST_LABEL), None
        )
        value = re.sub(rf"^{_AFTER_LABEL}", "", piece[len(head[1]) :]).strip() if head else ""
        if head is None or head[0] in found or not value:
            return []
        found[head[0]] = value
    wanted = {slot.name for slot in slots[1:] if not slot.optional}
    if len(found) < _LEAST_NAMED or not wanted <= set(found):
        return []
    name = bare(pieces[0])
    return [{slots[0].name: name, **{s.name: found[s.name] for s in slots if s.name in found}}]


def _is_name(cell: str) -> bool:
    """Whether a cell may be the name of a row: no figure, and none torn from a neighbour."""
    words = cell.split()
    return not is_figure(cell) and not (len(words) > 1 and is_figure(words[-1]))


def _dealt(pieces: Pieces, slots: Sequence[Slot], most: int) -> Iterator[dict[str, str]]:
    if not slots:
        if not pieces:
            yield {}
        return
    slot, rest = slots[0], slots[1:]
    for taken in range(1, (min(most, len(pieces)) if slot.is_text else min(1, len(pieces))) + 1):
        cell = _cell(pieces[:taken], slot)
        if cell is None:
            continue
        for others in _dealt(pieces[taken:], rest, most):
            yield {slot.name: cell, **others}
    if slot.optional:
        yield from _dealt(pieces, rest, most)


def _cell(pieces: Pieces, slot: Slot) -> str | None:
    """The cell that neighbours make; figures inside a name may belong to other columns."""
    cell = bare("".join(pieces))
    if len(pieces) > 1:
        figures = [is_figure(bare(piece)) for piece in pieces]
        if figures[0] or figures[-1] or sum(figures) > 1:
            return None
    named = without_label(cell, slot)
    if named is not None:
        return named
    return cell if slot.fits(cell) else None


def _by_label(pieces: Pieces, slots: Sequence[Slot]) -> list[dict[str, str]]:
    """Pieces that name their columns, in any order; the rest in the order of the columns."""
    found: dict[str, str] = {}
    rest: list[str] = []
    for piece in pieces:
        open_slots = [s for s in slots if s.name not in found]
        named = next(((s, v) for s in open_slots if (v := without_label(bare(piece), s))), None)
        if named:
            found[named[0].name] = named[1]
        else:
            rest.append(piece)
    if not found:
        return []
    others = [slot for slot in slots if slot.name not in found]
    return [{**found, **way} for way in _dealt(tuple(rest), others, len(rest) or 1)]


def _partly(line: str, slots: Sequence[Slot]) -> Fit:
    """As much of a line as has one place only; the rest is left for a question."""
    cuts = [pieces for pieces, _ in layouts(line, _labels(slots))]
    same = next((p for p in cuts if len(p) == len(slots) and _is_name(bare(p[0]))), None)
    if same:
        return _exactly([bare(piece) for piece in same], slots)
    pieces = [bare(p) for p in (cuts[0] if cuts else (line,))]
    found: dict[str, str] = {}
    left: list[str] = []
    words: list[str] = []
    pieces = [part for piece in pieces for part in _without_vague(piece)]
    for piece in pieces:
        fitting = [s for s in slots if not s.is_text and s.name not in found]
        named = [(s, v) for s in fitting if (v := without_label(piece, s)) is not None]
        ways = named or [(s, piece) for s in fitting if s.fits(piece)]
        ways = [(s, value) for s, value in ways if s.surely(value)] or ways
        if len(ways) == 1:
            found[ways[0][0].name] = ways[0][1]
        elif ways or begins_with_figure(piece) or _VAGUE_ALONE.fullmatch(piece):
            left.append(piece)
        else:
            words.append(piece)
    texts = [slot for slot in slots if slot.is_text]
    if words and texts and texts[0].fits(" ".join(words)) and len(texts) == 1:
        found[texts[0].name] = " ".join(words)
    elif words and texts and len(words) < len(texts) and len(slots) == len(texts):
        found |= {s.name: w for s, w in zip(texts, words, strict=False) if s.fits(w)}
    else:
        left = words + left
    missing = tuple(s.name for s in slots if s.name not in found and not s.optional)
    return Fit({s.name: found[s.name] for s in slots if s.name in found}, missing, tuple(left))


def _without_vague(piece: str) -> list[str]:
    """A piece without the words behind it that stand for a figure nobody knows yet."""
    match = _VAGUE.fullmatch(piece)
    return [part for part in match.groups() if part] if match else [piece]


def _labels(slots: Sequence[Slot]) -> set[str]:
    """The labels that may stand apart before a figure."""
    return {label for slot in slots if not slot.is_text for label in slot.labels}

"""A line of a table cut into pieces, in the ways in which people write and spreadsheets copy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from dialogs.understand.plain_text import narrow

Pieces = tuple[str, ...]
_MARKS = re.compile("[、；;，,]")
_ANY_MARK = re.compile(r"[\s、；;，,]+(?:还有|以及|和|及|另有)?|(?<=[股室科处])(?:还有|以及|和|及)")
_SHORTEST_NAME, _LONGEST_NAME = 2, 25
_THOUSANDS = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")
_GLUE = "\u2063"
_LAYOUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s{2,}",
        r"\s+",
        r"\s*[,，;；]\s*",
        r"\s*[,，、;；]\s*",
        r"\s*[,，;；:：]\s*|\s+",
        r"\s*[,，、;；:：]\s*|\s+",
    )
)
_GLUED = re.compile(
    r"\s*[,，、;；:：]\s*|\s+|(?<=[\u4e00-\u9fff）)])(?<![约近超到])(?=[0-9])"
    r"|(?<=[0-9个人件家项条名份分元])(?=[\u4e00-\u9fff]{2,}[0-9])"
)
_FIGURE = re.compile(r"[-+]?[0-9][0-9,，.]*(?:%|亿元|亿|万元|万|元|块|[个人件家项条名份分])?")
_FIGURE_FIRST = re.compile(r"(?:大约|大概|约|近|超过?|不到|将近|差不多)?\s*[-+$¥￥]?[0-9]")
_WORD = re.compile("[\u4e00-\u9fff]{2,10}")
_OFFICE = re.compile(
    "[\u4e00-\u9fff]{1,12}(?:股|室|科|处|办|局|中心|大队|支队|队|站|所|院|部|馆|校)"
)
_UNIT_ALONE = re.compile(r"元|万元|万|亿元|亿|块|%|个|人|件|家|项|名|份|分")
_BLANKS = {"", "-", "--", "—", "——", "/", "\\", "－"}


def names_in(line: str) -> list[str]:
    """The names that a line enumerates; none where it is a sentence with commas of its own.

    >>> names_in("办公室、工业股，商贸股 还有财务股"), names_in("推进甲、乙，做好丙")
    (['办公室', '工业股', '商贸股', '财务股'], [])
    """
    offices = [part for part in _ANY_MARK.split(line.strip(" 。.")) if part]
    if len(offices) > 1 and are_offices(offices):
        return offices
    marks = set(_MARKS.findall(line))
    if line.endswith("。") or len(marks & {"、", "，"}) > 1:
        return []
    names = [name.strip() for name in _MARKS.split(line) if name.strip()]
    fit = all(_SHORTEST_NAME <= len(name) <= _LONGEST_NAME for name in names)
    return names if fit and len(names) > 1 else []


def enumerates(words: str) -> bool:
    """Whether words hold marks between several things.

    >>> enumerates("工业、商务和科技"), enumerates("工业股")
    (True, False)
    """
    return _MARKS.search(words) is not None


def exact_cells(line: str) -> list[str]:
    """The cells of a line in which tabs or bars stand between them, blank ones too; else none.

    >>> exact_cells("甲\\t\\t95"), exact_cells("| 甲 | 95 |"), exact_cells("甲 95")
    (['甲', '', '95'], ['甲', '95'], [])
    """
    if "\t" in line:
        cells = line.split("\t")
    elif re.search(r"[|｜│┃]", line):
        cells = re.split(r"[|｜│┃]", line.strip().strip("|｜│┃"))
    else:
        return []
    return ["" if cell.strip() in _BLANKS else cell.strip() for cell in cells]


def begins_with_figure(piece: str) -> bool:
    """Whether a piece is a figure with something about it: 约35万, -3, 3500000.

    >>> begins_with_figure("约35万"), begins_with_figure("实有19人")
    (True, False)
    """
    return _FIGURE_FIRST.match(narrow(piece)) is not None


def rows_in_line(line: str) -> Iterator[list[str]]:
    """The ways in which a line may be cut into several rows, likely ones first."""
    for pattern in (r"[;；]", r"[,，;；]", r"[、,，;；]"):
        parts = [part.strip() for part in re.split(pattern, line) if part.strip()]
        if len(parts) > 1:
            yield parts


def one_labelled(line: str) -> str:
    """A line that holds one value behind a label and a colon, the colon in half width; else "".

    >>> one_labelled("金额：35万"), one_labelled("金额：35万，自评分95")
    ('金额:35万', '')
    """
    if not re.match(r"[^\s:：]{1,12}\s*[:：]", line) or re.search(r"[,，;；\t]", line):
        return ""
    return re.sub(r"\s*[:：]\s*", ":", line, count=1)


def names_apart(line: str) -> list[str]:
    """The words of a line in which only spaces stand between short words, as people type several
    names; none for all other lines.

    >>> names_apart("办公室 综合股"), names_apart("推进5G 建设"), names_apart("办公室")
    (['办公室', '综合股'], [], [])
    """
    words = line.split()
    return words if len(words) > 1 and all(_WORD.fullmatch(word) for word in words) else []


def are_offices(names: Sequence[str]) -> bool:
    """Whether all names end as those of offices do."""
    return all(_OFFICE.fullmatch(name) for name in names)


def name_key(name: str) -> str:
    """A name as it is compared: half width, without spaces and quotes."""
    return "".join(narrow(name).split()).strip("「」“”\"'《》")


def without_of(words: str) -> str:
    """Words without 的 at their ends.

    >>> without_of("资金的 ")
    '资金'
    """
    return words.strip(" 的")


def table_hint(words: str) -> str:
    """Words for a table without 里, 表 behind them.

    >>> table_hint("专项资金表里的")
    '专项资金'
    """
    return re.sub(r"[里中内的表]+$", "", words.strip())


def has_large_unit(piece: str) -> bool:
    """Whether a piece says 万 or 亿 itself."""
    return any(mark in piece for mark in "万萬亿億")


def is_figure(piece: str) -> bool:
    """Whether a piece is nothing but a figure, perhaps with a unit.

    >>> is_figure("35万"), is_figure("2021年资金")
    (True, False)
    """
    return _FIGURE.fullmatch(narrow(piece)) is not None


def layouts(line: str, labels: Collection[str]) -> Iterator[tuple[Pieces, bool]]:
    """The line cut into pieces in the ways that people write, likely ones first, and whether
    neighbours may be one cell; `labels` introduce figures. Figures with thousands separators stay whole if they can."""
    whole = _THOUSANDS.sub(_GLUE, line.strip())
    seen: set[Pieces] = set()
    for typed in dict.fromkeys((whole, line.strip())):
        for pattern in (*_LAYOUTS, _GLUED):
            pieces = _cut(typed, pattern, labels)
            if len(pieces) > 1 and pieces not in seen:
                seen.add(pieces)
                yield pieces, pattern is not _GLUED


def _cut(line: str, pattern: re.Pattern[str], labels: Collection[str]) -> Pieces:
    """The pieces of a line, with the marks between them kept at the end of all but the last, so
    that neighbours can be put together again as they were written."""
    pieces: list[str] = []
    start = 0
    for found in pattern.finditer(line):
        if found.start() > start:
            pieces.append(line[start : found.end()])
        start = found.end()
    pieces.append(line[start:])
    return tuple(_reunited([p for p in pieces if p.strip()], labels))


def _reunited(pieces: Sequence[str], labels: Collection[str]) -> list[str]:
    """The pieces with units put back to their figures and labels to their values."""
    joined: list[str] = []
    for piece in pieces:
        before = bare(joined[-1]) if joined else ""
        if joined and (
            (_UNIT_ALONE.fullmatch(bare(piece)) and before[-1:].isdigit())
            or (before in labels and is_figure(bare(piece)))
        ):
            joined[-1] = before + piece
        else:
            joined.append(piece)
    return joined


def bare(piece: str) -> str:
    """A piece without the marks that stood around it."""
    return piece.replace(_GLUE, "").strip(" \t,，、;；:：")


_AMOUNT_END = re.compile(
    r"[^0-9]{0,10}[0-9][0-9.,]*(?:多|余)?(?:万|亿)?(?:元|块|万|亿|%)(?:多|左右)?"
)


def names_amount(cell: str) -> bool:
    """Whether a short text is a figure with its unit, perhaps with its name: no name of a row.

    >>> names_amount("采购计划100万"), names_amount("去年是3000多万"), names_amount("新增规上企业10家")
    (True, True, False)
    """
    return _AMOUNT_END.fullmatch(narrow(cell).strip(" 。,，")) is not None

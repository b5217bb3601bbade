"""What a copied table has besides its rows: a header, serial numbers, a total, a unit above it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.understand.plain_text import narrow
from dialogs.understand.row_cuts import exact_cells, is_figure

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_QUOTED = re.compile(r'(?<![^\t\n])"((?:[^"]|"")*)"(?![^\t\n])')
_RULE = re.compile(r"[\s|｜│┃+:：=_\-—─━]*[|｜│┃+=_\-—─━]{2,}[\s|｜│┃+:：=_\-—─━]*")
_TOTAL = re.compile(r"(?:总计|合计|小计|共计|总合计|累计|总和|本页合计|合计数)[:：]?")
_TOTAL_START = re.compile(r"(?:总计|合计|小计|共计)(?=[\s:：,，]*[-0-9])")
_UNIT = re.compile(r"[(（]?(?:金额)?(?:计量)?单位[:：]\s*(?P<unit>\S{1,6}?)[)）]?")
_BRACKET = re.compile(r"[(（\[【](?P<inside>[^)）\]】]*)[)）\]】]")
_SERIAL_HEAD = {"序号", "编号", "序", "号", "no", "no.", "#", "项次", "行次"}
_OTHERS = {"备注", "说明", "附注", "单位", "负责人", "联系人", "日期", "合计", "项目", "内容"}
_SERIAL = re.compile(
    r"[(（]?(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）、.．]?|(?P<round>[①-⑳])"
)
_SERIAL_SPACED = re.compile(
    r"\s*(?P<number>[0-9]{1,3})(?P<gap>\s+|\s*[|｜]\s*|[,，]\s*(?=[^0-9\s]))(?=\S)"
)
_DOTTED = re.compile(r"\s*[(（]?(?P<number>[0-9]{1,3})(?:[)）][、.．]?|[、.．](?![0-9]))\s*(?=\S)")
_NAMES = ("名称", "名字", "全称")
_SURE = 3
_SHORTEST = 2
_LISTED = re.compile(r"\s*[(（]?(?P<number>[0-9]{1,3})(?:[)）][、.．]?|[、.．])\s*(?=\S)")
_TAILS = re.compile(r"(?:名称|情况|人数|数额|数量|数|值|额|分值|得分|分)$")
MONEY_UNITS = {"元": "元", "万元": "万元", "万": "万元", "亿元": "亿元", "人民币元": "元"}


@dataclass(frozen=True)
class Header:
    """A header line: the column of each of its cells ("" for one without), the money units that
    it names, and the cells that belong to no column.

    `order` has "" for what is left out, and "#" for serial numbers.
    """

    order: tuple[str, ...]
    units: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()


def physical_lines(text: str) -> list[str]:
    """The lines that are not blank, with tabs kept; cells that a spreadsheet quoted are unquoted.

    >>> physical_lines('甲\\t"乙\\n丙"\\t3\\r\\n\\n丁')
    ['甲\\t乙 丙\\t3', '丁']
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u3000", " ")
    text = _INVISIBLE.sub("", text)
    if "\t" in text:
        text = _QUOTED.sub(lambda found: _unquoted(found.group(1)), text)
    return [line.strip(" ").rstrip() for line in text.split("\n") if line.strip()]


def _unquoted(cell: str) -> str:
    return " ".join(cell.replace('""', '"').split())


def is_rule(line: str) -> bool:
    """Whether a line only draws a rule, as between header and rows of a typed table."""
    return _RULE.fullmatch(line) is not None


def unit_above(line: str) -> str:
    """The unit that a line over the table names, "" where it is no such line.

    >>> unit_above("单位：万元"), unit_above("（金额单位:元）"), unit_above("单位名称：甲局")
    ('万元', '元', '')
    """
    match = _UNIT.fullmatch(line.strip().replace(" ", ""))
    return match["unit"] if match else ""


def is_total(line: str) -> bool:
    """Whether a line sums the rows up and is none itself.

    >>> is_total("合  计\\t35万"), is_total("合计35万元"), is_total("合计报表编制")
    (True, True, False)
    """
    words = [cell for cell in cells_of(_tight(line)) if cell and not is_figure(cell)]
    if words and _TOTAL.fullmatch(words[0]):
        return len(words) == 1
    return bool(_TOTAL_START.match(_tight(line))) and len(words) <= 2


def total_figures(line: str) -> list[str]:
    """The cells of a total line in their order, "" for those that hold no figure.

    >>> total_figures("合计\\t35万元\\t95"), total_figures("总计：35万元")
    (['', '35万元', '95'], ['', '35万元'])
    """
    tight = _TOTAL_START.sub(lambda found: found.group(0) + " ", _tight(line))
    cells = cells_of(re.sub(r"(?<=计)\s*[:：]\s*", " ", tight))
    return [cell if is_figure(cell) else "" for cell in cells]


def _tight(line: str) -> str:
    return re.sub(r"(?<=[合总小共])\s+(?=计)", "", line.strip(" "))


def cells_of(line: str) -> list[str]:
    """The cells of a line by tabs or bars, or else by commas or spaces."""
    exact = exact_cells(line)
    if exact:
        return exact
    for pattern in (r"\s{2,}", r"\s*[,，;；]\s*", r"\s+", r"\s*[、]\s*"):
        cells = [cell for cell in re.split(pattern, line.strip()) if cell]
        if len(cells) > 1:
            return cells
    return [line.strip()]


def read_header(line: str, labels: Mapping[str, str], wanted: Sequence[str] = ()) -> Header | None:
    """The header that a line is, by the labels of the columns; None where it is none. `wanted` are
    the columns that every row must have: the only one that is not named is the only cell unknown.

    >>> read_header("序号\\t资金名称\\t金额（元）", {"name": "资金名称", "amount": "金额"}).order
    ('#', 'name', 'amount')
    """
    cells = cells_of(line)
    if any(is_figure(cell) for cell in cells) or len(cells) > 2 * len(labels) + 4:
        return None
    order = _matched(cells, labels)
    named = {o: cell for cell, o in zip(cells, order, strict=True) if o in labels}
    strong = [o for o, cell in named.items() if _likeness(cell, labels[o]) >= _SURE]
    least = 1 if not re.search("[0-9]", _BRACKET.sub("", line)) else 3
    if len(named) < min(2, len(labels)) or len(strong) < least:
        return None
    unknown = [at for at, o in enumerate(order) if not o and cells[at]]
    lacking = [column for column in wanted if column not in named]
    new = [at for at in unknown if _plain(cells[at]) not in _OTHERS]
    if len(lacking) == len(new) == 1:
        order[new[0]] = lacking[0]
    elif len(new) > len(named):
        return None
    units = {o: unit for o, cell in named.items() if (unit := _unit_in(cell))}
    extra = tuple(c for c, o in zip(cells, order, strict=True) if not o and c)
    return Header(tuple(order), units, extra)


def is_name_of(line: str, names: Sequence[str]) -> bool:
    """Whether a line is nothing but the name of the only column, perhaps behind 序号.

    >>> is_name_of("序号 机构名称", ["机构名称"]), is_name_of("办公室", ["机构名称"])
    (True, False)
    """
    cells = [c for c in cells_of(line) if narrow(c).lower() not in _SERIAL_HEAD and c]
    return len(cells) == 1 and _plain(cells[0]) in {_plain(name) for name in (*names, *_NAMES)}


def _matched(cells: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """The column of each cell, the likeliest pairs first."""
    order = ["#" if narrow(cell).lower() in _SERIAL_HEAD else "" for cell in cells]
    pairs = sorted(
        (-_likeness(cell, label), at, column)
        for at, cell in enumerate(cells)
        for column, label in labels.items()
        if not order[at] and _likeness(cell, label)
    )
    for _, at, column in pairs:
        if not order[at] and column not in order:
            order[at] = column
    return order


def _plain(cell: str) -> str:
    return re.sub(r"[\s（）()：:*＊]", "", _BRACKET.sub("", cell))


def _likeness(cell: str, label: str) -> int:
    """How surely a header's cell means a label: 4 the same, 3 one within the other, 2 alike."""
    given, wanted = _plain(cell), _plain(label)
    if not given:
        return 0
    if given == wanted:
        return 4
    stems = _TAILS.sub("", given), _TAILS.sub("", wanted)
    if len(given) > len(wanted) + 3 or min(len(given), len(wanted)) < _SHORTEST:
        return 0
    if given in wanted or wanted in given:
        return 3
    stems = _TAILS.sub("", given), _TAILS.sub("", wanted)
    if min(map(len, stems)) >= _SHORTEST and (stems[0] in stems[1] or stems[1] in stems[0]):
        return 3
    return 2 if _pairs(given) & _pairs(wanted) else 0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _unit_in(cell: str) -> str:
    found = _BRACKET.search(cell)
    return MONEY_UNITS.get(found["inside"].replace("单位", "").strip(":： "), "") if found else ""


def serial_of(line: str) -> tuple[int, str] | None:
    """The serial number in front of a line, set apart by a tab or a space, and the rest.

    >>> serial_of("3\\t甲\\t35"), serial_of("3 甲 35"), serial_of("3甲")
    ((3, '甲\\t35'), (3, '甲 35'), None)
    """
    first, tab, rest = line.partition("\t")
    if tab:
        match = _SERIAL.fullmatch(first.strip())
        return (_number(match), rest) if match else None
    spaced = _SERIAL_SPACED.match(line)
    return (int(spaced["number"]), line[spaced.end() :]) if spaced else None


def listed_serial(line: str) -> tuple[int, str] | None:
    """The same for a line of a list that counts on, where a figure may follow the mark.

    >>> listed_serial("1、2021年资金")
    (1, '2021年资金')
    """
    match = _LISTED.match(line)
    return (int(match["number"]), line[match.end() :]) if match else serial_of(line)


def dotted_serial(line: str) -> tuple[int, str] | None:
    """The number of a list in front of a line and the rest: 2. / 2、 / （2）.

    >>> dotted_serial("2、甲 35"), dotted_serial("2.5万元")
    ((2, '甲 35'), None)
    """
    match = _DOTTED.match(line)
    return (int(match["number"]), line[match.end() :]) if match else None


def _number(match: re.Match[str]) -> int:
    if match["round"]:
        return ord(match["round"]) - 0x245F
    return small_number(match["number"])


def small_number(text: str) -> int:
    """A number up to 99 in digits of either kind; 0 where it is none.

    >>> [small_number(t) for t in ("12", "十二", "二十", "两", "三十五")]
    [12, 12, 20, 2, 35]
    """
    if text.isascii() and text.isdigit():
        return int(text)
    digits = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
    tens, ten, ones = text.partition("十")
    if not ten:
        return digits.get(text, 0)
    return (digits.get(tens, 0) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)

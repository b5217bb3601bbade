"""One message with a paragraph for each row of a table: numbered, or behind the rows' names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.understand.letters import read_letters
from dialogs.understand.pasted import small_number
from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask

_NUMBERED = re.compile(
    r"\s*(?:[(（](?P<b>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）][、.．]?|第?(?P<a>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[、.．:：]|条[:：、,，]?|项[:：、,，]?)(?![0-9])|(?P<c>[①-⑳]))\s*(?P<text>.+)"
)
_APART = re.compile(
    r"(?:是|就)?(?:分开|分别|各一[段条]|每条一段|一条一段|每[条项]各一段|分开填|分|对应|分到各条|多条)(?:的|填|记|吧)*"
)
_TOGETHER = re.compile(
    r"(?:是|就)?(?:一起|都是这[条一]*|都写在?(?:这|一)[条起]*|合在一起|就?一[条段个项](?:的)?|都是一条的?|不分|不分开|这一条)(?:的|填|记|吧)*"
)
_HEADS = ("除了", "除去", "除开", "除", "只有", "只差", "只缺", "就", "只", "有")
_JOINTS = re.compile(r"([、,，;；\s]+|和|及|与|以及)")
_SHORTEST = 2


def numbered_paragraphs(lines: Sequence[str]) -> dict[int, str]:
    """The paragraphs by their numbers; none where a line before the first has no number, or a
    number comes twice. A line without one goes on with the paragraph above.

    >>> numbered_paragraphs(["1. 甲", "续", "2、乙"])
    {1: '甲\\n续', 2: '乙'}
    """
    found: dict[int, str] = {}
    last = 0
    for line in lines:
        match = _NUMBERED.fullmatch(line)
        if match:
            last = _number(match)
            if last in found or last == 0:
                return {}
            found[last] = match["text"].strip()
        elif last:
            found[last] += "\n" + line
        else:
            return {}
    return found


def named_paragraphs(lines: Sequence[str], names: Sequence[str]) -> dict[int, str]:
    """The paragraphs by the numbers (from 1) of the rows whose names begin them, before a colon.

    >>> named_paragraphs(["党建：甲", "工业经济：乙"], ["党建", "工业经济"])
    {1: '甲', 2: '乙'}
    """
    found: dict[int, str] = {}
    last = 0
    for line in lines:
        head, colon, rest = narrow_colon(line).partition(":")
        number = _named(head, names) if colon and rest.strip() else 0
        if number and number not in found:
            last = number
            found[number] = rest.strip()
        elif last:
            found[last] += "\n" + line
        else:
            return {}
    return found


def narrow_colon(line: str) -> str:
    """A line with its first colon in half width."""
    return line.replace("：", ":", 1) if "：" in line.split(":")[0] else line


def _named(head: str, names: Sequence[str]) -> int:
    """The number of the row that is called so, 0 if none or several may be."""
    match = _NUMBERED.fullmatch(head)
    bare = "".join(narrow(match["text"] if match else head).split()).strip('【】[]「」“”"')
    names = ["".join(narrow(name).split()) for name in names]
    same = [n for n, name in enumerate(names, start=1) if name == bare]
    within = [n for n, name in enumerate(names, start=1) if len(bare) >= _SHORTEST and bare in name]
    found = same or within
    return found[0] if len(found) == 1 else 0


def _number(match: re.Match[str]) -> int:
    if match["c"]:
        return ord(match["c"]) - 0x245F
    return small_number(match["a"] or match["b"])


def says_apart(text: str) -> bool:
    """Whether paragraphs are meant one for each row."""
    return _APART.fullmatch(narrow(text).strip(" 。.!！")) is not None


def says_in_one(text: str) -> bool:
    """Whether paragraphs are meant for one row together."""
    return _TOGETHER.fullmatch(narrow(text).strip(" 。.!！")) is not None


def with_numbers(text: str, names: Sequence[str]) -> str:
    """The text with names of rows (or parts that only one of them has) replaced by their numbers;
    as it was where numbers were said, or no name.

    >>> with_numbers("除了民营经济都完成了", ["党建", "民营经济"]), with_numbers("党建没完成", ["党建"])
    ('除了2都完成了', '1没完成')
    """
    options = [str(n) for n in range(1, len(names) + 1)]
    if not isinstance(read_letters(text, options), Ask):
        return text
    typed, order = text, sorted(enumerate(names, start=1), key=lambda pair: -len(pair[1]))
    for number, name in order:
        if name and typed.count(name) == 1 and sum(name in other for other in names) == 1:
            typed = typed.replace(name, str(number))
    return "".join(_part(part, names) for part in _JOINTS.split(typed))


def _part(part: str, names: Sequence[str]) -> str:
    head = next((each for each in _HEADS if part.startswith(each)), "")
    rest = part[len(head) :]
    for end in range(len(rest), _SHORTEST - 1, -1):
        found = [n for n, name in enumerate(names, start=1) if rest[:end] in name]
        if len(found) == 1:
            return f"{head}{found[0]}{rest[end:]}"
    return part

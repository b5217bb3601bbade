"""Which of several lettered or numbered options are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dialogs.understand.choice_sense import sense
from dialogs.understand.choice_words import Signs
from dialogs.understand.manners import without_manners
from dialogs.understand.option_names import with_letters
from dialogs.understand.reading import Ask, Got

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NONE = frozenset(
    [
        "都没有",
        "没有",
        "没有的",
        "无",
        "全没有",
        "以上都没有",
        "一个都没有",
        "一个也没有",
        "一项都没有",
        "一项也没有",
        "一条都没有",
        "都没做到",
        "都不是",
        "没",
        "都没",
        "都没有做到",
        "都没公开",
        "都没完成",
        "不选",
        "什么都没有",
        "啥都没有",
        "啥也没有",
        "没有任何",
        "冇",
        "木有",
        "暂无",
    ]
)
_SINGLE = re.compile(r"([0-9])\ufe0f?\u20e3|[①-⑳❶-❿➀-➉➊-➓]")
_RINGS = {
    chr(first + at): at + 1
    for first, count in ((0x2460, 20), (0x2776, 10), (0x2780, 10), (0x278A, 10))
    for at in range(count)
}


_LONGEST = 80
_MOST = 600
"""More characters than all options of a question called by their whole names."""
_ANY = frozenset({"都行", "都可以", "全都行", "全都可以", "哪个都行", "怎么都行"})
"""Whoever says so leaves the choice to us."""
_MIXED = re.compile("[A-Z][0-9]|[0-9][A-Z]")


def read_letters(
    text: str, options: Sequence[str], labels: Mapping[str, str] | None = None
) -> Got[tuple[str, ...]] | Ask:
    """The options meant, in their order; `options` are single letters or numbers as text. With
    `labels` (letter → label) they may be called by a part of their names.

    >>> read_letters("除了E都是", "ABCDE").value, read_letters("除了E都没有", "ABCDE").value
    (('A', 'B', 'C', 'D'), ('E',))
    >>> read_letters("a、c", "ABC").value, read_letters("前两项", "ABC").value
    (('A', 'C'), ('A', 'B'))
    >>> read_letters("A或B", "ABC").code
    'ask_letters'
    """
    options = list(options)
    typed = without_manners(_SINGLE.sub(_apart, text))
    for words in _worded(typed, labels or {}) if len(typed) <= _MOST else ():
        signs = Signs(words.upper(), options)
        chosen = _read(signs) if words and signs.read() else None
        if chosen is not None:
            return Got(tuple(option for at, option in enumerate(options) if at in chosen))
    some = "".join(options[:2] + options[3:4]) if len(options) > 2 else "".join(options[:1])
    return Ask("ask_letters", {"text": text, "some": some, "last": "".join(options[-1:])})


def says_none(text: str) -> bool:
    """Whether a message says that there is nothing at all.

    >>> says_none("没有。"), says_none("没有问题")
    (True, False)
    """
    return without_manners(text) in _NONE


def _worded(typed: str, labels: Mapping[str, str]) -> Iterator[str]:
    """The words with letters for names, first for those that are said as they stand."""
    words = with_letters(typed, labels) if labels else typed
    yield words
    if labels and (shorter := with_letters(typed, labels, short=True)) != words:
        yield shorter


def _read(signs: Signs) -> frozenset[int] | None:
    if signs.typed in _ANY or _MIXED.search(signs.typed) or len(signs.row) > _LONGEST:
        return None
    return _alone(signs) if signs.row in ("N", "P") else sense(signs)


def _alone(signs: Signs) -> frozenset[int] | None:
    """What a yes or a no alone says: nothing is chosen by 没有, but 没有 to "were all done?" may
    mean some, and 是 to "which of these?" is no answer."""
    of_rows = bool(signs.options) and signs.options[0].isdigit()
    if signs.row == "P" and of_rows:
        return frozenset(range(len(signs.options)))
    return frozenset() if signs.row == "N" and signs.typed in _NONE and not of_rows else None


def _apart(match: re.Match[str]) -> str:
    """A number in a ring or a key as a number that stands apart."""
    return f" {match[1] or _RINGS[match[0]]} "

"""Options called by their names instead of their letters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs.understand.choice_words import word_length
from dialogs.understand.plain_text import simple

_HAN = re.compile("[一-鿿]")
_CALLED = re.compile(
    r"第?[0-9一二两三四五六七八九十]{1,3}|[A-Za-z]+|[前后第号到至~—–最末尾倒数从头-]"
)
# 专项资金或采购 are two: what joins is no part of a name at its end.
_JOINS = "和或及与跟的、,或者 "
_BETWEEN = re.compile("[、,;。.!和或及与跟\n]")
_LEAST, _LEAST_SHORT, _LEAST_DIGITS = 2, 3, 3


def with_letters(text: str, labels: Mapping[str, str], *, short: bool = False) -> str:
    """The text with the names of options, or parts of them that are in no other, replaced by
    their letters; as it was where it holds any other words. With `short` a name may leave out
    what stands in its middle.

    >>> labels = {"A": "专项资金或项目", "B": "政府采购", "C": "资产处置收入"}
    >>> with_letters("有专项资金和采购", labels), with_letters("都有，除了资产处置", labels)
    ('有 A 和 B', '都有,除了 C')
    >>> with_letters("有奖金", labels), with_letters("AB", labels)
    ('有奖金', 'AB')
    >>> labels = {"A": "合同2个工作日内公开", "B": "意向公开率100%"}
    >>> with_letters("合同公开", labels), with_letters("合同公开", labels, short=True)
    ('A 公开', 'A')
    """
    typed, known = simple(text), {letter: simple(label) for letter, label in labels.items()}
    parts: list[str] = []
    at, last = 0, ""
    while at < len(typed):
        letter, length = _name_at(typed, at, known, short)
        other = _other_length(typed, at)
        if letter and (length > other or typed[at : at + length].isdigit()):
            # 832平台没有采购 calls one option twice in a clause.
            parts.append(f" {letter} " if letter != last else "")
            last = letter
        else:
            length = other
            parts.append(typed[at : at + length])
            last = "" if _BETWEEN.search(parts[-1]) else last
        if not length:
            return text
        at += length
    named = "".join(parts) != typed
    return re.sub(" +", " ", "".join(parts)).strip() if named else text


def _other_length(typed: str, at: int) -> int:
    called = _CALLED.match(typed, at)
    return max(word_length(typed, at), len(called[0]) if called else 0)


def _name_at(typed: str, at: int, labels: Mapping[str, str], short: bool) -> tuple[str, int]:
    """The letter whose label holds the longest piece that begins there, and its length."""
    longest = max(map(len, labels.values()), default=0)
    for end in range(min(len(typed), at + longest), at + _LEAST - 1, -1):
        piece = typed[at:end].rstrip(_JOINS)
        holding = [letter for letter, label in labels.items() if piece in label]
        if short and not holding:
            holding = [letter for letter, label in labels.items() if _shortens(piece, label)]
        if not holding or not _is_name(piece, len(labels)):
            continue
        whole = [letter for letter in holding if labels[letter] == piece]
        found = whole or holding
        return (found[0], len(piece)) if len(found) == 1 else ("", 0)
    return "", 0


def _is_name(piece: str, options: int) -> bool:
    """Whether a piece is long enough for a name; 832 is one where there are no eight options."""
    if len(_HAN.findall(piece)) >= _LEAST:
        return True
    digits = re.sub("[^0-9]", "", piece)
    return len(digits) >= _LEAST_DIGITS and any(int(digit) > options for digit in digits)


def _shortens(piece: str, label: str) -> bool:
    """Whether a piece is a label, or a part of it, with something left out behind its first word."""
    if len(_HAN.findall(piece)) < _LEAST_SHORT or piece[:_LEAST] not in label:
        return False
    rest = iter(label[label.index(piece[:_LEAST]) :])
    return all(char in rest for char in piece)

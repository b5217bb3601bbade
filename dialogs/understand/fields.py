"""Several values in one message: labelled or in order, on lines or in a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.understand.plain_text import clean, narrow
from dialogs.understand.simplified import simplified

_UNIT_ALONE = re.compile(r"(元|万元|万|亿元|亿|块|%|个|件|家|人|条|份|分)")
_THOUSANDS = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")
_HARD = re.compile(r"[\n;；]+")
_SOFT = re.compile(r"[\s,，、]+")
_LOOSE_NAME = re.compile(r"(?P<name>[^0-9\s:：=-]{2,})[\s:：=是为共]*(?P<value>[0-9-].*)")
_LABEL_END = re.compile(
    r"^(?:[\s:：=是为共]|(?:数|金额|总额|合计|总数|经费)(?=[\s:：=是为]*[-0-9约])|(?:就|一|总|只)*(?:花|用|支|有|完成|达到|填|报|得)(?:了|出|的)*(?=[\s:：=是为]*[-0-9约]))*"
)
_LEAD = re.compile(
    r"^(?:我们?(?:单位|局|的)?|一共|总共|其中|目前|那个|嗯|哦|就是|其他|另外|还有|然后|而|则|[,，]|①|②|③|④)+(?=[^0-9\s])"
)


@dataclass(frozen=True)
class Field:
    """A value wanted: its id, its full names, whether a piece fits it, whether it is text.

    `partials` are parts of its name that belong to no other field of the message.
    """

    id: str
    names: tuple[str, ...]
    fits: Callable[[str], bool]
    is_text: bool
    partials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dealt:
    """The pieces of a message by field, what could not be placed, and which were named."""

    pieces: Mapping[str, str]
    left: tuple[str, ...]
    named: frozenset[str] = frozenset()


def deal(text: str, fields: Sequence[Field]) -> Dealt:
    """The pieces of a message dealt out to the fields.

    >>> money = lambda t: t[0].isdigit()
    >>> both = [Field("a", ("决算数",), money, False), Field("b", ("预算数",), money, False)]
    >>> dict(deal("预算数 3万，决算数2,587.01 万元", both).pieces)
    {'b': '3万', 'a': '2587.01万元'}
    """
    if len(fields) == 1:
        only = fields[0]
        piece = _after_label(clean(text), only)
        return Dealt({only.id: piece if piece is not None else clean(text)}, ())
    pieces: dict[str, str] = {}
    left: list[str] = []
    named: set[str] = set()
    loose: list[str] = []
    in_turn = any(field.is_text for field in fields)
    for piece in _pieces(text, fields):
        found = _named(piece, [f for f in fields if f.id not in pieces])
        if found:
            field, pieces[field.id] = found
            named.add(field.id)
        elif in_turn:
            _place(piece, fields, pieces, left)
        else:
            loose.append(piece)
    for piece in loose:  # what is named has its place before anything else gets one
        _place(piece, fields, pieces, left)
    return Dealt(pieces, tuple(left), frozenset(named))


def _named(piece: str, fields: Sequence[Field]) -> tuple[Field, str] | None:
    """The field that a piece names, with what follows the name."""
    for field in sorted(fields, key=lambda f: -max(map(len, f.names))):
        rest = _after_label(piece, field)
        if rest:
            return field, rest
    match = _LOOSE_NAME.fullmatch(piece)
    if match is None:
        return None
    meant = [f for f in fields if match["name"] in f.names[0] and f.fits(match["value"])]
    # One field alone would have been found above if the words set it apart from the others.
    return (meant[0], match["value"]) if len(meant) > 1 else None


def _place(piece: str, fields: Sequence[Field], pieces: dict[str, str], left: list[str]) -> None:
    for field in fields:
        if field.id not in pieces and field.fits(piece):
            pieces[field.id] = piece
            return
    texts = [f.id for f in fields if f.is_text and f.id in pieces]
    if texts and texts[-1] == list(pieces)[-1]:
        pieces[texts[-1]] += f" {piece}"
    else:
        left.append(piece)


def partial_names(label: str, others: Sequence[str]) -> tuple[str, ...]:
    """The parts of a label, from two characters on, that stand in no other label.

    Where another label is the beginning of this one, only what sets this one apart counts, from
    where it begins: of 收入 and 收入上年决算数 the latter is 上年, and 决算 may be either.

    >>> "年初" in partial_names("年初结转", ["年末结转"])
    True
    >>> [p in partial_names("收入上年决算数", ["收入"]) for p in ("上年", "决算")]
    [True, False]
    """
    last = min([len(o) for o in others if label.startswith(o)], default=len(label))
    starts = range(min(last + 1, len(label)))
    ends = [(a, b) for a in starts for b in range(a + 2, len(label) + 1)]
    parts = {label[a:b] for a, b in ends}
    return tuple(sorted((p for p in parts if not any(p in o for o in others)), key=len))


def _after_label(piece: str, field: Field) -> str | None:
    """What follows a name of the field at the start of a piece; None without a name.

    A part of a name counts only before a colon or before something that fits.
    """
    piece = _LEAD.sub("", piece)
    for name in sorted(field.names, key=len, reverse=True):
        if piece.startswith(name) and len(piece) > len(name):
            return _LABEL_END.sub("", piece[len(name) :]) or None
    for name in reversed(field.partials):
        rest = piece[len(name) :] if piece.startswith(name) else ""
        value = _LABEL_END.sub("", rest)
        if value and (rest[0] in ":\uff1a=" or (not field.is_text and field.fits(value))):
            return value
    return None


def _pieces(text: str, fields: Sequence[Field]) -> list[str]:
    only_texts = all(field.is_text for field in fields)
    typed = clean(text) if only_texts else _THOUSANDS.sub("", _keep(text))
    if not any(field.is_text for field in fields):
        typed = simplified(typed)
    hard = [part.strip() for part in _HARD.split(typed) if part.strip()]
    if only_texts and len(hard) > 1:
        return hard
    if only_texts:
        soft = [p for p in _SOFT.split(typed) if p]
        return soft if len(soft) == len(fields) else hard
    return [piece for part in hard for piece in _soft(part, fields)]


def _keep(text: str) -> str:
    return narrow(text.replace("\r\n", "\n"))


def _soft(part: str, fields: Sequence[Field]) -> list[str]:
    """Pieces of a line; a unit or a value that stands apart goes back to its figure or label."""
    joined: list[str] = []
    names = {name for field in fields for name in (*field.names, *field.partials)}
    for piece in filter(None, _SOFT.split(part)):
        bare = piece.rstrip(":：=")
        if (joined and _UNIT_ALONE.fullmatch(piece)) or (
            joined and joined[-1].rstrip(":：=") in names and bare not in names
        ):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined

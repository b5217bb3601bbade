"""What must not be kept: secrecy markings; and what needs a second look: numbers of persons.

A marking (机密★1年, 密级：秘密, a line that says nothing but 绝密) is told apart from words about
secrets (保守国家秘密, 商业秘密). The patterns stand in sensitive.yaml.
Sources: 保守国家秘密法实施条例 (marking of documents), GB/T 9704-2012 7.2.2; GB 11643-1999 for the
check character of identity numbers; ISO/IEC 7812-1 annex B for that of cards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

_LINE = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANK = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")
# Signs that may stand around a marking that is a line of its own.
_DECORATION = r"[\W_]{0,12}"
_LONGEST_LINE = 60
_FIGURES = re.compile(r"[\d\W]{1,12}")

_EDGE = r"(?<![0-9A-Za-z])"
_ID_CARD = re.compile(
    _EDGE + r"[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_CARD = re.compile(
    _EDGE
    + r"(?:62|60|65|68|69|955|35|4\d|5[1-5])\d{0,2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z.])"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.,])(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![0-9A-Za-z]|[.,]\d)"
)
_DIGITS = re.compile(r"\d(?:[ -]?\d){10}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


@dataclass(frozen=True)
class PrivateNumber:
    """A number of a person: `kind` is id_card, bank_card or mobile, `masked` can be shown."""

    kind: str
    masked: str


@dataclass(frozen=True)
class _Markings:
    quick: re.Pattern[str]
    anywhere: re.Pattern[str]
    line: re.Pattern[str]
    start: re.Pattern[str]
    end: re.Pattern[str]
    level: re.Pattern[str]
    upright: re.Pattern[str]
    carried_on: re.Pattern[str]
    empty_box: re.Pattern[str]


@dataclass(frozen=True)
class _Piece:
    """A line, or what stands between tabs in it; `before` is the line that it may carry on."""

    text: str
    before: str = ""


def secrecy_mark(text: str) -> str | None:
    """The secrecy marking that a text bears, as found; None where it only speaks of secrets.

    >>> secrecy_mark("机密★1年"), secrecy_mark("依法保守国家秘密")
    ('机密★1年', None)
    """
    known = _markings()
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    plain = known.upright.sub(r"\1\2", plain)
    if not known.quick.search(plain):
        return None
    pieces = _pieces(plain)
    for at, piece in enumerate(pieces):
        if not known.quick.search(piece.text):
            continue
        if found := known.anywhere.search(piece.text):
            return found[0].strip()
        if (mark := _set_apart(piece, known)) and not _among_others(pieces, at, known):
            return mark
    return None


def _pieces(plain: str) -> list[_Piece]:
    """What stands in the text, empty lines left out; they end what a line could carry on."""
    pieces, before = [], ""
    for line in _LINE.split(plain):
        cells = [_BLANK.sub(" ", cell).strip() for cell in line.split("\t")]
        pieces += [_Piece(cell, "" if at else before) for at, cell in enumerate(cells) if cell]
        before = cells[0] if len(cells) == 1 else ""
    return pieces


def _set_apart(piece: _Piece, known: _Markings) -> str | None:
    """A marking by its place: a piece of its own, or at the beginning or end of one."""
    if known.empty_box.search(piece.text):
        return None
    if not known.carried_on.search(piece.before):
        if len(piece.text) <= _LONGEST_LINE and (whole := known.line.fullmatch(piece.text)):
            return whole["mark"]
        if found := known.start.search(piece.text):
            return found[0].strip()
    found = known.end.search(piece.text)
    return found[0].strip() if found else None


def _among_others(pieces: list[_Piece], at: int, known: _Markings) -> bool:
    """Whether a bare level stands beside another one, figures between them passed over."""
    own = known.level.fullmatch(pieces[at].text)
    if not own:
        return False
    for way in (-1, 1):
        beside = at + way
        while 0 <= beside < len(pieces) and _FIGURES.fullmatch(pieces[beside].text):
            beside += way
        other = known.level.fullmatch(pieces[beside].text) if 0 <= beside < len(pieces) else None
        if other and other["level"] != own["level"]:
            return True
    return False


@cache
def _markings() -> _Markings:
    spec = yaml.safe_load(
        resources.files("scoring").joinpath("sensitive.yaml").read_text(encoding="utf-8")
    )
    quick = "|".join(" *".join(level) for level in spec["levels"])
    signs = spec["decryption"]
    line = f"{_DECORATION}(?P<mark>{_alternatives(spec, 'lines')}){_DECORATION}"
    return _Markings(
        quick=re.compile(f"{quick}|{signs}|{spec['inside']}"),
        anywhere=re.compile(_alternatives(spec, "marks") + f"(?:{spec['term']})?"),
        line=re.compile(line),
        start=re.compile(rf"^[\W_]*(?:{_alternatives(spec, 'starts')})"),
        end=re.compile(rf"(?:{_alternatives(spec, 'ends')})$"),
        level=re.compile(f"{_DECORATION}(?P<level>{quick})(?:{spec['grade']})?{_DECORATION}"),
        upright=re.compile(spec["upright"]),
        carried_on=re.compile(spec["carried_on"]),
        empty_box=re.compile(spec["empty_box"].replace("{level}", f"(?:{quick})")),
    )


def _alternatives(spec: dict[str, Any], name: str) -> str:
    level = "(?:" + "|".join(" *".join(level) for level in spec["levels"]) + ")"
    filled = [
        pattern.replace("{level}", level)
        .replace("{term}", spec["term"])
        .replace("{end}", spec["end"])
        .replace("{inside}", spec["inside"])
        for pattern in spec[name]
    ]
    return "(?:" + "|".join(f"(?:{pattern})" for pattern in filled) + ")"


def private_numbers(text: str) -> tuple[PrivateNumber, ...]:
    """The identity-card, bank-card and mobile numbers in a text, each once, in their order.

    >>> [n.masked for n in private_numbers("tel. 13912345678, no. 441400199001011234")]
    ['139****5678', '4414**********1234']
    """
    if not _DIGITS.search(text):
        return ()
    plain = unicodedata.normalize("NFKC", text)
    found = sorted(_numbers(plain), key=lambda each: each[0])
    return tuple(dict.fromkeys(number for _, number in found))


def _numbers(text: str) -> Iterator[tuple[int, PrivateNumber]]:
    taken: list[tuple[int, int]] = []
    for kind, pattern, is_real in (
        ("id_card", _ID_CARD, _is_identity),
        ("bank_card", _CARD, _is_card),
        ("mobile", _MOBILE, _is_mobile),
    ):
        for match in pattern.finditer(text):
            digits = re.sub("[ -]", "", match[match.lastindex or 0])
            inside = any(start < match.end() and match.start() < end for start, end in taken)
            if not inside and is_real(digits):
                taken.append(match.span())
                yield match.start(), PrivateNumber(kind, masked(digits))


def masked(digits: str) -> str:
    """The number with only its beginning and end to be seen.

    >>> masked("13912345678")
    '139****5678'
    """
    head = 3 if len(digits) == 11 else 4
    return digits[:head] + "*" * (len(digits) - head - 4) + digits[-4:]


def _is_identity(digits: str) -> bool:
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return born.year >= 1900 and _CHECK_CHARACTERS[total % 11] == digits[17].upper()


def _is_card(digits: str) -> bool:
    """Luhn's check; only 62, 6x and 955 begin numbers of another length than 16."""
    if not 16 <= len(digits) <= 19 or (len(digits) != 16 and digits[0] not in "69"):
        return False
    if len(set(digits)) <= 2:
        return False  # filled up with one digit: no number of anybody
    doubled = [int(d) * (2 if at % 2 else 1) for at, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_mobile(digits: str) -> bool:
    return len(digits) == 11 and len(set(digits)) > 2

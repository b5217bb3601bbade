"""Version codes: a few characters that tell which answers a printed page was made from."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

# 29 characters, a prime, so that the check character catches every wrong character and every
# swapped pair. Letters that look like a digit are not used; who reads one means the digit.
_CHARACTERS = "0123456789ACDEFGHJKMNPQRTVWXY"
_LETTERS = _CHARACTERS[10:]
_LOOKS_LIKE = str.maketrans("OILZSBU", "011258V")
_LENGTH, _DASH_AT = 6, 4
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212_", "-"))


def _shape(between: str) -> re.Pattern[str]:
    rest = f"{between}[{_CHARACTERS}]" * (_DASH_AT - 1) + f"{between}-?{between}"
    rest += f"{between}".join([f"[{_CHARACTERS}]"] * (_LENGTH - _DASH_AT))
    # Looked for at every place, for a word before a code must not swallow its beginning.
    return re.compile(f"(?<![0-9A-Z])(?=([{_LETTERS}]{rest})(?![0-9A-Z]))")


_SHAPES = (_shape(""), _shape(r"\s{0,2}"))


def version_code(form_id: int, standard_hash: str, plain_answers: Mapping[str, Any]) -> str:
    """The code of a form's answers; the same answers have the same code, whatever their order.

    It begins with a letter, so that no year, amount or telephone number looks like one.

    >>> version_code(7, "ab12", {"income_total": "2587.01"})
    'W62J-NQ'
    """
    given = {fact: value for fact, value in plain_answers.items() if value is not None}
    content = json.dumps([form_id, standard_hash, given], sort_keys=True, ensure_ascii=False)
    number = int.from_bytes(sha256(content.encode()).digest())
    number, first = divmod(number, len(_LETTERS))
    payload = _LETTERS[first]
    while len(payload) < _LENGTH - 1:
        number, at = divmod(number, len(_CHARACTERS))
        payload += _CHARACTERS[at]
    whole = payload + _check(payload)
    return f"{whole[:_DASH_AT]}-{whole[_DASH_AT:]}"


def read_code(text: str) -> str | None:
    """The first version code in what somebody typed or a program read off a page, as printed.

    Lower case, full width, spaces, another dash or none, and letters taken for digits are
    understood (w6zj nq); the check character keeps other words from being taken for a code.

    >>> read_code("已盖章，版本码是 w6zj nq")
    'W62J-NQ'
    >>> read_code("W62J-NR") is None
    True
    """
    return next(iter(read_codes(text)), None)


def read_codes(text: str) -> tuple[str, ...]:
    """All version codes in a text, those written together before those with spaces in them."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).upper().translate(_LOOKS_LIKE)
    found = (_written(match) for shape in _SHAPES for match in shape.findall(plain))
    return tuple(dict.fromkeys(code for code in found if code))


def _written(match: str) -> str:
    """The code as it is printed, or "" if its check character is wrong."""
    whole = re.sub(r"[\s-]", "", match)
    if _check(whole[:-1]) != whole[-1]:
        return ""
    return f"{whole[:_DASH_AT]}-{whole[_DASH_AT:]}"


def _check(payload: str) -> str:
    weighted = sum(
        weight * _CHARACTERS.index(letter) for weight, letter in enumerate(payload, start=2)
    )
    return _CHARACTERS[weighted % len(_CHARACTERS)]

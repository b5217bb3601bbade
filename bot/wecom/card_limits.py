"""The limits of template cards: hard ones that the service refuses, soft ones that it folds.

Source: path 90236. A hard limit raises CardError before anything is sent; a text beyond a
suggested length is only reported by `overlong`, because clients cut it without an error.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.wecom.texts import byte_length, clean

Card = dict[str, Any]

MAX_KEY_BYTES = 1024
MAX_OPTION_ID_BYTES = 128

_TASK_ID = re.compile(r"[A-Za-z0-9_@-]{1,128}")

# Path in the card → characters that clients show of it.
SUGGESTED = {
    "source.desc": 20,
    "main_title.title": 36,
    "main_title.desc": 44,
    "emphasis_content.title": 14,
    "emphasis_content.desc": 22,
    "sub_title_text": 160,
    "horizontal_content_list.keyname": 5,
    "horizontal_content_list.value": 30,
    "jump_list.title": 18,
    "button_list.text": 10,
    "checkbox.option_list.text": 17,
    "submit_button.text": 10,
}


class CardError(ValueError):
    """A card that the service would refuse. `field` is the path in the card, `code` the
    errcode that the service would give, None where none is documented."""

    def __init__(self, field: str, problem: str, code: int | None = None) -> None:
        answer = f"errcode {code}" if code else "errcode not documented"
        super().__init__(f"{field} {problem} ({answer})")
        self.field = field
        self.code = code


def overlong(card: Mapping[str, Any]) -> list[str]:
    """The texts of the card that clients would cut or fold, as "path: n > limit".

    >>> overlong({"sub_title_text": "x" * 161})
    ['sub_title_text: 161 > 160']
    """
    return [
        f"{path}: {len(text)} > {limit}"
        for path, limit in SUGGESTED.items()
        for text in _texts_at(card, path.split("."))
        if len(text) > limit
    ]


def _texts_at(part: Any, path: Sequence[str]) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _texts_at(item, path)
    elif path and isinstance(part, Mapping):
        yield from _texts_at(part.get(path[0]), path[1:])
    elif not path and isinstance(part, str):
        yield part


def task_id(value: str) -> str:
    """The task id, checked: unique within the app for ever, so made by the caller."""
    if not _TASK_ID.fullmatch(value):
        raise CardError("task_id", "must be 1 to 128 of letters, digits and _-@", 42014)
    return value


def text(field: str, value: str, code: int | None = None) -> str:
    """The cleaned text; must not be empty."""
    value = clean(value)
    if not value.strip():
        raise CardError(field, "must not be empty", code)
    return value


def key(field: str, value: str, code: int, limit: int = MAX_KEY_BYTES) -> str:
    """A key or id, checked to be there and at most `limit` bytes."""
    if not value or byte_length(value) > limit:
        raise CardError(field, f"must have 1 to {limit} bytes, has {byte_length(value)}", code)
    return value


def url(field: str, value: str) -> str:
    """An address with http or https."""
    if not re.match(r"https?://[^/\s]", value):
        raise CardError(field, "must begin with http:// or https:// and name a host", 42028)
    return value


def count(
    field: str, items: Collection[object], most: int, code: int | None, least: int = 0
) -> None:
    """Checks how many items a list has."""
    if not least <= len(items) <= most:
        raise CardError(field, f"must have {least} to {most} entries, has {len(items)}", code)


def unique(field: str, keys: Sequence[str], code: int) -> None:
    """Checks that no key stands twice."""
    if len(set(keys)) < len(keys):
        raise CardError(field, "must be unique within the card", code)

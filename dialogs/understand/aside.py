"""A question that comes in the same message as an answer."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import clean

_LAST_CLAUSE = re.compile(
    r"(?P<body>.+?)[\s,，。;；、]+(?P<ask>[^\s,，。;；、]*(?:[?？]|[吗呢么]))[\s。]*", re.S
)


def split_aside(text: str) -> tuple[str, str]:
    """The message without a question at its end, and that question ("" if there is none).

    >>> split_aside("98.31万元，这个要含税吗？")
    ('98.31万元', '这个要含税吗？')
    >>> split_aside("98.31万元")
    ('98.31万元', '')
    """
    match = _LAST_CLAUSE.fullmatch(clean(text))
    return (match["body"], match["ask"]) if match else (text, "")

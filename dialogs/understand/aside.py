"""What comes in the same message as an answer: a question, or that the rest is right."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import clean

_LAST_CLAUSE = re.compile(
    r"(?P<body>.+?)[\s,，。;；、]+(?P<ask>[^\s,，。;；、]*(?:[?？]|[吗呢么]))[\s。]*", re.S
)


_REST_RIGHT = re.compile(
    r"(?P<body>.*\S)[\s,，。;；、]+(?:其他|其它|其余|别的|剩下)(?:的)?(?:几项|内容|信息)?(?:都|全|全部)?"
    r"(?:对|没错|正确|没问题|不变|不用改|不改|没变|一样|照旧)(?:的|了)?[\s。.!！]*",
    re.S,
)


def without_rest_right(text: str) -> str:
    """The message without the words behind it that the rest is right.

    >>> without_rest_right("电话0753-2233445，其他都对"), without_rest_right("98.31万元")
    ('电话0753-2233445', '98.31万元')
    """
    match = _REST_RIGHT.fullmatch(clean(text))
    return match["body"] if match else text


def split_aside(text: str) -> tuple[str, str]:
    """The message without a question at its end, and that question ("" if there is none).

    >>> split_aside("98.31万元，这个要含税吗？")
    ('98.31万元', '这个要含税吗？')
    >>> split_aside("98.31万元")
    ('98.31万元', '')
    """
    match = _LAST_CLAUSE.fullmatch(clean(text))
    return (match["body"], match["ask"]) if match else (text, "")

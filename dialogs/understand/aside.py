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


_TO_US = re.compile(
    r"(?P<body>.*\S)[\s,，。;；]+(?P<ask>(?:对了|不好意思|另外|还有)?[,，]?\s*(?:"
    r"(?:再|顺便|还想|想|我想)?(?:问一?[下句]|请问)[,，]?[^\n。;；]{2,30}"
    r"|(?:这样|这么|这里|这题|这个|这段|我)(?:写|填|说)?的?[^\n。;；,，]{0,4}"
    r"(?:行不行|可不可以|对不对|够不够|好不好|(?:行|可以|对|够|好)了?(?:不|吗|么|嘛))"
    r"|(?:这里|这题|这个|这段)?(?:要|需要|得|最多|最少|一般)+(?:写|填)?(?:多少|几)个?字"
    r")[吗呢呀啊的]*)[\s?？。!！]*",
    re.S,
)

_LONGEST = 100
"""What is asked stands within so many characters from the end, with some of the text before it."""


def split_spoken(text: str) -> tuple[str, str]:
    """A text without what is asked of us behind it, and that question ("" if there is none). What
    may be a sentence of the text stays.

    >>> split_spoken("人员增加。这样写行吗？")
    ('人员增加。', '这样写行吗')
    >>> split_spoken("人员增加；再问一下要写多少字"), split_spoken("走访企业，问需于民。")
    (('人员增加；', '再问一下要写多少字'), ('走访企业，问需于民。', ''))
    """
    typed = clean(text)
    tail = typed[-_LONGEST:]
    match = _TO_US.fullmatch(tail)
    if match is None:
        return text, ""
    at = len(typed) - len(tail) + match.start("ask")
    return typed[:at].rstrip(" ,，\n"), match["ask"]

"""Text as typed, brought to one form: half width, plain spaces, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

from dialogs.understand.cantonese import mandarin
from dialogs.understand.simplified import simplified

_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
)
_VARIANTS = re.compile("[\ufe0e\ufe0f\u20e3]")
_LIST_MARK = re.compile(
    r"^\s*(?:[(（][0-9一二三四五六七八九十]{1,3}[)）][、.．]?|[0-9]{1,2}[、.．](?![0-9])|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳]|[-*•·])\s*"
)


def clean(text: str) -> str:
    """The text without invisible characters, line ends unified, spaces at the ends removed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u3000", " ")
    return _INVISIBLE.sub("", text).strip()


def narrow(text: str) -> str:
    """The cleaned text in half width, for figures and commands.

    >>> narrow("２５８７．０１万元　")
    '2587.01万元'
    """
    return unicodedata.normalize("NFKC", clean(text)).strip()


def simple(text: str) -> str:
    """The text in half width, in simplified characters and without Cantonese words, for reading
    anything but long texts. It is never what is kept.

    >>> simple("沒有，下週五"), simple("１️⃣"), simple("冇做")
    ('没有,下周五', '1', '没有做')
    """
    return mandarin(simplified(narrow(_VARIANTS.sub("", text))))


BETWEEN = " ,，:：。、"
"""What stands between a name and the words behind it."""


def bare_words(text: str) -> str:
    """The text without marks at its ends, as it is compared with commands.

    >>> bare_words("通过！")
    '通过'
    """
    return narrow(text).strip(" 。.!！")


def before_bracket(label: str) -> str:
    """A label without what stands in brackets behind it.

    >>> before_bracket("财政拨款收入合计（决算）")
    '财政拨款收入合计'
    """
    return label.split("（")[0]


def first_clause(text: str) -> str:
    """A text up to its first comma or stop.

    >>> first_clause("2549.57，刚才写错了")
    '2549.57'
    """
    return re.split("[,，。；;]", clean(text))[0]


def without_mark(line: str) -> str:
    """A line without the mark of a list in front.

    >>> without_mark("（3）做好商贸流通"), without_mark("12345热线办理")
    ('做好商贸流通', '12345热线办理')
    """
    return _LIST_MARK.sub("", clean(line), count=1)

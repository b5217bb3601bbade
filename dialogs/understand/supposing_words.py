"""The words for supposed values: 满分, 都做到, 没超, 再多1万."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow

_FULL = re.compile(r"满分|全分|不扣|没扣|没有扣|不会扣|没被扣|不被扣|不丢分|一分不扣")
_EVERY = re.compile(r"都|全|均")
_NO = re.compile(r"^(?:都|全部?|均|还|也)*(?:没|未|不|无|否)")
_POINTS = re.compile(r"[0-9.]+分$")
_RATE = re.compile(r"%|百分|[0-9一二三四五六七八九]成[一二三四五六七八九半]?$")
_MORE = re.compile(r"^(?:再)?(?P<how>增加|提高|减少|降低|多|加|少|减)(?:了|个)?(?P<rest>.+)$")
_LESS = ("减少", "降低", "少", "减")
_PLAIN_VERB = re.compile(
    r"都|全部|全|均|没有|没能|没|未|不存在|不|无|有|还|也|做到|做好|做过|做了|做|开展过|开展|落实|实现|满足|符合|是|了|过|的|能|按要求|按规定|到位|通过|[ABCDEFG、除]"
)


def is_full(words: str) -> bool:
    """Whether full points are supposed.

    >>> is_full("拿满分"), is_full("不扣分"), is_full("都做到")
    (True, True, False)
    """
    return _FULL.search(narrow(words)) is not None


def is_every(words: str) -> bool:
    """Whether all of several things are meant: 都及时, 全部完成."""
    return _EVERY.search(narrow(words)) is not None and "除" not in words


def is_no(words: str) -> bool:
    """Whether something is supposed not to be so.

    >>> is_no("没有"), is_no("都没做到"), is_no("做了")
    (True, True, False)
    """
    return _NO.match(narrow(words)) is not None


def is_points(words: str) -> bool:
    """Whether so and so many points are supposed, such as 3分."""
    return _POINTS.search(narrow(words)) is not None


def is_rate(words: str) -> bool:
    """Whether a percentage is supposed."""
    return _RATE.search(narrow(words)) is not None


def more_or_less(words: str) -> tuple[int, str]:
    """1, -1 or 0 for more than now, less, or a figure of its own; and the figure's words.

    >>> more_or_less("再多1万"), more_or_less("减少2个"), more_or_less("100万")
    ((1, '1万'), (-1, '2个'), (0, '100万'))
    """
    found = _MORE.match(narrow(words))
    if not found:
        return 0, words
    return (-1 if found["how"] in _LESS else 1), found["rest"]


def verb_of(words: str) -> str:
    """What is done, without the words that say nothing of it.

    >>> verb_of("都公开了"), verb_of("全部做到了"), verb_of("都按时完成")
    ('公开', '', '按时完成')
    """
    return _PLAIN_VERB.sub("", narrow(words))


def is_beyond(words: str) -> bool:
    """Whether the words are about going beyond something: 不超, 超了."""
    return "超" in words


def has_figure(words: str) -> bool:
    """Whether a figure or letters stand in the words.

    >>> has_figure("2个"), has_figure("ABD"), has_figure("都做到")
    (True, True, False)
    """
    return re.search(r"[0-9零一二三四五六七八九十百两]|^选?[A-Z、,]+$", narrow(words)) is not None


def characters(words: str) -> frozenset[str]:
    """The characters by which a name is found, without those that say nothing."""
    return frozenset(narrow(words)) - frozenset("的了率 “”\"'【】")


def names_rate(words: str) -> bool:
    """Whether a name is that of a rate, whose value is a percentage.

    >>> names_rate("采购执行率"), names_rate("采购金额")
    (True, False)
    """
    return narrow(words).endswith(("率", "满意度"))


def parts_of(words: str) -> list[str]:
    """The names that are joined by an and.

    >>> parts_of("绩效目标和自评")
    ['绩效目标', '自评']
    """
    return [part for part in re.split(r"和|与|以及|及(?!时)|跟", words) if part]

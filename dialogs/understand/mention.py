"""How people mention a question: by number, by code, by name, with its old figure behind."""

from __future__ import annotations

import re

from dialogs.understand.plain_text import narrow, simple

_NUMBER = re.compile("第?([0-9]{1,3})(?:题|号题?|道题)?")
_WRITTEN = re.compile(
    "第([一二三四五六七八九十]{1,4})(?:题|号|道题)?|([一二三四五六七八九十]{1,4})(?:题|号题)"
)
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}
_ALONE = re.compile("(?<![0-9.])[0-9]{1,3}(?![0-9.]*[0-9]|万|亿|元|%)")
_OLD_FIGURE = re.compile(r"[从由]?(?:的)?[0-9][0-9.,]*(?:%|亿元|万元|亿|万|元|[个件家人份条分])?$")
_CODE = re.compile(
    r"(?:指标)?\s*([A-Za-z])\s*[-—–－_.·]*\s*([0-9])(?:\s*[-—–－_.·]*\s*([0-9]{1,2}))?(?:指标|题)?"
)
_AROUND = re.compile(
    r"^(?:第?[0-9]{1,3}题的?|我们?(?:单位|局|的)?|那个|这个|关于|有关)(?=..)|(?:(?:那|这)(?:一|道|个|块|项|里)*(?:题目?|项|数|块)?|的(?:题|数|金额|答案|内容|值)|题|情况|方面)$"
)
_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》()（）【】\[\]、,，:：·-]")


def bare(said: str) -> str:
    """What was said without brackets and quotes around it.

    >>> bare("【实际采购金额】的")
    '实际采购金额'
    """
    return narrow(said).strip("【】[]「」“”\"' 。的")


def key(name: str) -> str:
    """A name as it is compared: simplified, without marks.

    >>> key("“三公”经费实际支出数") == key("三公經費實際支出數")
    True
    """
    return _MARKS.sub("", simple(name)).lower()


def without_around(said: str) -> str:
    """A name without what people put around it.

    >>> without_around("采购那题"), without_around("我们的结转情况")
    ('采购', '结转')
    """
    typed = said
    while (shorter := _AROUND.sub("", typed).strip(" 的")) != typed and shorter:
        typed = shorter
    return typed


def question_number(said: str) -> int | None:
    """The number of a question, if that is all that was said.

    >>> question_number("第12题"), question_number("第十二题"), question_number("12345工单")
    (12, 12, None)
    """
    match = _NUMBER.fullmatch(bare(said))
    if match:
        return int(match.group(1))
    written = _WRITTEN.fullmatch(bare(said))
    return _written(written[1] or written[2]) if written else None


def target_number(said: str) -> int | None:
    """The same for the target of a command, where 十二 alone is a number too.

    >>> target_number("十二"), target_number("采购")
    (12, None)
    """
    return question_number(said) or question_number(f"第{bare(said)}")


def _written(numeral: str) -> int | None:
    """A number up to 99 in characters."""
    tens, ten, ones = numeral.rpartition("十")
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return 10 * (_DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def code(said: str) -> str:
    """An indicator's code as it is written in the standard, "" where none was said.

    >>> code("b31"), code("B3—1"), code("指标B3"), code("B3-1的"), code("AB")
    ('B3-1', 'B3-1', 'B3', 'B3-1', '')
    """
    match = _CODE.fullmatch(bare(said))
    if match is None:
        return ""
    return f"{match[1].upper()}{match[2]}" + (f"-{match[3]}" if match[3] else "")


def of_other_year(said: str) -> bool:
    """Whether another year is spoken of.

    >>> of_other_year("去年的实际采购金额"), of_other_year("年末结转")
    (True, False)
    """
    return re.search("[去上前明下来次]年", said) is not None


def numbers_in(said: str) -> tuple[int, ...]:
    """All numbers of up to three digits that stand alone in what was said.

    >>> numbers_in("等下，8题不对"), numbers_in("是2587.01万元")
    ((8,), ())
    """
    return tuple(int(found) for found in _ALONE.findall(narrow(said)))


def without_old_figure(said: str) -> str:
    """A name without the figure behind it.

    >>> without_old_figure("实际采购金额98.31万元"), without_old_figure("受理件数从7")
    ('实际采购金额', '受理件数')
    """
    return _OLD_FIGURE.sub("", bare(said)).strip()


def old_figure(said: str) -> str:
    """The figure behind a name, "" where there is none.

    >>> old_figure("实际采购金额98.31万元"), old_figure("受理件数从7"), old_figure("B3-1")
    ('98.31万元', '7', '')
    """
    match = _OLD_FIGURE.search(bare(said))
    if match is None or code(said) or question_number(said) is not None:
        return ""
    return match.group().lstrip("从由的")

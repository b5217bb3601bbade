"""汇总 and 归档 in words: which of them, and of which year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.understand.manners import without_manners


class Sum(StrEnum):
    """What is wanted."""

    SUMMARY = "summary"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class SumWish:
    """`year` None: not said."""

    what: Sum
    year: int | None = None


_LONGEST = 40
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年度|年)?(?:的)?")
_POLITE = (
    r"(?:请|麻烦|帮我|帮忙|给我|发我|我要|我想要?|想要?|要|看看?|看一下|出|做|生成|导出|下载|"
    r"发|来|打|把|再|重新|一份|一个|个|份|一下|现在|目前|马上|[\s,，:：])*"
)
_WHOLE = (
    r"(?:全区|全县|全市|全部|所有|各|整个|本年度?|今年|去年|年度)?(?:的)?(?:单位|部门)?(?:的)?"
    r"(?:整体支出)?(?:绩效)?(?:自评)?(?:核定|复核|得分|评分|成绩|结果|情况)?(?:的)?"
)
_TAIL = r"(?:一下|吧|了|出来|给我|发给我|发我|一份|[\s,，。!！])*"
_SUMMARY = re.compile(
    rf"{_POLITE}{_WHOLE}\s*(?:汇总(?:表|结果|报表|统计|情况|数据)?|总表|总评表|排名(?:表|情况)?|评分汇总表?)\s*{_TAIL}"
)
_ARCHIVE = re.compile(
    rf"{_POLITE}{_WHOLE}\s*(?:资料|材料)?(?:归档|打包归档|存档|(?:电子)?档案(?:打包)?)\s*{_TAIL}"
)


def read_sum(text: str) -> SumWish | None:
    """What a message wants summed up or archived; None for one about other things.

    >>> read_sum("请把2021年度的汇总表发我一下"), read_sum("归档！")
    (SumWish(what=<Sum.SUMMARY: 'summary'>, year=2021), SumWish(what=<Sum.ARCHIVE: 'archive'>, year=None))
    >>> read_sum("汇总怎么看？"), read_sum("通知 全部 请交汇总表")
    (None, None)
    """
    typed = without_manners(text)
    if not typed or len(typed) > _LONGEST:
        return None
    years = _YEAR.findall(typed)
    if len(set(years)) > 1:
        return None
    bare = _YEAR.sub("", typed).strip()
    year = int(years[0]) if years else None
    if _SUMMARY.fullmatch(bare):
        return SumWish(Sum.SUMMARY, year)
    if _ARCHIVE.fullmatch(bare):
        return SumWish(Sum.ARCHIVE, year)
    return None

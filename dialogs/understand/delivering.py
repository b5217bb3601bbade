"""Asking for what was delivered once more: which of its files, of which department and version."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.plain_text import BETWEEN, simple

ALL, REPORT, EVIDENCE = "all", "report", "evidence"
_NOUNS = {
    REPORT: r"自评报告|绩效报告|报告书?|评分表|得分表|报送函",
    EVIDENCE: r"佐证材料|证明材料|支撑材料|材料包|佐证|材料|压缩包",
    ALL: r"报送件|报送的?文件|报送材料|全套材料|全部文件|所有文件|文件",
}
_NOUNS_IN_A_ROW = re.compile(
    rf"(?:{'|'.join(_NOUNS.values())})(?:(?:[、,，和与及跟]|以及|还有)?(?:{'|'.join(_NOUNS.values())}))*"
)
_VERSION = re.compile(r"第?\s*(?P<number>[0-9]{1,2}|[一二两三四五六七八九十])\s*版的?")
_HEAD = re.compile(
    r"(?:请|麻烦|劳烦|帮忙|帮我|帮|给我|把|我想|我要|想要|要|需要|看看|看一下|查看|查一下|下载|调取|调"
    r"|看(?!守)|再(?!生)|重新|重(?!点)|(?:补?发|传)(?!改|展|媒|播)(?:我|给我|一下|来)?|来一份|一份|一次|一遍|一下|最新的?|上次的?|\s)+"
)
_TAIL = re.compile(
    r"(?:再|重新|重|发(?:给我|我|来|过来|一下|一遍|一次|一份)?|传(?:给我|我|来|过来|一下)?|给我|看看|看一下"
    r"|看|下载|一下|一次|一遍|一份|来|过来|吧|呗|呢|谢谢|好吗|行吗|可以吗|[\s?？!！。.,，~])+"
)
_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_LONGEST = 60


@dataclass(frozen=True)
class Wanted:
    """What is asked for: `what` is ALL, REPORT or EVIDENCE, `version` 0 for the last one, `whose`
    the words that may name departments."""

    what: str
    version: int
    whose: str


def read_wanted(text: str) -> Wanted | None:
    """What a message asks to be sent once more; None for any other. Whether `whose` names a
    department at all is for others to say.

    >>> read_wanted("材料 商务局"), read_wanted("请把民政局第2版的报告再发我一下")
    (Wanted(what='evidence', version=0, whose='商务局'), Wanted(what='report', version=2, whose='民政局'))
    >>> read_wanted("发展和改革局的报告和材料").whose, read_wanted("报告").whose
    ('发展和改革局', '')
    >>> read_wanted("退回 第三页的报告写错了")
    """
    typed = simple(text).strip(BETWEEN)
    if not typed or len(typed) > _LONGEST or "\n" in typed:
        return None
    found = _VERSION.search(typed)
    said = typed.replace(found[0], " ", 1).strip(BETWEEN) if found else typed
    nouns = _NOUNS_IN_A_ROW.search(said)
    if nouns is None:
        return None
    before, after = _without_head(said[: nouns.start()]), _without_tail(said[nouns.end() :])
    if before and after:
        return None
    whose = (before or after).strip(BETWEEN)
    return Wanted(_what(nouns[0]), _number(found["number"]) if found else 0, whose)


def _without_head(words: str) -> str:
    head = _HEAD.match(words)
    left = words[head.end() :] if head else words
    return left.strip(BETWEEN).removesuffix("的").strip(BETWEEN)


def _without_tail(words: str) -> str:
    left = words.strip(BETWEEN).removeprefix("的")
    if _TAIL.fullmatch(left):
        return ""
    return left


def _what(nouns: str) -> str:
    kinds = [kind for kind in (REPORT, EVIDENCE) if re.search(_NOUNS[kind], nouns)]
    if len(kinds) != 1 or re.search(_NOUNS[ALL], nouns):
        return ALL
    return kinds[0]


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else _DIGITS[said]

"""Yes and no."""

from __future__ import annotations

import re

from dialogs.understand.manners import without_manners
from dialogs.understand.reading import Ask, Got
from dialogs.understand.yesno_words import FILLERS, NO, YES, has_negation, is_no, is_yes, once

_CLAUSES = re.compile(r"[\s,，。;；、!~()（）:…]+")
_LONGEST = 40
_AGREED = re.compile("是的|对的|有的|没错|确实|对|是")
_DOUBT = re.compile(
    r"[?]|[吧吗么嘛]|应该|可能|大概|大约|好像|似乎|也许|或许|不一定|不确定|不太|不大|估计|恐怕|怕是|感觉|觉得"
    r"|印象|部分|有些|有的[有没]|一些|一点|基本|差不多|大体|大致|大都|多数|个别|少数|算是?|看情况|还是|或"
    r"|要不|要么|除|只有|仅|但|不过|然而|可是|只是|其他|其余|另外|偶尔|有时|正在|准备|打算|计划|即将|快要"
    r"|马上|争取|明年|去年|上年|前年|往年|以前|之前|原来|以后|将来|才怪|骗|玩笑|错了|打错|写错|改成|改为|改一"
    r"|要改|更改|修改|撤|等等|等下|稍等|等我|等会|等一|我查|查一|查查|查下|再查|核实|核对|我问|去问|问问|问一|问下"
    r"|待定|待核|有待|待确|再说|再看|忘|记不|不记|不知|不清|不懂|难说|说不|是不是|有没有|是否|有无|随便|都行"
    r"|元|万|亿|%"
)
# 不多 and the like say how much there is, not that there is none.
_DEGREE = re.compile("不多|不少|不大|不小|不算多|没错|没毛病|没问题|不错")
_FEW = re.compile("只有?(?:[0-9]{1,5}|[一二两三几])(?=[个次项处家件笔])")
_SAID_TWICE = re.compile("(?:没有){2,}")
# What takes a yes back behind a comma.
_AGAINST = re.compile("晚|迟|延|拖|逾|补|差|缺|漏|剩|欠|半|却|虽|尽管|可惜|结果|只|不对|就是")
_HAS = re.compile("[有了过已0-9]|[一二两三四五六七八九十几](?=[个次项处家件笔])")
_AGREES = frozenset(
    [
        "没问题",
        "没有问题",
        "没毛病",
        "没意见",
        "没异议",
        "好滴",
        "好哒",
        "好嘞",
        "行嘞",
        "成",
        "就这样",
        "就是这样",
    ]
)


def read_yesno(text: str) -> Got[bool] | Ask:
    """Yes or no; what is hedged, says both or may mean either (没有问题) is asked about.

    >>> read_yesno("有的。").value, read_yesno("没有超过").value, read_yesno("应该有吧").code
    (True, False, 'ask_yesno')
    >>> read_yesno("有，不多").value, read_yesno("有，没做").code, read_yesno("不是没有").code
    (True, 'ask_yesno', 'ask_yesno')
    """
    said = _said(text, loose=True)
    return Ask("ask_yesno", {"text": text}) if said is None else Got(said)


def says_yes(text: str) -> bool | None:
    """Whether a yes or a no was said to what was just suggested, and nothing else; None for
    anything more or hedged.

    >>> says_yes("好的"), says_yes("不是"), says_yes("应该是吧"), says_yes("没问题")
    (True, False, None, True)
    """
    if without_manners(text) in _AGREES:
        return True
    return _said(text, loose=False)


def _said(text: str, loose: bool) -> bool | None:
    typed = once(without_manners(text).lower())
    if typed in YES or typed in NO:
        return typed in YES
    typed = _SAID_TWICE.sub("没有", _FEW.sub("", typed))
    if len(typed) > _LONGEST or _DOUBT.search(_DEGREE.sub("", typed)):
        return None
    clauses = [_bare(clause) for clause in _CLAUSES.split(typed) if clause]
    while len(clauses) > 1 and clauses[0] in FILLERS:
        clauses = clauses[1:]
    if not clauses:
        return None
    first = _one(clauses[0])
    if first is None or not all(_fits(clause, first, loose) for clause in clauses[1:]):
        return None
    return first


def _one(clause: str) -> bool | None:
    """What one clause says; a mark behind the words must say the same."""
    if is_yes(clause):
        return True
    if is_no(clause):
        return False
    words, mark = clause[:-1], clause[-1:]
    if mark in YES | NO and words and not mark.isalnum() and _one(words) == is_yes(mark):
        return _one(words)
    rest = clause.lstrip("嗯恩哦噢啊呃额那")
    if rest and rest != clause:
        return _one(rest)
    agreed = _AGREED.match(clause)
    return True if agreed and is_yes(clause[agreed.end() :]) else None


def _fits(clause: str, first: bool, loose: bool) -> bool:
    """Whether a clause behind the first says the same, or in a loose reading nothing against it."""
    said = _one(clause)
    if said is not None or clause in FILLERS:
        return said in (None, first) or clause in FILLERS
    if not loose:
        return False
    clause = _DEGREE.sub("", clause)
    if first:
        return not has_negation(clause) and not _AGAINST.search(clause)
    return not _HAS.search(re.sub("没有|没|不是", "", clause))


def _bare(clause: str) -> str:
    """A clause without the sounds at its end."""
    return clause.rstrip("哈哦呢啦哟呀啊哒喔噢呐咯喽耶哩") or clause

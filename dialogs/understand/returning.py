"""What comes back with which words: 退回 C1-2 数对不上；B3-1 合同少了, and how it is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.understand.plain_text import BETWEEN, clean, narrow, without_mark

_VERB = re.compile(r"(?:退回修改|退回|不通过|不同意)[\s,，:：、。]*(?P<rest>.*)", re.S)
_DASH = r"\s?[-－–—‐‑﹣.．_]\s?"
_LETTER = "[A-Za-zＡ-Ｚａ-ｚ]"
_CODE = (
    rf"{_LETTER}\s?\d{{1,2}}{_DASH}\d{{1,2}}(?![0-9A-Za-z-])|{_LETTER}\d{{1,2}}(?![0-9A-Za-z.－-])"
)
_QUESTION = r"第\s?\d{1,3}\s?题|【\d{1,3}】"
_DASHES = re.compile(_DASH)
_PARTS = re.compile(r"[\n；;]+")
_JOINING = re.compile(r"[\s,，、和及与/]*")
# What stands before another code when that is only spoken about: 与B4-1不一致.
_SPEAKING_OF = ("和", "与", "跟", "同", "比", "对照", "参照", "见", "及")
_WHOLE = {"整份", "整份退回", "全部", "全部退回", "整张表", "整个", "都退回"}
_NONE = {"去掉", "不要了", "删掉", "不退这处", "不算", "算了这处"}
_DONE = re.compile(
    r"(?:已经|都)?(?:没问题|没有问题|改好了|已改好|改完了|不用改|核对过了|已核对|核对无误|无误)"
    r"(?:了)?(?:[\s,，:：、。;；]+(?P<reply>.*))?",
    re.S,
)
_AGREED = {"对", "是", "好", "可以", "行", "对的", "是的", "好的", "下一处", "确认"}


@dataclass(frozen=True)
class Mention:
    """One thing that is to come back: as it was said, what was meant ("" if nobody knows) and
    the words about it."""

    said: str
    target: str
    words: str = ""


@dataclass(frozen=True)
class Points:
    """What was mentioned, in order, and the words that stood before all of it."""

    mentions: tuple[Mention, ...]
    preface: str = ""


def read_return(text: str) -> str | None:
    """What stands behind 退回; None for any other message.

    >>> read_return("退回：C1-2 数对不上"), read_return("通过")
    ('C1-2 数对不上', None)
    """
    match = _VERB.fullmatch(clean(text))
    return match["rest"].strip() if match else None


def read_points(text: str, known: Mapping[str, str]) -> Points:
    """What is mentioned at the start of each line or clause, with its words. `known` maps codes,
    names and 第12题 to what they mean.

    >>> read_points("C1-2 数对不上；B3-1 合同少了", {"C1-2": "C1-2", "B3-1": "B3-1"}).mentions[1]
    Mention(said='B3-1', target='B3-1', words='合同少了')
    """
    names = sorted((re.escape(n) for n in known if not n.isascii()), key=len, reverse=True)
    head = re.compile("|".join([_CODE, _QUESTION, *names]))
    found: list[Mention] = []
    preface: list[str] = []
    for part in _PARTS.split(clean(text)):
        before, mentions = _of_part(without_mark(part), head, known)
        if before and found:
            # A clause that names nothing goes on about what was named last.
            found[-1] = replace(found[-1], words=_joined(found[-1].words, before))
        elif before:
            preface.append(before)
        found += mentions
    return _with_words(found, "；".join(preface))


def meant_by(said: str, known: Mapping[str, str]) -> str:
    """What a code, a name or a number of a question means; "" if nobody knows."""
    plain = _DASHES.sub("-", narrow(said)).replace(" ", "").strip("【】。.第题")
    return known.get(plain.upper(), "") or known.get(narrow(said).strip(" 。."), "")


def says_whole(text: str) -> bool:
    """Whether the whole form is meant."""
    return narrow(text).strip(" 。.!") in _WHOLE


def says_leave_out(text: str) -> bool:
    """Whether what is not clear is to be left out."""
    return narrow(text).strip(" 。.!") in _NONE


def read_done(text: str) -> str | None:
    """The answer to a returned point behind 改好了 or 没问题, perhaps empty; None if it was not
    said.

    >>> read_done("改好了，差额是年中追加"), read_done("没问题"), read_done("没问题的项目有3个")
    ('差额是年中追加', '', None)
    """
    match = _DONE.fullmatch(clean(text).rstrip("。.!！"))
    return (match["reply"] or "").strip() if match else None


def says_next(text: str) -> bool:
    """Whether a short yes was said."""
    return narrow(text).strip(" 。.!") in _AGREED


def _of_part(
    part: str, head: re.Pattern[str], known: Mapping[str, str]
) -> tuple[str, list[Mention]]:
    """The words before the first mention of a clause, and its mentions with theirs."""
    heads = [match for match in head.finditer(part) if _is_head(part, match, known)]
    if not heads:
        return part.strip(BETWEEN), []
    found: list[Mention] = []
    ends = [match.start() for match in heads[1:]] + [len(part)]
    for match, end in zip(heads, ends, strict=True):
        words = part[match.end() : end]
        said = match.group().strip()
        joins = end < len(part) and _JOINING.fullmatch(words)
        found.append(Mention(said, meant_by(said, known), "" if joins else _bare(words)))
    for at in range(len(found) - 2, -1, -1):
        between = part[heads[at].end() : ends[at]]
        if not found[at].words and _JOINING.fullmatch(between):
            found[at] = replace(found[at], words=found[at + 1].words)
    return part[: heads[0].start()].strip(BETWEEN), found


def _is_head(part: str, match: re.Match[str], known: Mapping[str, str]) -> bool:
    """Whether something is named here, not only spoken of."""
    before = part[: match.start()]
    said = match.group()
    if not meant_by(said, known) and not re.search(r"\d\s?\D\s?\d|题|】", said):
        return False
    if not before:
        return True
    if before.rstrip().endswith(_SPEAKING_OF):
        return bool(re.search(rf"(?:{_CODE}|{_QUESTION})[\s,，、和及与/]*$", before))
    return before[-1] in BETWEEN or before[-1].isspace() or before[-1] in "/（("


def _with_words(found: list[Mention], preface: str) -> Points:
    """Words that stand only before what is named are the words about it."""
    if preface and found and not any(mention.words for mention in found):
        return Points(tuple(replace(mention, words=preface) for mention in found))
    return Points(tuple(found), preface)


def _bare(words: str) -> str:
    return words.strip(BETWEEN + "；;\n的")


def _joined(first: str, second: str) -> str:
    return "；".join(part for part in (first, second) if part)

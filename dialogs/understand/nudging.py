"""Whom a coordinator wants to be reminded: 催办 科工商务局, 催办 落后的, 催审核人 民政局."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.understand.manners import without_manners
from dialogs.understand.plain_text import BETWEEN, simple


class Group(StrEnum):
    """Forms that are named by how they stand."""

    BEHIND = "behind"  # 落后的
    IDLE = "idle"  # 没动的
    LATE = "late"  # 逾期的
    OPEN = "open"  # 没报的


@dataclass(frozen=True)
class Call:
    """What a message asks for: `said` are the names of departments with the words to go along;
    of a group only the words. `of_reviewer`: their reviewers are to be reminded."""

    said: str = ""
    group: Group | None = None
    of_reviewer: bool = False


_LONGEST = 300
_ASKED = re.compile(
    r"(?:请|帮我|帮忙|麻烦(?:你)?|我要|给我|再|去)*(?:催办|催报|催一下|催一催|催催|催促|督促|督办|提醒(?=\s|[,:一审领全所各落没未逾])|催)(?:一下|下|一催)?"
    r"(?P<whom>审核人|审核领导|审核人员|领导|审批人)?(?:审核|审批)?(?P<rest>.*)",
    re.S,
)
_TURNED = re.compile(
    r"(?:把|给|对)?(?P<rest>[^,。;]{2,24}?)(?:都|全)?(?:再)?(?:催办|催报|催|提醒)(?:一下|一遍|下)?(?:吧|了)?"
)
_EACH = r"(?:全部|所有|各个?|那些|这些)?(?:的)?"
_THEM = r"(?:的|者)?(?:那)?(?:几个|几家|些)?(?:单位|部门|局)?"
_GROUPS = {
    Group.BEHIND: r"(?:进度)?(?:落后|滞后|拖后腿|太慢|偏慢|慢|靠后|跟不上)",
    Group.IDLE: r"(?:还|一直|都)?(?:没有?|未|一题(?:都|也)?没|一道(?:都|也)?没)(?:动过|动笔|动静|动|开始|启动|填过|开工)",
    Group.LATE: r"(?:已经?)?(?:逾期|过期|超期|迟到|迟|到期(?:了)?没报|过了?截止(?:日期|时间)?(?:还)?(?:没报)?)",
    Group.OPEN: r"(?:还|一直|都)?(?:没有?|未)(?:报送?|交|送审|完成|填完|填好)",
}
_GROUP = tuple(
    (group, re.compile(f"{_EACH}(?:{words}){_THEM}")) for group, words in _GROUPS.items()
)
_NOT_A_NAME = re.compile(r"别|不要|不用|我|怎么|什么|为什么|谁|明天|今天|这周|下周|哪")


def read_call(text: str) -> Call | None:
    """What a coordinator's message says about reminding others; None for one about other things.

    >>> read_call("催办 科工商务局"), read_call("催办落后的").group
    (Call(said='科工商务局', group=None, of_reviewer=False), <Group.BEHIND: 'behind'>)
    >>> read_call("催审核人 民政局").of_reviewer, read_call("进度")
    (True, None)
    """
    typed = simple(text).strip(" 。.!！~")
    if len(typed) > _LONGEST:
        return None
    asked = _ASKED.fullmatch(typed)
    if asked is None:
        return _turned(without_manners(text))
    rest = asked["rest"]
    if _NOT_A_NAME.match(rest.strip(BETWEEN)):
        return None
    return _call(rest, bool(asked["whom"]))


def _turned(typed: str) -> Call | None:
    """落后的都催一下, 给民政局催办."""
    match = _TURNED.fullmatch(typed)
    if match is None or _NOT_A_NAME.search(match["rest"]):
        return None
    return _call(match["rest"], of_reviewer=False)


def _call(rest: str, of_reviewer: bool) -> Call:
    bare = rest.strip(BETWEEN)
    for group, pattern in _GROUP:
        if match := pattern.match(bare):
            return Call(bare[match.end() :].strip(BETWEEN), group, of_reviewer)
    return Call(bare, None, of_reviewer)

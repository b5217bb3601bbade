"""What people ask about all forms at once: 进度, 谁没动, 需要留意的, 名单, 导出, 进度图, 周报."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.understand.manners import without_manners
from dialogs.understand.plain_text import BETWEEN


class Topic(StrEnum):
    """What is asked for."""

    PROGRESS = "progress"  # 进度, of all or of those that are named
    ABOUT = "about"  # 民政局怎么样了: like 进度, if it names a department at all
    AMISS = "amiss"  # 需要留意的, or one kind of it
    IDLE = "idle"  # 谁没动
    OWED = "owed"  # 谁还没报
    THERE = "there"  # 谁报了
    CHANGES = "changes"  # 有什么变化
    PEOPLE = "people"  # 名单
    EXPORT = "export"  # 导出
    PICTURE = "picture"  # 进度图
    WEEKLY_ON = "weekly_on"  # 周报
    WEEKLY_OFF = "weekly_off"  # 不要周报


@dataclass(frozen=True)
class Asked:
    """A topic with the names of departments as said; `kind` is the trouble that is asked about
    ("" for any), `days` for how many working days nothing is to have happened (0: not said)."""

    topic: Topic
    said: str = ""
    kind: str = ""
    days: int = 0


_LONGEST = 60
_SEE = r"(?:麻烦(?:你|您)?|请|帮我|帮忙|我想|我要|给我)*(?:查一下|查询?|看一下|看看|查看|看|显示|发一下|发|要|来|生成|画)?(?:一下|给我)?(?:一?[个份张])?"
_ENDS = " 。.!！?？~…"
_WHO = r"(?:还)?(?:有)?(?:谁|哪些?(?:个|几个|几家)?(?:单位|部门|人)?|几个(?:单位|部门)?|单位|部门)?"
_THEM = r"(?:的|过的?)?(?:有)?(?:单位|部门|名单|有哪些|有谁|有几个|是谁|是哪些)?"
_NOT = r"(?:还|都|一直|仍然?|至今)?(?:没有?|未|不)"
_NUMERALS = {char: n for n, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_AGO = (
    r"(?:(?:近|最近|连续|超过|已经?|有)?(?P<days>[0-9]{1,2}|[一两二三四五六七八九十])"
    r"(?:个)?(?:工作日|天|日)(?:以上|以来|内|都|了)?|(?P<week>(?:近|最近)?(?:这|本|一)(?:个)?(?:周|星期|礼拜))(?:以来|都)?)?"
)
_IDLE = re.compile(
    rf"{_WHO}{_AGO}{_NOT}(?:动静|动过?|动作|开始(?:填报?)?|启动|填过?|开工|进展|变化|起步){_THEM}"
    rf"|(?:没有?|无)动静{_THEM}|一[题道](?:都|也)?没填{_THEM}"
)
_HANDED_IN = r"(?:报(?:送|上来|过来|来|齐|到)?|交(?:上来|过来|来|齐|卷)?|提交|上报|报送?财政|完成|填完|做完|搞定)"
_OWED = re.compile(
    rf"{_SEE}(?:现在|目前)?(?:还)?(?:有|差|缺|剩)?{_WHO}{_NOT}{_HANDED_IN}(?:了|的|过)?{_THEM}"
    rf"|{_SEE}(?:还)?(?:差|缺|剩|欠)(?:谁|几[家个]|{_WHO}){_HANDED_IN}?(?:没)?(?:了)?"
)
_THERE = re.compile(
    rf"{_SEE}(?:今天|现在|目前|都|已经?)*(?:有)?(?:谁|哪些?(?:个|几个|几家)?(?:单位|部门)?|几[家个](?:单位|部门)?|多少(?:家|个)?(?:单位|部门)?)"
    rf"(?:都|已经?)*{_HANDED_IN}(?:了|过)?|(?:已经?)?{_HANDED_IN}了?(?:几[家个]|多少(?:家|个)?)(?:单位|部门)?(?:了)?|已(?:报送?|提交|上报)的?{_THEM}"
)
_KINDS = {
    "": r"(?:需要|要)?(?:留意|注意|关注)|(?:有)?(?:问题|风险|情况不对)",
    "late": r"(?:已经?)?(?:逾期|超期|过期|迟交|晚了|拖期)",
    "nobody": r"(?:没有?|无|缺)(?:填报人|联系人|人填报?|人)",
    "blocked": r"(?:数字|数据)?(?:对不上|矛盾|有矛盾|打架|不一致|勾稽(?:有)?问题|勾稽不过)",
    "falling": r"(?:分数|得分)?(?:下降|降了|掉了|变低|减少|降分|掉分|往下掉)",
    "stuck": r"(?:卡住|卡着|卡|停住|停着|停滞|没进展|不动)",
    "unproved": r"(?:有分)?(?:没有?|缺|少|无)(?:佐证)?(?:材料|佐证|证据)",
}
_AMISS = tuple(
    (kind, re.compile(rf"{_SEE}{_WHO}(?:{words})(?:了)?{_THEM}")) for kind, words in _KINDS.items()
)
_OFF = r"(?:不要|不用|取消|停发?|退订|别发|别再发|不想(?:要|收|看)|不再|关闭|关掉|不需要|不订)(?:再)?(?:发|收|订阅|给我发?)?"
_ON = r"(?:要|我要|想要|订|订阅|开通|打开|恢复|每周(?:发|给)?(?:我)?|需要|发)?(?:一份)?"
_WEEKLY = r"(?:每周)?(?:周报|一周简报|每周简报)(?:了)?"
_FIXED: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (Topic.OWED, _OWED),
    (Topic.THERE, _THERE),
    (Topic.WEEKLY_OFF, re.compile(rf"{_OFF}{_WEEKLY}|周报(?:不要|取消|退订)了?")),
    (Topic.WEEKLY_ON, re.compile(rf"{_ON}{_WEEKLY}")),
    (Topic.PICTURE, re.compile(rf"{_SEE}(?:全区|总体)?(?:进度|总览|全景|一览)图(?:片)?|图")),
    (
        Topic.CHANGES,
        re.compile(
            rf"{_SEE}(?:今天|昨天|最近|这两天)?(?:有)?(?:什么|哪些|啥)?(?:新)?(?:变化|动静|进展|新情况)"
        ),
    ),
)
_EXPORT = re.compile(
    rf"(?:导出|下载){_SEE}(?P<rest>.*)"
    r"|(?:要|发|给我)?(?:一份|个|张)?(?:全部|全区)?(?:的)?(?:进度|名单|总)?(?:表格|进度表|明细表?|名单表|excel|xlsx)(?:发给我|导出)?"
    r"|(?:进度|名单|数据)导出",
    re.I,
)
_LIST = r"(?:人员|单位|联系人?|填报人|审核人|部门)?(?:名单|花名册|通讯录)"
_PEOPLE = re.compile(rf"{_SEE}{_LIST}[\s,:]*(?P<behind>.*)|(?P<before>.{{2,40}}?)(?:的)?{_LIST}")
_STATE = r"(?:填报|自评|总体|整体|全区|现在的?)?(?:进度|进展)(?:情况)?"
_PROGRESS = re.compile(rf"{_SEE}{_STATE}(?:怎么样了?|如何|呢)?(?:[\s,:]*(?P<behind>.*))?")
_ABOUT = re.compile(
    rf"{_SEE}(?P<before>.{{2,40}}?)(?:的)?(?:{_STATE}|情况)?(?:现在)?"
    r"(?:怎么样了?|如何了?|呢|填到哪(?:里|儿)?了?|到哪(?:一步)?了?|填得怎么样了?|填完了?(?:没有?|吗)|交了?(?:没有?|吗))?"
)


def read_look(text: str) -> Asked | None:
    """What a message asks to see; None for one about other things.

    >>> read_look("进度 民政局"), read_look("谁３天没动？").days
    (Asked(topic=<Topic.PROGRESS: 'progress'>, said='民政局', kind='', days=0), 3)
    >>> read_look("谁逾期了").kind, read_look("不要周报").topic, read_look("通过")
    ('late', <Topic.WEEKLY_OFF: 'weekly_off'>, None)
    """
    typed = without_manners(text).strip(_ENDS)
    if not typed or len(typed) > _LONGEST or "\n" in typed:
        return None
    return _idle(typed) or _fixed(typed) or _amiss(typed) or _named(typed)


def read_name(text: str) -> Asked | None:
    """A department with words behind it that ask about it, or nothing but its name: to be asked
    of what nothing else has understood.

    >>> read_name("民政局填到哪了").said
    '民政局'
    """
    typed = without_manners(text).strip(_ENDS)
    match = _ABOUT.fullmatch(typed) if 0 < len(typed) <= _LONGEST else None
    return Asked(Topic.ABOUT, match["before"].strip(BETWEEN)) if match else None


def _idle(typed: str) -> Asked | None:
    match = _IDLE.fullmatch(typed)
    if match is None:
        return None
    said = match["days"] or ("5" if match["week"] else "0")
    return Asked(Topic.IDLE, days=int(said) if said.isdigit() else _NUMERALS[said])


def _fixed(typed: str) -> Asked | None:
    topic = next((topic for topic, pattern in _FIXED if pattern.fullmatch(typed)), None)
    if topic is not None:
        return Asked(topic)
    return Asked(Topic.EXPORT) if _EXPORT.fullmatch(typed) else None


def _amiss(typed: str) -> Asked | None:
    found = next((kind for kind, pattern in _AMISS if pattern.fullmatch(typed)), None)
    return None if found is None else Asked(Topic.AMISS, kind=found)


def _named(typed: str) -> Asked | None:
    if match := _PEOPLE.fullmatch(typed):
        return Asked(Topic.PEOPLE, (match["behind"] or match["before"] or "").strip(BETWEEN))
    if match := _PROGRESS.fullmatch(typed):
        return Asked(Topic.PROGRESS, (match["behind"] or "").strip(BETWEEN))
    return None

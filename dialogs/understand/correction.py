"""Corrections in words: which answer is meant, and the new value where it came with it."""

from __future__ import annotations

import re

from dialogs.understand.politeness import BEFORE
from dialogs.understand.spoken import LAST, Command

_LONGEST_TARGET = 30
_NUMERAL = "[0-9]{1,3}|[一二三四五六七八九十百]{1,4}"
_SLIP = r"(?:填|写|选|答|输入?|报|搞|弄|打|算|说|记|发|录)"
_WRONG = rf"(?:不对|不是的|(?:全|都|又)?{_SLIP}?错(?:了|啦|的|掉了)?|有误|不正确|{_SLIP}反了)"
_TO = (
    r"(?:改成了?|改为|改到|改做|更正为|更正成|修改为|修改成|修正为|调整为|调整成|调整到|调到|提高到|增加到|降到|减到|换成|换为|变成|变更为|订正为|"
    r"应该是|应当是|应是|应该为|应为|应当为|应该填|应该写|应该选|应该改成|应该改为|其实是|正确的?(?:应该)?是|(?<!修)(?<!更)改(?=[\s:：]*[-0-9]))"
)
_IS = rf"(?:{_TO}|应该|应当|该是|要是|得是|是|为|改)"
_JUST = (
    r"(?:刚才|刚刚|方才|上一?个|上面|上一(?:题|条|个|项)|前一(?:个|题|条)|刚)(?:我)?(?:填|写|发|报|说|答|输入?|打|回|选)?"
    r"(?:的|那个|那一?题|那个数|那条|那项|这个|个|题|条|项|数|一个|了|答案)*"
)
_SORRY = r"(?:(?:哦|噢|啊|呃|嗯|哎呀?|唉|等等|等下|等一下|抱歉|不好意思|对不起|看错了?|sorry)[\s,，。!！]*+)*+"
_GAP = r"[\s,，、。;；!！:：]*+"
_FIGURE = r"(?:百分之)?-?[0-9][0-9.,]*+\s*+(?:万亿|亿元|万元|千元|亿|万|元|块钱?|%|[个件家人份条分项])?(?:[0-9.]++\s*+(?:万元|元|万|块)?)*+"

_LAST_TO = re.compile(
    rf"{_SORRY}(?:{_JUST}(?:我)?(?:{_WRONG})?|{_WRONG}|不是){_GAP}(?:我)?{_IS}\s*[:：]?\s*(?P<value>.+)",
    re.S,
)
_ONLY_TO = re.compile(
    rf"{_SORRY}(?:改成|改为|更正为|应改为|修改为|换成)\s*[:：]?\s*(?P<value>.+)", re.S
)
_NOT_BUT = re.compile(
    rf"{_SORRY}(?P<target>[^\n,，。]{{0,30}}?)(?:不应该是|不该是|不应是|不是|错写成了?|错填成了?|误填为?|误写为?|写成了?|填成了?|写的是|填的是)"
    rf"\s*(?P<old>[^,，。;；\n]{{1,30}}?){_GAP}(?:而)?(?:应该是|应当是|应该为|应为|应是|该是|要是|改成|改为|是)\s*(?P<value>.+)",
    re.S,
)
_WRONG_IS = re.compile(
    rf"{_SORRY}(?P<target>[^,，。\n]{{1,30}}?)(?:那一?题|那个|这个|那项|的|我|都|给)*{_WRONG}{_GAP}{_IS}\s*[:：]?\s*(?P<value>.+)",
    re.S,
)
_WRONG_NAMED = re.compile(
    rf"{_SORRY}{BEFORE}(?P<group>[^,，。\n]{{1,20}}?)(?:那一?题|那个|这个|那项|的数|的金额|的|我|都)*{_WRONG}[\s,，。、;；]+(?P<name>[^0-9,，。\n]{{2,16}}?)(?:应该是|应该|应为|应是|改成|改为|是|为)\s*(?P<value>[^\n]*[0-9][^\n]*)"
)
_BUT_NOT = re.compile(
    rf"{_SORRY}(?P<target>[^0-9\n,，。]{{0,30}}?)(?:应该是|应为|是|为)?\s*(?P<value>{_FIGURE}){_GAP}(?:而)?不是\s*(?P<old>{_FIGURE})(?:的)?"
)
_ARROW = re.compile(
    r"(?:把|将)?(?P<target>[^\n]{1,40}?)\s*(?:→|⇒|➡️?|-+>|=+>|—+>|——+)\s*(?P<value>[^\n]+)"
)
_TO_VALUE = re.compile(
    rf"{_SORRY}(?P<wrong>{_WRONG}{_GAP})?{BEFORE}(?:(?:修改|更正|更改|把|将)\s*)?(?P<target>[^\n]{{1,60}}?)(?:的(?:数|金额|数字|答案|值))?\s*{_TO}\s*[:：]?\s*(?P<value>.+)",
    re.S,
)
_MEND = re.compile(
    rf"(?:更正|更改|修正|纠正|改正|订正|勘误|修改|更新)(?:一下|下)?[\s:：,，]+(?P<target>(?=[^0-9]*[\u4e00-\u9fff])\S[^\n,，。]{{0,30}}?)\s*(?:是|为|应该是|:|：|=)?\s*(?P<value>{_FIGURE})"
)
_MEND_NUMBER = re.compile(
    rf"{BEFORE}(?:修改|更正|改)\s+第?(?P<target>[0-9]{{1,3}}|[A-Ca-c][0-9]\s?[-—–]?\s?[0-9])题?[\s:：,，=]+(?P<value>.*[0-9A-Za-z].*)"
)
_NUMBER_IS = re.compile(
    rf"(?P<not>不对{_GAP})?第?\s*(?P<target>{_NUMERAL})\s*号?题\s*(?:的)?(?:答案|数|金额)?\s*(?:应该是|应该填|应该选|应为|改成|改为|改|是|填|写|选|为|:|：|=|,|，|\s)+(?P<value>[^\n]+)"
)
_VALUE = re.compile(
    r"[0-9A-Za-z①-⑳]|^(?:是|否|有|没有|没|无|对|不是|都没有|都有|全部|全都|都是)[。.]?$"
)
_NOT_OLD = re.compile(r"\s*[,，、]?(?:而)?不是.{1,30}$")
_ENDING = re.compile(r"(?:才对|才是|吧|哈|哦|呀|啊|的)+$")
_MINE_ALONE = re.compile(r"(?:刚才|刚刚|上面|前面|我|那个|这个|填|写|的)*")
_SEVERAL = re.compile(r"[,，。;；\n]|[0-9万亿元%]\s+\D{2}")
_MINE = re.compile(
    r"^(?:我?(?:刚才|刚刚|前面|之前|上面)?(?:填|写|报|答|说|发)的|刚才的?|刚刚的?|从|由|那个)(?=.{2})"
)
_CODE_START = re.compile(r"[A-Za-z][0-9]*[-—]?")


def read_setting(typed: str) -> Command | None:
    """A correction with its new value; `target` is the old figure where nothing else was named,
    `LAST` where not even that was.

    >>> read_setting("实际采购金额不是98.31是98.5万")
    Command(name='set', target='实际采购金额', value='98.5万')
    >>> read_setting("98.31万写错了应该是98.5万").target, read_setting("不对，是98.5万").target
    ('98.31万', '刚才')
    >>> read_setting("更正：计划100万"), read_setting("应该是98.5万")
    (Command(name='set', target='计划', value='100万'), None)
    """
    return _of_last(typed) or _of_number(typed) or _of_old(typed) or _of_name(typed)


def is_figure(value: str) -> bool:
    """Whether a value is nothing but a figure with its unit.

    >>> is_figure("98.5万元"), is_figure("自动统计")
    (True, False)
    """
    return re.fullmatch(_FIGURE, value.strip(" 。.")) is not None


def _set(target: str, value: str, *, old: str = "", spaced: bool = False) -> Command | None:
    value = _NOT_OLD.sub("", value).strip()
    short = _ENDING.sub("", value).strip(" ,，。")
    target = _MINE.sub("", target.strip(" ,，、:：")).strip()
    if not target or not (short or value) or len(target) > _LONGEST_TARGET:
        return None
    if _SEVERAL.search(target):  # what stands in front is an answer of its own
        return None
    return Command("set", target, short or value, spaced=spaced, old=old.strip())


def _of_last(typed: str) -> Command | None:
    match = _ONLY_TO.fullmatch(typed) or _LAST_TO.fullmatch(typed)
    return _set(LAST, match["value"], spaced=True) if match else None


def _of_number(typed: str) -> Command | None:
    """第12题应该是3; of 第10题是去年的数 only that question 10 is spoken of is certain."""
    match = _MEND_NUMBER.fullmatch(typed)
    if match:
        return _set(match["target"], match["value"], spaced=True)
    match = _NUMBER_IS.fullmatch(typed)
    if match is None or _is_name(match["value"]):
        return None
    if _VALUE.search(match["value"]):
        return _set(match["target"], match["value"], spaced=True)
    return Command("edit", match["target"], match["value"].strip(), spaced=True)


def _is_name(value: str) -> bool:
    """Whether the words behind a number say what is to be done with the question."""
    return (
        re.match(
            r"(?:一?下|重|再|要|不|没|错|改|填错|写错|怎么|什么|为|谁|让|给|转|交|跳|先|就)", value
        )
        is not None
    )


def _of_old(typed: str) -> Command | None:
    match = _NOT_BUT.fullmatch(typed)
    if match and (match["target"] or re.search("[0-9]", match["old"])):
        target, old = match["target"], match["old"]
        clear = bool(re.search("[0-9]", old + match["value"]))
        return _set(target or old, match["value"], old=old if target else "", spaced=clear)
    match = _BUT_NOT.fullmatch(typed)
    if match and not re.search("是不是|为什么|怎么", match["target"]):
        target = match["target"]
        return _set(target or match["old"], match["value"], old=match["old"], spaced=True)
    match = _WRONG_NAMED.fullmatch(typed)
    if match and not re.fullmatch("应该|正确的?|其实", match["name"]):
        name = (
            match["name"]
            if _MINE_ALONE.fullmatch(match["group"])
            else _MINE.sub("", match["group"]) + match["name"]
        )
        return _set(name, match["value"], spaced=True)
    match = _WRONG_IS.fullmatch(typed)
    if match:
        return _set(match["target"], match["value"], spaced=True)
    match = _ARROW.fullmatch(typed)
    if match and re.search("[0-9]", match["value"]):
        return _set(match["target"], match["value"])
    return None


def _of_name(typed: str) -> Command | None:
    match = _TO_VALUE.fullmatch(typed)
    if match:
        return _set(match["target"], match["value"], spaced=bool(match["wrong"]))
    match = _MEND.fullmatch(typed)
    if match and match["target"] != "第" and not _CODE_START.fullmatch(match["target"]):
        return _set(match["target"], match["value"], spaced=True)
    return None

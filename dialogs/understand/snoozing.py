"""When people want to be reminded: 明天上午9点再提醒我, 下周一提醒, 这周别提醒, 恢复提醒."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from dialogs.understand.clock import Clock, read_clock
from dialogs.understand.manners import without_manners


class Want(StrEnum):
    """What somebody wants."""

    AT = "at"  # to be reminded at a moment, and not before
    QUIET = "quiet"  # nothing until a day is over
    RESUME = "resume"  # what was said about it before is over
    LOOK = "look"  # to know how it stands
    VAGUE = "vague"  # to be reminded or left alone, it isn't clear until when
    NEVER = "never"  # never again


@dataclass(frozen=True)
class Wish:
    """What a message says about reminders. `day` is a day as typed ("" today), `clock` the time of
    the day, `minutes` from now, `working` working days from now. Of quiet, `span` is what it lasts
    (today, week, month; next for what has not begun: its `day`, or the end of so many `weeks` or
    `months` with this one), `days` a number of days, `before` that the
    day named is not quiet any more."""

    want: Want
    day: str = ""
    clock: Clock | None = None
    minutes: int = 0
    working: int = 0
    span: str = ""
    days: int = 0
    weeks: int = 0
    months: int = 0
    before: bool = False


_LONGEST = 40
_GAPS = re.compile(r"[\s,，。.!！、~:：]+(?=\D|$)|(?<=\D)[\s,，。!！、~]+")
_MANNERS = re.compile(
    r"^(?:请问|请|麻烦(?:你|您)?|劳烦|拜托|能不能|能否|可不可以|可以|帮忙|帮我|给我|我要|我想|我希望|希望|那就?|就|先|到时候?|记得|设(?:置)?(?:个|一个)?|定个|好的?|嗯|行)+"
)
_TAIL = re.compile(
    r"(?:吧|了|啦|啊|呀|哈|哦|喔|嘛|呗|哟|谢谢(?:你|您)?|可以吗|行吗|好吗|好不好|行不行|一下|一声|下)+$"
)
_VERB = r"(?:提醒|提示|催办?|叫|喊|通知|找|问|联系|ping)"
_ME = r"(?:一下|下|一声|我|咱|我们)*"
_WHAT = r"(?:来)?(?:填报?|继续填?|写|弄|报送?|做|这事|这个事|这件事|自评)?(?:的事)?"
_NOT = r"(?:别|不要|不用|不必|勿|莫|休|甭|停止|暂停)"
_BOTHER = (
    r"(?:再|老是?|总是?|一直|来|给我|给|跟|都)*(?:提醒|催办?|打扰|烦|吵|发消息|发提醒|发信息|推送)"
)
_QUIET_WORDS = r"(?:免打扰|静音|勿扰|不提醒|停提醒|关(?:闭|掉)?提醒)"
_RESUME = re.compile(
    r"(?:恢复|继续|重新|打开|开启|开|重启|照常|正常|按原计划|按计划)(?:正常|开始)?(?:的)?(?:提醒|催办|催)(?:我)?(?:功能)?"
    r"|(?:取消|解除|关闭|结束|不要)(?:免打扰|静音|勿扰|暂停提醒|暂停)"
    r"|可以(?:继续|重新|再)?(?:提醒|催)(?:我)?|提醒(?:可以)?(?:恢复|打开|开启)|(?:又|还是)(?:要|提醒)(?:提醒)?我?"
)
_LOOK = re.compile(
    r"(?:我的)?提醒(?:我)?(?:设置|安排|时间|计划|情况|状态)?"
    r"|(?:下次|下一次)?(?:什么时候|何时|几时|哪天|几点)(?:会|再|要|来)?提醒我?|(?:下次|下一次)(?:提醒)?(?:是)?(?:什么时候|何时|哪天|几点)?提醒?"
)
_NEVER = re.compile(
    rf"(?:以后|永远|从此|今后|再也|往后|一直)(?:都|也)?{_NOT}{_BOTHER}{_ME}|(?:关闭|关掉|取消|停掉|停止|退订)(?:所有|全部|一切|以后)?(?:的)?提醒(?:功能)?"
)
_ALONE = re.compile(rf"{_NOT}{_BOTHER}{_ME}|{_QUIET_WORDS}|(?:先)?暂停(?:一下)?(?:提醒)?")
_AT = (
    re.compile(
        rf"(?P<when>.{{1,24}}?)(?:的时候|时候|时)?(?:再|才|来|又|给我|请)*{_VERB}{_ME}(?:{_WHAT})?"
    ),
    re.compile(
        rf"(?:再)?提醒(?:一下)?(?:我)?(?:在|到|于)?(?P<when>.{{1,24}}?)(?:再|来|要)?{_WHAT}"
    ),
    re.compile(r"(?P<when>.{1,24}?)(?:的|再来)提醒"),
)
_QUIET = (
    re.compile(rf"(?:在|从现在)?(?P<when>.{{1,16}}?){_NOT}{_BOTHER}{_ME}"),
    re.compile(
        rf"(?:{_NOT}{_BOTHER}{_ME}|{_QUIET_WORDS}|暂停(?:提醒)?)(?P<when>.{{1,16}}?)(?:再说|再来|再提醒我?)?"
    ),
    re.compile(rf"(?P<when>.{{1,16}}?){_QUIET_WORDS}"),
)
_NUMERAL = {
    **dict(zip("一二三四五六七八九十", range(1, 11), strict=True)),
    "两": 2,
    "俩": 2,
    "半": 0,
}
_N = r"(?P<n>\d{1,3}|[一二两俩三四五六七八九十])"
_HOURS = re.compile(
    rf"(?:过)?(?:{_N}|(?P<half>半))个?(?P<more>半)?(?:小时|钟头)(?P<too>半)?(?:之|以)?后?"
)
_MINUTES = re.compile(
    r"(?:过)?(?:(?P<n>\d{1,3}|[一二两三四五十]?十?[一二三四五]?)分钟?|(?P<quarter>[一三])刻钟)(?:之|以)?后?"
)
_WORKING = re.compile(rf"(?:过)?{_N}个?工作日(?:之|以)?后?")
_DAYS = re.compile(
    rf"(?:这|未来|接下来|今后|过)?{_N}个?(?P<unit>天|日|周|星期|礼拜|月)(?:之|以)?(?:内|里|后|中)?"
)
_SPANS = (
    ("today", r"今天|今日|今儿|当天|今天之?内|今天剩下的?时间"),
    ("week", r"(?:这|本|这一|这个|本个)(?:周|星期|礼拜)(?:内|里|之内|剩下的?时间|末)?"),
    ("month", r"(?:这|本|这个)月(?:内|里|之内)?"),
    (
        "next",
        r"(?:下下?|下一|下个)(?:周|星期|礼拜|个?月)(?:内|里)?|明天|明日|后天|大后天|周末|(?:这|下|本)?(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}月\d{1,2}[日号]|\d{1,2}[日号]",
    ),
)
_SPAN_OF = tuple((name, re.compile(pattern)) for name, pattern in _SPANS)
_WHOLE_WEEK = re.compile(r"(?:下下?|下一|下个)(?:周|星期|礼拜)(?:内|里)?")
_WHOLE_MONTH = re.compile(r"(?:下下?|下一|下个)个?月(?:内|里)?")
_UNTIL_DAY = re.compile(
    r"(?:直?到|至|截止到?)(?P<till>.{1,14}?)(?P<end>之前|以前|前|为止|止)?|(?P<day>.{1,14}?)(?:之前|以前|前)"
)
_VAGUE = re.compile(
    r"(?:过|等)?(?:一会儿?|会儿?|一阵子?|(?<=过)两天|几天|两三天|三四天|些天|段时间|几个小时)(?:之|以)?后?|待会儿?|等会儿?|等一?下|回头|晚点儿?|晚些时?候?|稍后|有空|有时间|方便|改天|以后|之后|到时"
)
_DAY_LIKE = re.compile(
    r"[天日号月周]|星期|礼拜|节|[今明后]早|\d[./-]\d|元旦|国庆|五一|劳动节|中秋|春节|端午|清明"
)
_ANY_VERB = re.compile(r"提醒|催|打扰|烦|静音|勿扰|叫我|喊我|通知我|推送|吵")
_NOT_ME = re.compile(
    r"他|她|领导|同事|审核|统筹|财政|大家|别人|哪|谁|吗|为什么|怎么|昨|刚才|上次|已经|没有?提醒|不是|什么(?!时候)"
)


def read_snooze(text: str) -> Wish | None:
    """What a whole message says about reminders; None for one about other things.

    >>> wish = read_snooze("明天上午9点再提醒我")
    >>> wish.day, wish.clock.at, wish.clock.sure
    ('明天', datetime.time(9, 0), True)
    >>> read_snooze("这周别提醒").span, read_snooze("恢复提醒").want, read_snooze("办公室")
    ('week', <Want.RESUME: 'resume'>, None)
    """
    typed = _bare(text)
    if not typed or len(typed) > _LONGEST or not _ANY_VERB.search(typed) or _NOT_ME.search(typed):
        return None
    if _RESUME.fullmatch(typed) or _RESUME.fullmatch(_plain(text)):
        return Wish(Want.RESUME)
    if _LOOK.fullmatch(typed) or _LOOK.fullmatch(_TAIL.sub("", typed)):
        return Wish(Want.LOOK)
    if _NEVER.fullmatch(typed):
        return Wish(Want.NEVER)
    if _ALONE.fullmatch(typed):
        return Wish(Want.VAGUE)
    for pattern in _QUIET:
        match = pattern.fullmatch(typed)
        found = _quiet(match["when"]) if match else None
        if found:
            return found
    for pattern in _AT:
        match = pattern.fullmatch(typed)
        found = _at(match["when"]) if match else None
        if found:
            return found
    return None


def _plain(text: str) -> str:
    """The words without spaces and marks between them."""
    return _TAIL.sub("", _GAPS.sub("", without_manners(text)))


def _bare(text: str) -> str:
    """The words without what is only politeness."""
    typed = _plain(text)
    while (less := _TAIL.sub("", _MANNERS.sub("", typed))) != typed and less:
        typed = less
    return typed


def _at(when: str) -> Wish | None:
    """The moment at which to be reminded."""
    if _VAGUE.fullmatch(when):
        return Wish(Want.VAGUE)
    if minutes := _minutes(when):
        return Wish(Want.AT, minutes=minutes)
    if match := _WORKING.fullmatch(when):
        return Wish(Want.AT, working=_number(match["n"]))
    day, clock = read_clock(when)
    if not day and clock is None:
        return None
    if clock is None and not _DAY_LIKE.search(day):
        return None
    if _VAGUE.fullmatch(day):
        return Wish(Want.VAGUE)
    return Wish(Want.AT, "" if day in ("今天", "今日", "今儿") and clock else day, clock)


def _quiet(when: str) -> Wish | None:
    """Until when to be left alone."""
    bare = when.removesuffix("都").removesuffix("先")
    for name, pattern in _SPAN_OF:
        if pattern.fullmatch(bare):
            return _later(bare) if name == "next" else Wish(Want.QUIET, bare, span=name)
    if match := _WORKING.fullmatch(bare):
        return Wish(Want.QUIET, working=_number(match["n"]))
    if match := _DAYS.fullmatch(bare):
        size = {"天": 1, "日": 1, "月": 30}.get(match["unit"], 7)
        return Wish(Want.QUIET, days=_number(match["n"]) * size)
    if _VAGUE.fullmatch(bare):
        return Wish(Want.VAGUE)
    if match := _UNTIL_DAY.fullmatch(bare):
        whole = (match["end"] or "").endswith("止")
        day = match["till"] or match["day"]
        return Wish(Want.QUIET, day, before=not whole) if _DAY_LIKE.search(day) else None
    return Wish(Want.QUIET, bare) if _DAY_LIKE.search(bare) else None


def _later(when: str) -> Wish:
    """A span that has not begun: 明天, 6月10日, 周五, 周末, 下周, 下个月."""
    wish = Wish(Want.QUIET, when, span="next")
    if "周末" in when:
        return replace(wish, weeks=1)
    if _WHOLE_MONTH.fullmatch(when):
        return replace(wish, months=1 + when.count("下"))
    return replace(wish, weeks=1 + when.count("下")) if _WHOLE_WEEK.fullmatch(when) else wish


def _minutes(when: str) -> int:
    """How many minutes from now; 0 where it says something else."""
    if match := _HOURS.fullmatch(when):
        whole = 0 if match["half"] else 60 * _number(match["n"])
        return whole + (30 if match["half"] or match["more"] or match["too"] else 0)
    if match := _MINUTES.fullmatch(when):
        return 15 * _number(match["quarter"]) if match["quarter"] else _number(match["n"])
    return 0


def _number(typed: str) -> int:
    """A small number in figures or characters."""
    if typed.isdigit():
        return int(typed)
    tens, ten, ones = typed.partition("十")
    if not ten:
        return _NUMERAL.get(typed, 0)
    return 10 * (_NUMERAL.get(tens, 1) if tens else 1) + (_NUMERAL.get(ones, 0) if ones else 0)

"""What a coordinator says about the yearly exercise: its deadline, extensions, its beginning and
end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from dialogs.understand.aims import AIM, Aim, Shift, When, all_days, read_aim
from dialogs.understand.day_numerals import with_digits
from dialogs.understand.manners import without_manners
from dialogs.understand.plain_text import BETWEEN


class About(StrEnum):
    """What is wanted."""

    MOVE = "move"  # 截止改到, 推迟, 提前: for everybody
    EXTEND = "extend"  # 延期: for departments
    UNEXTEND = "unextend"  # 取消延期
    OPEN = "open"  # 开始
    CLOSE = "close"  # 结束自评
    REOPEN = "reopen"  # 重新开放
    SHOW = "show"  # 截止时间: how it stands


@dataclass(frozen=True)
class RoundWish:
    """`who` are the words that may name departments; `aim` is where to (None: not said, or not
    clear), and `later` whether that is to be after what counts now (推迟) or before it (提前);
    `year` the exercise's; `sure` is False where the words may be about other things.
    `days` and `words` are the days of a new exercise, and what else was said of it."""

    about: About
    who: str = ""
    aim: Aim | None = None
    year: int | None = None
    sure: bool = True
    days: tuple[When, ...] = ()
    words: str = ""
    later: bool | None = None


_LONGEST = 300
_ASKS = re.compile(r"[?？]|[吗么呢]$|多少|几[个家天点号]|哪|什么|怎|是否|能不能|可不可以|有没有")
_OTHER_WORDS = re.compile(r"^(?:补充)?通知|^催|^代审|^换人|^放行|^退回|^核定|^提醒|^谁")
_POLITE = re.compile(r"^(?:请|麻烦|帮我|帮忙|我要|我想|想|要|可以|同意|批准|允许|那就?|就)+")
_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*(?:年?度|年(?=的?(?:绩效|自评|截止|填报)))(?:的|部门整体(?:支出)?|(?:绩效)?自评)*"
)
_DEADLINE = r"截[止至](?:时间|日期|日|期限)?"
_WHAT = (
    rf"(?:的)?(?:绩效)?(?:自评|填报|报送|上报|提交)?(?:工作|任务)?(?:的)?(?:{_DEADLINE}|期限|时间)?"
)
_HOW = r"(?:统一|整体|都|各|再|一律|往后|继续|[\s,，])*"
_LATER = r"推迟|推后|延后|顺延|往后[推延挪移调]|后[移推]"
_EARLIER = r"提前|提早|往前[提推挪移调]|前[移推]"
_GRANTED = r"延期|延长|宽限|延缓|缓交|缓报|展期"
_STRONG = re.compile(rf"(?P<granted>{_GRANTED})|(?P<later>{_LATER})|(?P<earlier>{_EARLIER})")
_WEAK = re.compile(
    rf"(?:改|调整?|移|挪|(?P<later>推|延|缓|宽)|定|设置?|变更?|放宽?)(?:成|到|为|至|在|[\s:：])*{AIM}"
)
_MORE = re.compile(rf"(?:再|多)给(?P<who>[^{AIM}]*){AIM}")
# How far is still to be said.
_SOME = re.compile(
    rf"(?:(?:把|将)?{_DEADLINE})?(?:再|往后|要|得|可以|[\s,，])*(?:{_LATER}|推|延|提前|延长)"
    r"(?:一下|几天|些日子|一段时间|一阵子?|一些|一点|点|下|到(?:下下?|本|这)个?[周月])"
)
_SOMEWHERE = re.compile(
    rf"(?:把|将)?{_DEADLINE}(?:再|往后|要|得|可以|[\s,，])*(?:改|调整?|推|延|移|挪)(?:一下|到[^\d,，。]{{0,6}})?"
)
_REASON = re.compile(r"[\s,，(（]*(?:因为|由于|原因|理由)[^\x00]*$")
_ALSO = re.compile(
    r"[\s,，]*(?:并|再|请|然后)*(?:通知|告诉|告知)(?:一下|给)?(?:大家|各单位|各部门|全部|所有人|他们)?$"
)
_AGREED = re.compile(r"[\s,，]*(?:我)?(?:同意|批准|准了|准)了?$")
_ASKED_FOR = re.compile(r"(?:提出|请求|要求|申请|来电|说)+(?:要|想|再)?$")
_BARE = re.compile(
    rf"{_DEADLINE}(?:就?是|为|定在|定为|到|至|[\s:：,，])*{AIM}|{AIM}(?:为|是)?{_DEADLINE}"
)
_GIVE = re.compile(r"^(?:(?:给|把|将|让|为|对)(?!排水|水(?:厂|公司|中心|集团)))?")
_BEHIND = re.compile(
    rf"^(?:时间|期限|一下|了|再|多|各|到|至|为|成|{AIM}|[\s,，:：、])*(?:给(?=\S))?"
)
_TAIL = re.compile(r"(?:了|吧|一下|就好|即可|就行|[\s,，。])*$")
_CANCEL = re.compile(
    r"^(?:取消|撤销|撤回|收回|作废|不要|解除)(?:掉|了)?(?P<before>.*?)的?(?:延期|宽限|延长)(?P<behind>.*)$"
    r"|^(?P<who>.*?)的?(?:延期|宽限)(?:取消|作废|撤销|收回|不算|不要)了?$"
    r"|^(?P<not>.*?)(?:不|别|不用|不再)(?:延期|宽限)了?$"
)
_SELF = r"(?:本次|这次|本年度?|今年的?|全区的?)?(?:部门整体(?:支出)?)?(?:绩效)?自评(?:工作|任务)?"
_CLOSE = re.compile(rf"(?:结束|关闭|终止|收官){_SELF}|{_SELF}(?:结束|关闭|收官)了?")
_REOPEN = re.compile(rf"(?:重新(?:开放|打开|开启|启动)|重开|再打开)(?:{_SELF})?|恢复{_SELF}")
_OPEN = re.compile(r"^(?:开始|启动|新建|发起|开启|开展|打开|新开)(?!放)")
_OPENS = re.compile(r"自评|年度|20\d\d")
_OPEN_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年?度|年?(?!\s*[年\d./-]))")
_SHORT_YEAR = re.compile(r"(?<!\d)(?=2\d年度)")
_FILLERS = re.compile(
    r"部门整体(?:支出)?|绩效|自评|工作|评价|标准|截止|开始|从|自|起|到|至|止|用|按|的|时间|年度?|[\s,，、:：。~～—–-]"
)
_WHO_HAS = r"(?:延期|延长|延过期|批了延期|缓报)"
_SHOW = re.compile(
    rf"(?:还|离{_DEADLINE})?还?(?:剩|有|差)下?(?:多少|几)个?(?:工作日|天)(?:{_DEADLINE}|到期)?[?？]?"
    rf"|(?:有)?(?:谁|哪[几些]?[个家]?(?:单位|部门)?)(?:被|申请)?{_WHO_HAS}了?[?？]?"
    rf"|(?:看看?|查看?)?{_WHO_HAS}(?:了|过)?的?(?:名单|情况|记录|清单|单位|部门)(?:有哪些)?[?？]?"
    rf"|(?:看看?|查看?|看一下)?(?:现在的?|目前的?)?(?:{_DEADLINE}|(?:自评)?(?:时间)?安排|本次自评|这次自评)"
    r"(?:是)?(?:哪[一]?天|什么时候|几号|多少|何时)?[?？]?"
)


def read_round(text: str) -> RoundWish | None:
    """What a message says about the exercise; None for one about other things.

    >>> read_round("截止改到6月20日").about, read_round("延期 水务局 3天").who
    (<About.MOVE: 'move'>, '水务局')
    >>> read_round("给民政局、水务局宽限两周").aim
    Shift(count=2, unit=<Unit.WEEK: 'week'>)
    >>> read_round("截止到今天有多少单位报了"), read_round("结束自评").about
    (None, <About.CLOSE: 'close'>)
    """
    typed = without_manners(text)
    if not typed or len(typed) > _LONGEST or "\n" in typed:
        return None
    if _SHOW.fullmatch(typed):
        return RoundWish(About.SHOW)
    if _SOME.fullmatch(typed):
        return RoundWish(About.MOVE)
    if _ASKS.search(typed) or _OTHER_WORDS.search(typed):
        return None
    typed = _POLITE.sub("", typed)
    return _opened(typed) or _of_year(typed)


def _of_year(typed: str) -> RoundWish | None:
    named = _YEAR.search(typed)
    year = int(named["year"]) if named else None
    # What stood behind the year belongs to its name; 自评 says what is to be ended.
    without = f"{typed[: named.start()]}{typed[named.end() :]}" if named else typed
    whole = f"{typed[: named.start()]}自评{typed[named.end() :]}" if named else typed
    for pattern, about in ((_CLOSE, About.CLOSE), (_REOPEN, About.REOPEN)):
        if any(pattern.fullmatch(each.replace(" ", "")) for each in (typed, whole)):
            return RoundWish(about, year=year)
    found = _cancelled(without) or _changed(without)
    return replace(found, year=year) if found else None


def _cancelled(typed: str) -> RoundWish | None:
    match = _CANCEL.fullmatch(typed)
    if match is None:
        return None
    who = " ".join(filter(None, match.group("before", "behind", "who", "not")))
    return RoundWish(About.UNEXTEND, _GIVE.sub("", who).strip(BETWEEN))


def _changed(typed: str) -> RoundWish | None:
    """A deadline that is to be another one, for whomever."""
    for aside in (_REASON, _ALSO, _AGREED):
        typed = aside.sub("", typed)
    words, aim = read_aim(typed)
    says_deadline = re.search(_DEADLINE, words) is not None
    strong = _STRONG.search(words)
    if strong:
        return _strongly(words, aim, strong, says_deadline)
    if aim is None and _SOMEWHERE.fullmatch(words):
        return RoundWish(About.MOVE)
    more = _MORE.search(words)
    if more and isinstance(aim, Shift):
        who = _who(words[: more.start()], more["who"])
        return RoundWish(About.EXTEND, who, aim, sure=False, later=True) if who else None
    weak = _WEAK.search(words) or _BARE.search(words)
    if weak is None or aim is None:
        return None
    who = _who(words[: weak.start()], words[weak.end() :])
    about = About.EXTEND if who else About.MOVE
    later = True if weak.groupdict().get("later") else None
    return RoundWish(about, who, aim, sure=says_deadline, later=later)


def _strongly(
    words: str, aim: Aim | None, verb: re.Match[str], says_deadline: bool
) -> RoundWish | None:
    if aim is None and not verb["granted"] and not says_deadline:
        return None
    who = _who(words[: verb.start()], words[verb.end() :])
    if verb["granted"] and aim is None and verb.start() and verb.end() < len(words):
        return None
    if verb["earlier"] and isinstance(aim, Shift):
        aim = replace(aim, count=-aim.count)
    about = About.EXTEND if who or (verb["granted"] and not says_deadline) else About.MOVE
    sure = bool(verb["granted"]) or says_deadline
    return RoundWish(about, who, aim, sure=sure, later=not verb["earlier"])


def _who(before: str, behind: str) -> str:
    """The words that may name departments, before the verb and behind it."""
    before = _ASKED_FOR.sub("", _GIVE.sub("", before.strip()))
    before = re.sub(rf"{_WHAT}{_HOW}$", "", before)
    behind = _BEHIND.sub("", re.sub(rf"(?:延|推|改)?(?:到|至|为|成)\s*{AIM}", " ", behind))
    behind = _TAIL.sub("", behind.replace(AIM, " "))
    behind = re.sub(rf"^{_DEADLINE}", "", behind)
    return " ".join(f"{before} {behind}".replace(AIM, " ").split()).strip(BETWEEN)


def _opened(typed: str) -> RoundWish | None:
    """开始 2025年度 9月1日到10月20日."""
    if not _OPEN.match(typed) or not _OPENS.search(typed):
        return None
    rest = _SHORT_YEAR.sub("20", with_digits(_OPEN.sub("", typed)))
    named = _OPEN_YEAR.search(rest)
    if named:
        rest = f"{rest[: named.start()]} {rest[named.end() :]}"
    rest, days = all_days(rest)
    year = int(named[1]) if named else None
    return RoundWish(About.OPEN, year=year, days=tuple(days), words=rest.strip())


def unread(words: str) -> str:
    """What was said of a new exercise besides the words that everybody uses.

    >>> unread("自评, 到"), unread("用甲标准")
    ('', '甲')
    """
    return _FILLERS.sub("", words)

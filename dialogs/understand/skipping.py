"""A question that is put off, perhaps with a reason: 这题先跳过，要问财务."""

from __future__ import annotations

import re

from dialogs.understand.politeness import BEFORE, BEHIND
from dialogs.understand.spoken import Command

_THIS = r"(?:这|本|该|当前)(?:一|道|个|项|条)*(?:题目?|问题|里|块)?"
_LATER = r"(?:以后|之后|后面|回头|待会儿?|等会儿?|等一?下|等等|过会儿?|晚点|晚些|稍后|过后|最后|改天|明天|下次|有空|有了|查到了?)"
_SKIP = (
    rf"(?:(?:{_THIS}|把|将)*(?:先|暂时|暂且|就|还是|可以|我|想|直接|都)*"
    rf"(?:跳过|略过|忽略|跳(?:了|掉|一下)?|放一放|放一下|放着|搁着|搁一搁|搁一下|空着|空一下|留空|留着|不填|不答|不回答|不写|不管|别填|别问|pass)"
    rf"(?:去|掉|过去)?(?:{_THIS}|它|吧)?"
    rf"|(?:{_THIS})(?:{_LATER})(?:再)?(?:填|说|弄|写|答|回答|补|来|看|问)"
    rf"|(?:先)?{_LATER}再(?:填|答|回答|补)(?:{_THIS})?"
    r"|(?:(?:先|直接)?(?:进入|进|到|去|看|做|问|填|答|来|说|换|给我|跳到)?下(?:一|1)?(?:个|道)?(?:题目?|问题|项|个|页|道))"
    r"|(?:先)?(?:做|填|答|问|看)(?:后面|下面|别)的(?:题)?(?:吧)?"
    r"|next|skip|pass)"
)
_WHOLE = re.compile(rf"{BEFORE}{_SKIP}{BEHIND}", re.I)
_THEN_WHY = re.compile(
    rf"{BEFORE}{_SKIP}(?:吧|了|一下|啊|哈)*[\s,，。:：;；、(]+(?:因为|原因是?|理由是?|我)?(?P<reason>[^\n]{{2,60}}?)\)?"
)
_RUN_ON = re.compile(
    rf"{BEFORE}{_SKIP}(?:吧|了|啊|哈)*(?P<reason>(?:没|等|因为|要|还|不|财务|会计|领导|我|数据|这|太)[^,，。\n]{{1,20}})"
)
_WHY_FIRST = re.compile(
    rf"(?P<reason>[^\n]{{2,40}}?)(?:[\s,，。;；、]++|(?<=据|数|到|楚|道|好|空|料)(?=先|跳))(?:所以|那|就)*(?:{BEFORE}){_SKIP}{BEHIND}"
)
_REASON = re.compile(
    r"等|问|不知|不清|不懂|不会|没数|没有数|数据|数还|资料|还没|还未|暂|缺|查|待|拿不准|不确定|不好说|说不准|"
    r"财务|会计|领导|同事|股室|出来|忙|开会|没空|没时间|难|算不|没法|找不到|没找到|手头|手边|没到|没给|没收到|太|看不明白|不明白"
)


def read_skip(typed: str) -> Command | None:
    """Putting off the open question; the reason, if one was given, as `value`.

    >>> read_skip("这题先跳过，要问财务").value, read_skip("先不填，等数据").value
    ('要问财务', '等数据')
    >>> read_skip("数据还没出来，先跳过").value, read_skip("没有，下一题")
    ('数据还没出来', None)
    """
    if _WHOLE.fullmatch(typed):
        return Command("skip", spaced=True)
    match = _THEN_WHY.fullmatch(typed)
    if match and not _WHOLE.fullmatch(match["reason"]):
        return Command("skip", "", match["reason"].strip(), spaced=True)
    match = _RUN_ON.fullmatch(typed)
    if match and _REASON.search(match["reason"]):
        return Command("skip", "", match["reason"].strip(), spaced=True)
    match = _WHY_FIRST.fullmatch(typed)
    if match and _REASON.search(match["reason"]) and not re.search("[0-9]", match["reason"]):
        return Command("skip", "", match["reason"].strip(), spaced=True)
    return None

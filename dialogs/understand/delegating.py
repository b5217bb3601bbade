"""Handing something to a colleague, where it is said clearly enough to be told without knowing
who there is: 资产这块让何穗来填, 这题给小王, 转交."""

from __future__ import annotations

import re

from dialogs.understand.handing import ASK, BACK, GIVE, Wish, is_here, read_wishes
from dialogs.understand.politeness import BEFORE
from dialogs.understand.spoken import Command

_LONGEST = 40
_END = r"(?:一下|下|吧|啊|呗|哈|了|可以吗|行吗|好吗|好了|算了)*"
_THIS = r"(?:这|那|本|该)(?:一|两|几|道|个|些|题|项|块|部分)*"
_SOMEBODY = re.compile(
    rf"{BEFORE}(?:{_THIS})?(?:可以|能)?(?:找|让|叫|请|转给|转交给?|交给|给|分给)(?:别人|其他人|其它人|他人|人|同事|别的同事|别的科室|别的股室)"
    rf"(?:帮忙|帮我|帮)?(?:来)?(?:填|答|回答|写|弄|处理|负责|做)?{_END}"
    rf"|{BEFORE}(?:{_THIS})?(?:要|想)?(?:转交|转派|移交|指派|委派|转出去|交出去|转办){_END}"
)
_NOT_ME = re.compile(
    r"我(?:也)?(?:不知道|不清楚|不懂|不会|填不了|弄不了|没数)[\s,，。]+(?=让|叫|请|找|给|转|交)"
)
_NOBODY = re.compile(
    r"(?:问|给|找|让|请|要|领导(?:审|放|签|批|看|同意)|审核|上级|企业|项目|群众|单位|放行|示|假|教|勿|进|指|说|告|尽|及时|系统|第三方)"
)
_FILLS = re.compile(r"填|答|[这那]|第?[0-9]+题")
_NUMBER = re.compile(r"第?\s*([0-9]{1,3})\s*题?")


def read_delegating(typed: str) -> Command | None:
    """What is handed over (`target`, "" for the open question) and to whom (`value`, "" where
    that wasn't said).

    >>> read_delegating("资产这块让何穗来填")
    Command(name='delegate', target='资产', value='何穗')
    >>> read_delegating("这题给小王"), read_delegating("第12题转给李强").target
    (Command(name='delegate', target='', value='小王'), '12')
    >>> read_delegating("让我想想"), read_delegating("把资金拨付给企业")
    (None, None)
    """
    if len(typed) > _LONGEST:
        return None
    if _SOMEBODY.fullmatch(typed):
        return Command("delegate", spaced=True)
    wishes = read_wishes(re.sub("来吧?$", "来填", _NOT_ME.sub("", typed)))
    wish = next((each for each in wishes if each.kind not in (ASK, BACK) and _is_clear(each)), None)
    if wish is None:
        return None
    number = _NUMBER.fullmatch(wish.what)
    target = number[1] if number else "" if is_here(wish.what) else wish.what
    clear = _FILLS.search(typed) is not None
    return Command("delegate", target, wish.whom, spaced=clear, loose=not clear)


def _is_clear(wish: Wish) -> bool:
    if re.search(
        "的让|什么|怎么|为|凭|谁|要$|再$|领导$|(?:审|审核|审批|签|签字|把关|过目)$", wish.whom
    ):
        return False
    if wish.kind != GIVE or _NOBODY.match(wish.whom) or wish.what == "提":
        return False
    return (
        wish.sure
        or (is_here(wish.what) and wish.whom[0] in "小老")
        or wish.what in ("这题", "这个")
    )

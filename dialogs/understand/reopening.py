"""A question that somebody wants to see or to answer again: 我要改采购金额, 回到第8题, 采购那题填错了."""

from __future__ import annotations

import re

from dialogs.understand.politeness import BEFORE
from dialogs.understand.spoken import LAST, Command

_NUMERAL = "[0-9]{1,3}|[一二三四五六七八九十百]{1,4}"
_CODE = r"[A-Ca-c]\s?[0-9](?:\s?[-—–_.]?\s?[0-9])?"
_ONE = r"(?:那|这)(?:一|道|个)*(?:题目?|项|里|数|块|处)?"
_END = r"(?:一下|下|吧|可以吗|行吗|好吗|啊|了|呢|的答案|的内容|的数|看看|重新填|再填|再改)*"
_NAME = r"(?P<target>[^,，。;；\n]{1,30}?)"
_WRONG = (
    r"(?:填|写|选|答|输入?|报|搞|弄|打|算|录|记)(?:错|反|漏|少|多|串|颠倒|混)(?:了|啦|行|位|一位)*"
)

_CHANGE = re.compile(
    rf"{BEFORE}(?:(?:返?回去?|回头|倒回去?)\s*)?(?:修改|更正|更改|修正|变更|改正|改一下|改下|改改|改动|调整|重填|重新填写|重新填报|重新填|重答|重新回答|重新答|改(?!革|进|善|造|变|编|制|正|为|成|好|完|过|建|装|组|版|日|天|动))"
    rf"(?:一下|下|的是)?(?P<gap>[\s:：]*)(?:第\s*)?{_NAME}(?:{_ONE}|题)?(?:的)?{_END}"
)
_SLIPPED = re.compile(
    rf"{BEFORE}(?:第\s*)?{_NAME}\s*(?:{_ONE}|题|的|我|好像|可能|都|是|给)*{_WRONG}(?:的)?{_END}"
)
_DOUBTED = re.compile(
    rf"(?!.*没有问题){BEFORE}(?:把|将)?(?:第\s*)?{_NAME}\s*(?:{_ONE}|题|的|我|好像|可能|都|是)*(?:有误|有错|有问题|不对|不太对|不正确|不准|错了?|(?:想要?|要|需要|得)(?:改|修改|重新填|重新改|重填|再填|更正)|改一下|改改|重新填|重填|再填一次|修改一下|更正一下){_END}"
)
_GO = re.compile(
    rf"{BEFORE}(?:返回|回到|回去|回|跳转到|跳到|转到|切到|切换到|定位到|退回到?|翻到|去|到|打开|查看|再看|看一下|看下|看看|看|显示|进)(?:一下|看|去|下)?\s*"
    rf"(?:(?P<number>第\s*(?:{_NUMERAL})\s*(?:号|题|道题|问)?|(?:{_NUMERAL})\s*(?:号题|题|道题))|(?P<code>{_CODE})|(?P<name>(?<=回到|看看|查看|打开|显示|一下|再看|看下)[^,，。;；\n]{{2,16}}?)(?P<one>{_ONE})?){_END}(?:填的?(?:是)?(?:多少|什么|啥))?"
)
_JUST = re.compile(
    rf"{BEFORE}(?:(?:修改|更正|改|重填|重新填|改改|回到?|看)(?:一下|下)?)?(?:刚才|刚刚|方才|上一?个|最后)(?:我)?(?:填|写|答|发)?(?:的|那个|那一?题|那条|那项|的数|的答案)+(?:(?:要|想)?(?:改|修改|重填|重新填)(?:一下)?)?{_END}"
)
_NUMBER = re.compile(rf"第\s*({_NUMERAL})\s*(?:题|号题|道题)")
_NOTHING = re.compile(
    r"(?:回去|回来|好了|完了|过了|不了|这|那|它|的|我|一下|答案|上一?题?|前面|刚才|刚刚|下|成|为|到|天|日|革|进|善|造|变|作|编|制|正|动|填|写|选|答|全|又|都|输入?|搞|弄)+"
)
_NOT_A_NAME = re.compile(
    r"报告|草稿|得分|分数|多少分|进度|材料|清单|附件|下一|上一|前一|后面|菜单|帮助|规则|依据|首页|历史|记录|哪"
)


def read_reopening(typed: str) -> Command | None:
    """The wish to see a question again; `loose` where prose may say the same.

    >>> read_reopening("我要改采购金额"), read_reopening("第8题重新填").target
    (Command(name='edit', target='采购金额', value=''), '8')
    >>> read_reopening("看看报告"), read_reopening("98.31万元")
    (None, None)
    """
    if "\n" in typed or len(typed) > 60:
        return None
    number = _NUMBER.fullmatch(typed)
    if number:
        return Command("edit", number[1], spaced=True)
    if re.search("改|重|回", typed) and _JUST.fullmatch(typed):
        return Command("edit", LAST, spaced=True)
    return _gone(typed) or _slipped(typed) or _changed(typed)


def _changed(typed: str) -> Command | None:
    match = _CHANGE.fullmatch(typed)
    if match and not _NOTHING.fullmatch(match["target"]):
        spaced = bool(match["gap"]) or bool(re.match(BEFORE + "(?:我|重填|重新)", typed))
        return Command("edit", match["target"].strip(), spaced=spaced)
    match = _DOUBTED.fullmatch(typed)
    if match and _is_name(match["target"]):
        return Command("edit", match["target"].strip(), spaced=_numbered(typed), loose=True)
    return None


def _slipped(typed: str) -> Command | None:
    match = _SLIPPED.fullmatch(typed)
    if match is None or not _is_name(match["target"]):
        return None
    return Command("edit", match["target"].strip(), spaced=True)


def _gone(typed: str) -> Command | None:
    match = _GO.fullmatch(typed)
    if match is None:
        return None
    if match["number"]:
        target = re.search(_NUMERAL, match["number"])
        return Command("edit", target[0] if target else "", spaced=True)
    if match["code"]:
        return Command("edit", match["code"], spaced=True)
    if not _is_name(match["name"]):
        return None
    return Command("edit", match["name"].strip(), spaced=bool(match["one"]), loose=not match["one"])


def _numbered(typed: str) -> bool:
    return re.search(r"第?\s*[0-9]{1,3}\s*题", typed) is not None


def _is_name(words: str) -> bool:
    if len(words) < 2 and not re.fullmatch(_NUMERAL, words):
        return False
    return not (_NOTHING.fullmatch(words) or _NOT_A_NAME.search(words))

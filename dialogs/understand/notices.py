"""通知 in words: what a coordinator wants with notices, and how people confirm one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.plain_text import BETWEEN, clean, simple

_PLEASE = r"(?:请|麻烦|帮我|帮忙|我要|我想|要|再)*"
_SEND = re.compile(
    rf"{_PLEASE}(?:群发|(?:发布|下发|发送|发出|发个|发一个|发条|发一条|发)?(?P<more>补充的?|补发的?)?通知(?![书单]))"
    r"(?:一下|个)?(?:\s*[给到向])?(?P<rest>.*)",
    re.DOTALL,
)
_TO_WHOM = re.compile(
    rf"{_PLEASE}(?:给|向|对)(?P<to>[^\n:]{{2,300}}?)(?:群发|(?:发布|下发|发送|发个|发一个|发条|发一条|发)"
    r"(?P<more>补充的?)?通知)(?P<rest>.*)",
    re.DOTALL,
)
_NUMBER = r"(?:第|通知)?\s*(?P<{0}>[0-9]{{1,6}})\s*(?:号|条|个)?(?:通知)?(?:的)?"
_BEFORE = rf"(?:{_NUMBER.format('n')}\s*|通知\s*)?"
_BEHIND = rf"(?:通知)?(?:\s*{_NUMBER.format('m')})?[\s?吗呢啊的]*"
_WHO = r"(?:现在|目前|到现在|还)*(?:有)?(?:谁|哪些人?|哪几个人?|哪些单位|哪个单位|哪几个?单位|哪几家|哪家|多少人)"
_NOT_YET = (
    r"(?:还|都)*(?:没有?|未)(?:有)?(?:回复|回执|回收到|回通知|回|收到|确认收到|确认|点收到|点|反馈)"
)
_MISSING = re.compile(
    rf"{_BEFORE}(?:{_WHO}{_NOT_YET}(?:的)?(?:人|单位)?"
    rf"|{_NOT_YET}的?(?:人|单位|名单)?|回执(?:情况|名单|统计)?|通知回执){_BEHIND}"
)
_DONE = re.compile(rf"{_BEFORE}{_WHO}(?:都|已经?)*(?:回复|回|收到|确认)了{_BEHIND}")
_ONCE_MORE = r"(?:一次|一遍|一下|次|遍)?"
_AGAIN = re.compile(
    rf"{_PLEASE}(?:再发|重发|补发|再次发|重新发|再通知|再次通知|重新通知)(?:通知)?{_ONCE_MORE}"
    rf"(?:\s*{_NUMBER.format('n')})?{_ONCE_MORE}\s*(?:给|一下)?\s*(?:(?:还)?(?:没有?|未)(?:回复?|确认|收到|反馈)的?(?:人|单位)?)?"
    rf"(?:\s*{_NUMBER.format('m')})?"
)
_LIST = re.compile(
    r"(?:看|查看?|列出)?(?:一下)?(?:通知(?:记录|列表|历史|清单|台账)|历史通知|以前的通知|发过的?(?:哪些)?通知|(?:发过|发了)?哪些通知|(?:都|已)?发了哪些通知|有哪些通知|全部通知|所有通知)"
)
_SHOW = re.compile(rf"(?:看|查看?|通知)(?:一下)?(?:通知)?(?:记录)?\s*{_NUMBER.format('n')}")
_CANCEL = re.compile(
    rf"(?=.*通知)(?:取消|撤回|撤销|停发|不要?发)(?:发送)?(?:{_NUMBER.format('n')}|通知(?:\s*{_NUMBER.format('m')})?)了?"
)
_WITHOUT = re.compile(r"(?:不带|不要|去掉|不发|不用|不加|删掉|取消)(?:这个|那个)?(?:附件|文件)了?")
_NOW = re.compile(r"(?:现在|马上|立即|立刻|这就)(?:就)?发?(?:送|出去?)?吧?")
_LATER = re.compile(r"(?:等|到)?(?:上班(?:后|以后|时间|了)?|工作时间)(?:再|就)?发?(?:送|出去?)?吧?")
_GO = re.compile(
    r"(?:(?:好的?|可以|行|确认|没问题|是的?|嗯|同意)[\s,，、!！]*)?(?:确认|就)?(?:发送|发出去?|发布|发|群发|再发)(?:吧|了|给他们)?"
)
_NO = re.compile(
    r"(?:先|暂时|还是)?(?:不发|不发送|别发|不要发|不用发|取消发送|不用|算了|先不)了?(?:吧)?"
)
_SUPPLEMENTED = re.compile(rf"\s*{_NUMBER.format('n')}(?=[\s:,])")
_END = " 。.!！~?？"
_RECEIVED = re.compile(
    r"(?:(?:好的?|嗯+|恩|ok|是|您好|你好|老师好|谢谢)[\s,、!。]*)*"
    r"(?:(?:通知)?(?:已经?|我?已|都)?(?:收到|知悉|阅悉|阅知|收悉)(?:通知|了|啦|哈|该通知)?|收到通知了?|通知收到了?)"
    r"(?:[\s,、!。]*(?:(?:谢谢|辛苦)(?:了|您|你|老师)?|好的))*"
)
_RECEIVED_ONE = re.compile(r"(?:通知)?收到(?:通知)?(?:第)?\s*([0-9]{1,6})(?:号|条)?(?:通知)?")
_RECEIVED_ALL = re.compile(r"(?:全部?|都|通知都|两条都|全都|所有通知)(?:已)?收到(?:了)?|收到全部")
_NAMED = re.compile("通知|知悉|阅|收悉")


@dataclass(frozen=True)
class Wish:
    """What is wanted with notices: `verb` is send, missing (谁没回), show (one, with who has
    confirmed it), again, list or cancel. `number` is the notice meant, `to` and `words` are what
    stands for the receivers and the text; for send, they stand in `words` together unless `to` is
    given."""

    verb: str
    number: int | None = None
    to: str = ""
    words: str = ""
    more: bool = False


def read_wish(text: str) -> Wish | None:
    """What a message wants with notices; None for one about other things.

    >>> read_wish("通知 全部：请于6月20日前报送")
    Wish(verb='send', number=None, to='', words='全部：请于6月20日前报送', more=False)
    >>> read_wish("还有谁没回？").verb, read_wish("再发3"), read_wish("通知记录").verb
    ('missing', Wish(verb='again', number=3, to='', words='', more=False), 'list')
    >>> read_wish("补充通知 3：附表有更新")
    Wish(verb='send', number=3, to='', words='附表有更新', more=True)
    """
    plain = simple(text)
    typed = plain.strip(_END)
    patterns = [(verb, pattern) for verb, each in _SHORT.items() for pattern in each]
    for verb, pattern in patterns:
        found = pattern.fullmatch(typed)
        if found:
            groups = found.groupdict()
            number = groups.get("n") or groups.get("m")
            return Wish(verb, int(number) if number else None)
    return _sending(clean(text), plain)


_SHORT = {
    "missing": (_MISSING,),
    "again": (_AGAIN,),
    "list": (_LIST,),
    "cancel": (_CANCEL,),
    "show": (_SHOW, _DONE),
}


def _sending(text: str, plain: str) -> Wish | None:
    directed = _TO_WHOM.fullmatch(plain)
    found = directed or _SEND.fullmatch(plain)
    if found is None:
        return None
    rest, number = found["rest"], None
    more = bool(found["more"])
    numbered = _SUPPLEMENTED.match(rest) if more else None
    if numbered:
        number, rest = int(numbered["n"]), rest[numbered.end() :]
    words = as_typed(text, rest.lstrip(BETWEEN + "\n"))
    return Wish("send", number, directed["to"].strip(BETWEEN) if directed else "", words, more)


def as_typed(text: str, rest: str) -> str:
    """The end of a text as it was typed, given how it reads once it is simplified.

    >>> as_typed("通知 全部：請於６月２０日前報送", "请于6月20日前报送")
    '請於６月２０日前報送'
    """
    if not rest:
        return ""
    for at in range(max(0, len(text) - len(rest) - _SHIFT), len(text)):
        if not text[at].isspace() and simple(text[at:]) == rest:
            return text[at:].strip()
    return rest


_SHIFT = 24
"""By how many characters a text may become shorter when it is simplified."""


def says_send(text: str) -> bool:
    """Whether a message says that what was shown is to be sent: 发送, 好的发吧.

    >>> says_send("发送"), says_send("好的，发吧"), says_send("好的")
    (True, True, False)
    """
    return _GO.fullmatch(simple(text).strip(_END)) is not None


def says_now(text: str) -> bool:
    """Whether a message says that it is to be sent at once, outside working hours too."""
    return _NOW.fullmatch(simple(text).strip(_END)) is not None


def says_later(text: str) -> bool:
    """Whether a message says that it is to wait for the working hours."""
    return _LATER.fullmatch(simple(text).strip(_END)) is not None


def says_not(text: str) -> bool:
    """Whether a message says that nothing is to be sent: 不发, 先别发了."""
    return _NO.fullmatch(simple(text).strip(_END)) is not None


def says_without_file(text: str) -> bool:
    """Whether a message says that no file goes along: 不带附件."""
    return _WITHOUT.fullmatch(simple(text).strip(_END)) is not None


def speaks_of_sending(text: str) -> bool:
    """Whether the words can be about nothing but sending: 发送, not 算了."""
    return "发" in simple(text)


@dataclass(frozen=True)
class Confirmed:
    """收到 as somebody said it: of the notice `number`, or of `all`; `named` says that the word
    is about a notice and nothing else."""

    number: int | None = None
    all: bool = False
    named: bool = False


def read_confirmation(text: str) -> Confirmed | None:
    """What 收到 is about; None for a message that says anything else.

    >>> read_confirmation("好的，收到，谢谢"), read_confirmation("收到3")
    (Confirmed(number=None, all=False, named=False), Confirmed(number=3, all=False, named=True))
    >>> read_confirmation("收到2587万元")
    """
    typed = simple(text).strip(_END).casefold()
    one = _RECEIVED_ONE.fullmatch(typed)
    if one:
        return Confirmed(int(one[1]), named=True)
    if _RECEIVED_ALL.fullmatch(typed):
        return Confirmed(all=True, named=True)
    if _RECEIVED.fullmatch(typed):
        return Confirmed(named=_NAMED.search(typed) is not None)
    return None

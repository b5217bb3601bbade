"""What a colleague says to a hand-over: yes, no, and that they give something back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.handing import ENDS, LONGEST, MANNERS
from dialogs.understand.plain_text import simple

_THIS = r"这题|这个|这道题|本题|第?[0-9]{1,3}题?"
_GIVES_BACK = re.compile(
    rf"(?:把)?(?:[^,。;:\s]{{0,8}}?(?:这块|这一块|这几题|这部分))?(?P<this>{_THIS})?(?P<all>全部|整块|都|全)*(?:退回去?|退还|退掉|退(?=了?$|了?[,。;:\s])|退给|还给|交回去?|交还|还回去?)(?:给)?"
    rf"(?P<whom>[^,。;:\s]{{0,10}}?)(?P<this2>{_THIS})?(?P<all2>全部|整块|都)?(?:去|吧|了)?(?:[,。;:\s]+(?P<words>.+))?"
)
_TOO_LITTLE = re.compile(
    r"(?:这题|这个|这道题|这块|这些)?(?:我)?(?P<also>也)?(?:真的|都)?(?:不知道|不清楚|不太清楚|不会填?|不懂|不了解|没有数据|没这个数|填不了|答不了|不归我管|不是我管的?)"
    r"(?:啊|呀|呢|了)?(?:[,。;:\s]+(?P<words>.+))?"
)
_FINISHED = re.compile(
    "(?:我|我这边|我这|这边)?(?:都|全|全部|已经?)*(?:填|答|弄|写|做)?(?:完成|完|好)(?:了|啦|成了|毕了?)?|交(?:差|卷)了?"
)
_UNABLE = re.compile(
    r"^(?:这题|这个|这些|这块)?我?(?:也|真的|都|实在)?(?:填不了|答不了|不会|不知道|不清楚|不懂|没空|没时间)(?:填|弄)?了?[\s,。;]+"
)
_ACCEPTS = {
    "接受",
    "我接受",
    "我来填",
    "接受转交",
    "收到我来填",
    "好的我来填",
    "好我来填",
    "可以我来填",
    "行我来填",
}
_ACCEPTS_ALONE = {
    "好",
    "好的",
    "行",
    "可以",
    "ok",
    "是",
    "是的",
    "嗯",
    "嗯嗯",
    "收到",
    "开始",
    "1",
    "a",
    "好的收到",
    "没问题",
    "填",
    "开始填",
    "好啊",
    "好吧",
    "我填",
    "我来",
    "同意",
    "交给我",
}
_DECLINES = re.compile(
    r"(?P<no>我?(?:填不了|不接受|接受不了|拒绝|没法填|没办法填|无法填报?|填不来|不归我管|不是我(?:管|负责)的?|不该我填|没空|没时间))"
    r"(?:[\s,。;:、]+(?P<words>.+))?"
)
_DECLINES_ALONE = re.compile(
    r"(?:不行|不可以|不好|不|不能|否|不是|不了|不填|2|b|不知道|我?不会|不清楚)(?:[\s,。;:、]+(?P<words>.+))?"
)


@dataclass(frozen=True)
class Reply:
    """A yes or no to an offered hand-over, with the words behind a no."""

    yes: bool
    words: str = ""


def read_reply(text: str, *, alone: bool) -> Reply | None:
    """The answer to an offer; `alone`: nothing else is asked, so that 好 and 填不了 answer it.

    >>> read_reply("我来填！", alone=False), read_reply("不行，这是财务的", alone=True)
    (Reply(yes=True, words=''), Reply(yes=False, words='这是财务的'))
    >>> read_reply("好", alone=False)
    """
    typed = simple(text).strip(ENDS)
    plain = re.sub(r"[\s,]", "", typed).lower()
    if plain in _ACCEPTS or (alone and plain in _ACCEPTS_ALONE):
        return Reply(True)
    match = _DECLINES.fullmatch(typed)
    if match and (alone or match["words"] or says_refused(text)):
        return Reply(False, match["words"] or ("" if match["no"] in _NO_REASON else match["no"]))
    match = _DECLINES_ALONE.fullmatch(typed) if alone else None
    return Reply(False, match["words"] or "") if match else None


_NO_REASON = {"填不了", "我填不了", "不接受", "我不接受", "拒绝", "接受不了"}


@dataclass(frozen=True)
class GivenBack:
    """A colleague's wish to be rid of questions. `what` is a number, "" for the open one; `all`
    says that it is everything; `plain` that they only said that they don't know either."""

    what: str = ""
    all: bool = False
    plain: bool = False
    words: str = ""


def read_given_back(text: str) -> GivenBack | None:
    """What a colleague says to give questions back; None for anything else.

    >>> read_given_back("退给陈宇，这是财务的"), read_given_back("这题我也不知道").plain
    (GivenBack(what='', all=False, plain=False, words='这是财务的'), True)
    >>> read_given_back("退回34，归财务管")
    GivenBack(what='34', all=False, plain=False, words='归财务管')
    """
    typed = MANNERS.sub("", simple(text).strip(ENDS)).strip(ENDS)
    if not typed or len(typed) > LONGEST:
        return None
    match = _GIVES_BACK.fullmatch(_UNABLE.sub("", typed, count=1))
    if match is None:
        doubt = _TOO_LITTLE.fullmatch(typed)
        said = doubt and (doubt["also"] or doubt["words"])
        return GivenBack(plain=True, words=doubt["words"] or "") if doubt and said else None
    this = match["this"] or match["this2"] or (match["whom"] if match["whom"].isdigit() else "")
    number = re.sub("[^0-9]", "", this)
    rest = (match["whom"] or "") in ("剩下的", "其余的", "全部", "所有")
    every = bool(match["all"] or match["all2"]) or rest
    one = "" if number else ("here" if this else "")
    return GivenBack(number or one, every, False, match["words"] or "")


def says_refused(text: str) -> bool:
    """Whether an offer is declined in words that can't be meant for the question that is asked.

    >>> says_refused("不接受，没空"), says_refused("填不了，没空")
    (True, False)
    """
    return re.match("我?(?:不接受|接受不了|拒绝)", simple(text)) is not None


def says_accepted(text: str) -> bool:
    """Whether an offer is accepted in words that are nothing else.

    >>> says_accepted("接受！"), says_accepted("同意")
    (True, False)
    """
    return simple(text).strip(ENDS) in ("接受", "接受转交", "我接受")


def says_finished(text: str) -> bool:
    """Whether a colleague says that they are through.

    >>> says_finished("填完了"), says_finished("完成"), says_finished("好"), says_finished("完")
    (True, True, False, True)
    """
    typed = simple(text).strip(ENDS)
    return typed not in ("好", "好了", "好啦") and _FINISHED.fullmatch(typed) is not None

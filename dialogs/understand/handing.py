"""Handing questions to colleagues in words: who is to answer what, taking back, who is on what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from dialogs.understand.plain_text import BETWEEN, simple

GIVE, ASK, BACK, LIST = "give", "ask", "back", "list"

LONGEST = 60
_WITH_MANNERS = 4 * LONGEST
ENDS = " 。.!?~,;、"
MANNERS = re.compile(
    r"(?:[,\s]*+(?:谢谢你?|多谢|拜托了?|好吗|行吗|可以吗|行不行|好不好|吧|吗|哈|呀|啊|哦))+$"
)
_OPENING = re.compile(
    r"(?:那就|那|好,|要不|要不然|请|能|能不能|可不可以|可以|我想|我要|麻烦你|麻烦您|帮我|你|您|你帮我|请你|请您)[,\s]*"
    r"(?=把|将|让|叫|请|交|转|派|分|给|收回|第|@)"
)
_NEVER_MIND = re.compile(r"(?:那?算了|哎|唉|好吧|行吧|对了|那个)[,\s]*(?=.{3})")
_AND_I_DO = re.compile(r"[,\s]+(?:还是|让)?我(?:自己)?来?填$")
_AT_A_LOSS = re.compile(
    r"(?:这个?题?|这题|我|这些|这块)?(?:我)?(?:也|真的|都)?"
    r"(?:不知道|不会填?|不清楚|不太清楚|不懂|不太懂|填不了|答不了|搞不清楚?|不归我管|不是我管的?)(?:怎么填)?[\s,。、;]+"
)
_DO = (
    r"(?:来|去|帮我|帮忙|帮着|协助|代我?|先|一起)*(?:填报|填写|填|回答|答|弄|写|搞|做|处理|负责|提供|补|管|报|完成)"
    r"(?:一下|下|了)?"
)
_TO = r"(?:移交给|转交给|转给|交给|交由|分给|派给|发给|推给|甩给|丢给|指派给|分配给|转发给|委托给?|转交|移交)"
_LET = r"(?:让|请|叫|找|喊|麻烦|安排|拜托)"
_WHOM = r"(?P<whom>@?[^,。;:?!、\n]{1,20}?)"
_WHAT = r"(?:把|将)?(?P<what>.{1,30}?)[,\s]*(?:都|就|先|全部|统统|也|要|应该|该|可以|直接)*"
_BEHIND = r"(?P<behind>[^,。;!?\n]{0,24}?)"
_NAME = r"(?P<whom>[^,。;:?!、\s]{2,8}?)"
_FILLS = r"(?:来|负责|帮忙|帮我|帮着)?填(?:一下|下)?"
_GIVES = tuple(
    (re.compile(pattern), kind, sure)
    for pattern, kind, sure in (
        (rf"@{_WHOM}[\s,:]+(?:请|麻烦|你|您|帮我|帮忙)*(?:{_DO})?\s*{_BEHIND}", GIVE, True),
        (rf"@{_WHOM}", GIVE, True),
        (
            rf"(?:把|将)?(?P<what>.{{1,30}}?)[,\s]*(?:都|就|先|请)?@\s*{_WHOM}(?:\s*{_DO})?",
            GIVE,
            True,
        ),
        (rf"(?:{_WHAT})?{_TO}\s*{_WHOM}(?:\s*{_DO})?", GIVE, True),
        (rf"(?:{_WHAT})?{_LET}\s*{_WHOM}\s*{_DO}\s*{_BEHIND}", GIVE, True),
        (
            rf"(?:{_WHAT})?(?:去|要|得|需要|先|应该|我)*(?:问|找|咨询|请教)(?:一下|问|找)?\s*{_WHOM}(?:才知道|才行|再说|要|拿|核实|看看)?",
            ASK,
            False,
        ),
        (rf"(?:{_WHAT})?由\s*{_WHOM}\s*{_DO}\s*{_BEHIND}", GIVE, False),
        (rf"(?:{_WHAT})?(?:给|归|转)\s*{_WHOM}(?:\s*{_DO})?", GIVE, False),
        (rf"(?:{_WHAT})?{_LET}\s*{_WHOM}[来去]", GIVE, False),
        (rf"(?:{_WHAT})?(?:麻烦|拜托)\s*{_NAME}", GIVE, False),
        (rf"{_NAME}{_FILLS}{_BEHIND}", GIVE, False),
    )
)
_RUN_TOGETHER = re.compile(rf"(?P<both>[^,。;:?!、\s]{{4,20}}?)(?:{_FILLS}|负责)")
# An answer before the wish; the two are told apart by who reads the whole message.
_FIGURE = re.compile(r"[0-9](?:\.[0-9]+)?\s*(?:万|元|亿|%|个|件|人|家|条|次|分)")
_BARE_END = re.compile("(?:应该|该|归|就|都|要)+$")
_NOBODY = re.compile(
    r"我|你|您|他|她|它|咱|自己|大家|别人|同事$|不|没|在|是|有|去|来|能|可以|如何|了|的|人$|领导|审核|上级|问|这|那|该|归|"
    r"给|交|转|让|由|从|请|把|将|现在|今天|明天|昨天|下午|上午|以后|.*(?:谁|哪|什么|啥|怎么)|[^a-zA-Z]*[0-9][^a-zA-Z]*$"
)
_MYSELF = re.compile(
    r"(?:(?:把|将)?(?P<what>(?!还是|@|让|由).{1,24}?)[,\s]*)?(?P<again>还是|改回|换回)?(?:由|让)?(?<![帮给替为])我(?P<self>自己)?来?"
    r"(?:填|答|弄|写|做|负责)(?:好了|算了|了)?(?P<behind>.{0,24}?)"
)
_TAKE = r"(?:收回来?|要回来?|拿回来?|取回来?|撤回来?)"
_BACKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_TAKE}|取消|停止|撤销)(?:转?交?给|转交|转给|派给)?(?P<said>.{{0,24}}?)(?:的?转交|填的?|那块|那里的?|手上的?)?",
        rf"(?:把|将)?(?P<said>.{{1,24}}?)(?:都|全|全部|也|给我|我)*{_TAKE}(?:给我|自己填)?",
        rf"(?:(?P<what>.{{1,24}}?)[,\s]*)?(?:也|都|还是)?(?:不用|不要|不必|不需要|不再|别|不)(?:再|麻烦|交给|转给|给|让|叫|请|找)*"
        rf"\s*{_WHOM}(?:{_DO}|帮忙)(?:了|啦)?{_BEHIND}",
        rf"(?:(?P<what>.{{1,24}}?)[,\s]*)?(?:不用|不要|不|别)(?:交给|转给|给|让|找)\s*{_WHOM}(?:了|啦)",
        rf"{_NAME}(?:不填|填不了|不管|没空填?|不在|出差|休假|请假)了?",
    )
)
_NOT_TAKEN = re.compile(r"送审|上一条|上一个|修改|审核|清除|代审|刚才.*")
_TO_THEM = re.compile("^(?:给|交给|转给|派给)")
_MODAL = re.compile("(?:我|这)?(?:得|要)|去|我|先|需要|应该|问|找|转|移|直接|帮我")
# What goes on behind a wish: words for the colleague, or a reason that is nobody's business.
_GOING_ON = re.compile(r"(?P<wish>[^,。;!?]+)[,。;!?]+\s*(?P<rest>[^0-9]+)")
_FOR_THEM = re.compile("麻烦|请|拜托|务必|尽快|尽早|抓紧|记得|不急|[前内](?:填|给|交|弄|发|要)")
_OF_HANDS = "转交"
_ALL = "转交|所有|全部|都|全|所有人|所有的|全部的|大家"
_LISTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:现在|目前|都|看看|看一下)?(?:都)?是?有?(?:谁|哪些人|什么人)(?:都)?在(?:填|弄|做|答|写|负责|帮忙填?)(?:什么|啥|哪些|哪块|哪几题|哪题|呢|的)*",
        r"(?:我|现在|目前|这些)?(?:都)?(?:交|转|分|派|转交)给?(?:了)?(?:谁|哪些人|哪几个人)(?:了|填了|在填)?",
        r"(?:还有)?(?:谁|哪些人)(?:还)?(?:没有?|未)(?:填完?|接受|交|答完?|弄完?|弄好|填好|回复?)(?:的|呢)?",
        r"(?:现在|目前)?(?:都)?(?:是)?谁在填(?P<what>.{1,20})",
        r"(?:现在|目前)?(?:还|都)?在?等(?:着)?(?:谁|哪些人)(?:呢|填|的)?",
        r"(?:哪些|哪几)(?:个|道)?题?(?:目)?(?:都|已经)?(?:交|转|派|分)(?:出去|给别人|给同事|给人家|给其他人)(?:了)?",
        r"谁(?:的)?(?:手上|手里|那里)(?:还)?有(?:题|活|什么)?",
        r"(?P<whom>[^,。;:?!、\s]{2,8}?)(?:接受|答应|同意|回复|收到)(?:了|没有?|吗)+",
        r"(?:查看?|看看?|看一下)?(?:转交|分工|协办|交办|协作)的?(?:情况|进度|列表|名单|清单)|(?:看看?)?分工",
        r"(?P<what>.{1,20}?)(?:这块|现在|都)*(?:是)?(?:谁在填|交给谁了|谁填|谁负责|归谁管?)",
        r"(?P<whom>[^,。;:?!、\s]{2,8}?)(?:那边|那里|现在|都)*(?:填|答|弄)(?:到哪|得?怎么样|完|好|多少|了多少|了没有?|了几题)(?:了|没有?|吗)*",
    )
)
_PART_ENDS = re.compile(
    r"(?:(?:这|那)?(?:几|一|两|二|三|四|2|3|4)?(?:大|小)?(?:块儿?|部分|板块|方面|类|章|节|边)|相关|有关|里的|里面的|"
    r"(?:这|那)?(?:几|两|三|些|道|个)*(?:题目?|问题|指标)|数据?|内容|情况|的|都|,|\s)+$"
)
_LOST = re.compile(
    r"[,\s]*(?:这题|这个)?我?(?:也|真)?(?:不会填?|不知道|不清楚|不懂|填不了|不太会|不太清楚|不了解)[,\s]*$"
)
_HERE = re.compile(
    r"(?:这|本|该|当前)(?:一|个|道|一道)?(?:题目?|个|条|项|空)?|(?:这|刚才)(?:个)?问题"
)
_HERE_ALL = re.compile(
    r"(?:这|那)(?:一|几|两|三|些|一些)?(?:大)?(?:块儿?|部分|节|章|板块|题|类|些|些题|道题)"
)
_REST = re.compile(
    r"(?:剩下?(?:的|下的)?|剩余的?|其余的?|其他的?|其它的?|后面的?|没填的?|还没填的?)(?:题|全部|都|所有|部分)*"
    r"|别的|(?:全部|所有|整张表|整个表|全表)(?:的)?(?:题目?|都)?"
)


@dataclass(frozen=True)
class Wish:
    """Something wished about hand-overs. `kind` is give, back or list; `what` the questions as
    they were named ("" for the open one), `whom` the person as they were called. `sure` says that
    it can be nothing else; `said` of a wish to take back may name a person or questions. `note` is
    what was added for the colleague."""

    kind: str
    what: str = ""
    whom: str = ""
    said: str = ""
    sure: bool = False
    note: str = ""


def read_wish(text: str) -> Wish | None:
    """What a message wishes about hand-overs; None for one about other things.

    >>> read_wish("资产这块让陈明来填")
    Wish(kind='give', what='资产', whom='陈明', said='', sure=True, note='')
    >>> read_wish("请赵敏填信息公开和资产两块").what, read_wish("@张三 帮我填资产").whom
    ('信息公开和资产', '张三')
    >>> read_wish("不用张三填了").kind, read_wish("都交给谁了").kind, read_wish("办公室")
    ('back', 'list', None)
    """
    return next(iter(read_wishes(text)), None)


@lru_cache(maxsize=512)  # a turn asks several times about the same words
def read_wishes(text: str) -> tuple[Wish, ...]:
    """All ways in which a message can be read as a wish, the likeliest first: where a name begins
    shows only who there is.

    >>> [(wish.what, wish.whom) for wish in read_wishes("资产张三填")]
    [('', '资产张三'), ('资产', '张三')]
    >>> read_wishes("这题给张三填吧，麻烦他周五前给我")[0].note
    '麻烦他周五前给我'
    """
    typed = _bare(text) if len(text) <= _WITH_MANNERS else ""
    if not typed or len(typed) > LONGEST or "\n" in typed:
        return ()
    if _AND_I_DO.search(typed):
        shorter = _taken_back(_AND_I_DO.sub("", typed))
        if shorter:
            return (shorter,)
    one = _listed(typed) or ("@" not in typed and (_taken_back(typed) or _myself(typed)))
    return (one,) if one else _given(typed) or _given_first(typed)


def _given_first(typed: str) -> tuple[Wish, ...]:
    """The wishes of a message that goes on behind them: 让张三填，麻烦他快点."""
    match = _GOING_ON.fullmatch(typed)
    if match is None or _taken_back(match["rest"]):
        return ()
    if any(wish.sure for wish in _given(match["rest"])):
        return ()
    note = match["rest"] if _FOR_THEM.search(match["rest"]) else ""
    return tuple(replace(wish, note=note) for wish in _given(MANNERS.sub("", match["wish"])))


def _bare(text: str) -> str:
    typed = MANNERS.sub("", simple(text).strip(ENDS)).strip(ENDS)
    typed = _NEVER_MIND.sub("", typed, count=1) if _NEVER_MIND.match(typed) else typed
    typed = _AT_A_LOSS.sub("", typed, count=1) if _AT_A_LOSS.match(typed) else typed
    return _OPENING.sub("", typed, count=1) if _OPENING.match(typed) else typed


def _listed(typed: str) -> Wish | None:
    for pattern in _LISTS:
        match = pattern.fullmatch(typed)
        if match:
            found = match.groupdict()
            whom = found.get("whom") or ""
            if whom and _NOBODY.match(whom):
                return None
            return Wish(LIST, part_of(found.get("what") or ""), whom)
    return None


def _taken_back(typed: str) -> Wish | None:
    for pattern in _BACKS:
        match = pattern.fullmatch(typed)
        if match is None:
            continue
        found = {name: part or "" for name, part in match.groupdict().items()}
        said = _TO_THEM.sub("", found.get("said", "").strip(BETWEEN))
        whom = found.get("whom", "").strip("@ ")
        if _NOT_TAKEN.fullmatch(said) or ("said" in found and not said and _OF_HANDS not in typed):
            continue
        if "whom" in found and not _is_somebody(whom):
            continue
        what = part_of(found.get("what", "") or found.get("behind", ""))
        return Wish(BACK, what, whom, said, sure=not (what or whom or said))
    return None


def _myself(typed: str) -> Wish | None:
    """资产还是我来填, 这题我自己填."""
    match = _MYSELF.fullmatch(typed)
    if match is None:
        return None
    what = part_of(match["what"] or match["behind"] or "")
    return Wish(BACK, what, sure=bool(match["again"] or match["self"]))


def _given(typed: str) -> tuple[Wish, ...]:
    """All ways in which it can be read, the likeliest first."""
    wishes = []
    for pattern, kind, sure in _GIVES:
        match = pattern.fullmatch(typed)
        if match is None:
            continue
        found = {name: part or "" for name, part in match.groupdict().items()}
        whom = found["whom"].strip("@ ")
        said = found.get("what", "") or found.get("behind", "")
        if _is_somebody(whom) and not _FIGURE.search(said):
            what = part_of(said)
            wishes.append(Wish(kind, "" if _MODAL.fullmatch(what) else what, whom, sure=sure))
    match = _RUN_TOGETHER.fullmatch(typed)
    if match and not any(wish.sure for wish in wishes):
        both = match["both"]
        splits = [(_BARE_END.sub("", both[:at]), both[at:]) for at in range(2, len(both) - 1)]
        wishes += [Wish(GIVE, part_of(what), whom) for what, whom in splits if _is_somebody(whom)]
    return tuple(wishes)


def _is_somebody(whom: str) -> bool:
    return len(whom) > 1 and _NOBODY.match(whom) is None


def part_of(said: str) -> str:
    """The name of a part without what people put behind it.

    >>> part_of("资产这块"), part_of("采购的"), part_of("第12题我不会，"), part_of("12、13题")
    ('资产', '采购', '第12题', '12、13')
    """
    typed = _LOST.sub("", said.strip(BETWEEN)).strip(BETWEEN)
    if _HERE.fullmatch(typed) or _HERE_ALL.fullmatch(typed) or _REST.fullmatch(typed):
        return typed
    if re.fullmatch("第?[0-9]{1,3}题", typed):
        return typed
    return (_PART_ENDS.sub("", typed) or typed).strip(BETWEEN)


def is_here(said: str) -> bool:
    """Whether the open question is meant: 这题, or nothing named."""
    return not said or _HERE.fullmatch(said) is not None


def is_here_all(said: str) -> bool:
    """Whether the section of the open question is meant: 这块, 这几题."""
    return _HERE_ALL.fullmatch(said) is not None


def is_rest(said: str) -> bool:
    """Whether all that is still open is meant: 剩下的, 全部."""
    return _REST.fullmatch(said) is not None


def is_all(said: str) -> bool:
    """Whether all hand-overs are meant."""
    return said in _ALL.split("|") or is_rest(said)

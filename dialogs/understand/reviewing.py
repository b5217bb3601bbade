"""What finance says about reviewed points and opinions: 核定 商务局 B3-1 2.5 合同没附, and what a
department says against them: 申辩 B3-1 合同已附."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dialogs.understand.numerals import alike, read_quantity
from dialogs.understand.plain_text import BETWEEN, clean, narrow

POINTS, AGREE, BACK = "points", "agree", "back"
ISSUE, FINAL = "issue", "final"
APPEALS, UPHOLD, REJECT = "appeals", "uphold", "reject"
SHOW, OBJECT, NONE = "show", "object", "none"

_OPINION = "[复複覆][核审審]意[见見](?:[书書])?"
_MAKE = "(?:请|帮我|再)?(?:出具?|[发發][送出]?|生成|做|下[发發]|[给給]|[拟擬])?"
_WISHES = (
    (FINAL, rf"{_MAKE}最[终終](?:的)?(?:{_OPINION}|意[见見])"),
    (ISSUE, rf"{_MAKE}{_OPINION}"),
    (BACK, "(?:全部|都|各项)(?:改回|恢[复復]|按照?)自[评評](?:分|得分)?"),
    (
        AGREE,
        "(?:全部?|都|各项)?(?:同意|[认認]可|按照?|采用|[维維]持)(?:部[门門]|[单單]位)?自[评評](?:分|得分)",
    ),
    (
        REJECT,
        "(?:不予?(?:采[纳納]|支持|同意|[认認]可)|[驳駁]回|[维維]持(?:原)?核定分?)(?:的)?(?:申[辩辯])?",
    ),
    (UPHOLD, "(?:(?:采[纳納]|支持)(?:的)?(?:申[辩辯])?|(?:同意|[认認]可)申[辩辯])"),
    (APPEALS, "(?:查?看)?(?:待答[复復]的)?申[辩辯]"),
    (POINTS, "(?:[复複覆]核)?核定(?:得?分)?|[复複覆]核|核分"),
)
_WISH = tuple(
    (kind, re.compile(rf"(?P<before>[^\n。；;]{{0,40}}?)[\s,，:：]*(?:{verb})(?P<rest>.*)", re.S))
    for kind, verb in _WISHES
)
_PLEASE = re.compile(r"^(?:请|麻烦|帮我|我要|对|把|[给給])+\s*")
_RUNS_ON = re.compile(r"^(?:[为為是成到給给]|[:：])*\s*")

_FIGURE = r"[-－−]?[0-9０-９]+(?:[.．][0-9０-９]+)?"
_SPELLED = "[零〇一二两兩三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+(?:[点點][零〇一二三四五六七八九]+)?"
_LEAD = (
    r"(?:财政|現在|现在|只能|只|应当?|最多)?(?:核定|核[为為]|[给給]|改[为為成到]|[调調]整?[为為成到]"
    r"|[评評]|打|[为為]|得|[:：=＝]|→|->)*\s*"
)
_STANDS = r"(?=$|[\s,，。；;、:：（(])"
_AT = re.compile(
    rf"{_LEAD}(?:(?P<figure>{_FIGURE})(?:\s*分(?![钟之])|{_STANDS})|(?P<spelled>{_SPELLED})分(?![钟之])(?P<half>半)?)"
    r"(?P<rest>.*)",
    re.S,
)
_BEGINS = re.compile(rf"{_LEAD}{_FIGURE}")
_AT_END = re.compile(
    rf"(?P<reason>.*?\S)(?:[\s,，。；;]+|(?={_LEAD}))(?:{_LEAD})(?P<figure>{_FIGURE})\s*分[。.!！]?",
    re.S,
)
_FROM_TO = re.compile(
    rf"(?:自[评評]|[从從由])?(?P<old>{_FIGURE})\s*分?\s*(?:[改调調降变變]整?(?:[为為成到至])?|核[减減][到至为為]|→|->)\s*"
    rf"(?P<new>{_FIGURE})(?:\s*分|{_STANDS})(?P<rest>.*)",
    re.S,
)
_OFF = re.compile(
    rf"(?:再|要|[应應])?(?:扣[减減除]?|[减減]|少[给給])[了去]?\s*(?P<figure>{_FIGURE})\s*分(?P<rest>.*)",
    re.S,
)
_FULL = re.compile(r"(?:[给給]|得|核定[为為]?)?[满滿]分(?P<rest>.*)", re.S)
_ZERO = re.compile(r"(?:[给給])?(?:不得分|不[给給]分|全扣|零分|扣光)(?P<rest>.*)", re.S)
_OWN = re.compile(
    r"(?:按照?|同意?|[恢][复復]|改回|和|与|[认認]可|[维維]持|[给給])?(?:部[门門]|[单單]位)?"
    r"(?:自[评評](?:分|得分)?(?:一样|相同)?|不改|不[变變]|原分)(?P<rest>.*)",
    re.S,
)
_LONGEST = 700
_GOES_ON = re.compile(
    r"\s*(?:[.．。,，]\s?[0-9０-９]|[-－~～至到/／][0-9０-９]|[个個份项項处處家笔筆次条條张張种種%％])"
)
_REASON = re.compile(
    r"^[\s,，。；;、:：（(]*(?:原因是?|理由是?|因[为為]|由于|依据是?)?[\s,，:：]*(?P<reason>.*?)[）)]?$",
    re.S,
)
_NO_OBJECTION = re.compile(
    r"(?:[我本](?:们|們|单位|單位|局)?|单位)?(?:[对對](?:第?\d*号?)?[复複]核意[见見](?:[书書])?)?(?:确[认認])?"
    r"(?:[无無没沒]有?(?:不同)?(?:[异異][议議]|意[见見])|不申[辩辯]|(?:同意|[认認]可|接受)(?:[复複]核意[见見]|核定(?:[结結]果|分)?))[了。.!！]*"
)
_OBJECT = re.compile(
    r"(?:[我本](?:们|們|单位|單位|局)?|单位)?(?:要|想|提出|提交|[进進]行)?申[辩辯][\s,，:：、。]*(?P<rest>.*)",
    re.S,
)
_ALONE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,9})?)\s*分?")
_HOLD = re.compile(r"(?:先|暂时?|還是|还是)?(?:不要?|别|別)(?:再)?[发發]?(?:了|出)?[。.!！]*")
_SEND = re.compile(r"(?:确[认認])?(?:可以)?[发發](?:出|送)?(?:吧|去)?[。.!！]*")
_SHOW = re.compile(
    rf"(?:查?看|[给給]我看?)?(?:一?下)?(?:财政的?)?(?:最[终終])?(?:{_OPINION}|核定(?:[结結]果|分|得分)|[复複]核[结結]果)"
    r"(?:呢|出[来來]了?[吗嗎没]?有?|怎么样|[在再]?[发發]一?[遍下份])?[?？。]*"
)


@dataclass(frozen=True)
class Wish:
    """What is wanted of the review: `before` the verb stand at most names, `rest` behind it."""

    kind: str
    before: str
    rest: str


@dataclass(frozen=True)
class Mark:
    """The points that words give an indicator: a figure, the department's `own`, the `full`
    ones, or so many `off`; `unclear` has what can't be read."""

    points: Decimal | None = None
    own: bool = False
    full: bool = False
    off: Decimal | None = None
    reason: str = ""
    unclear: str = ""

    @property
    def said(self) -> bool:
        """Whether anything was said about the points at all."""
        return bool(self.own or self.full or self.unclear) or (self.points or self.off) is not None


def read_wish(text: str) -> Wish | None:
    """What finance wants of the review; None for any other message. Names and words are not
    judged here.

    >>> read_wish("核定 商务局 B3-1 2.5 合同没附")
    Wish(kind='points', before='', rest='商务局 B3-1 2.5 合同没附')
    >>> read_wish("商务局同意自评分"), read_wish("出复核意见 商务局").kind
    (Wish(kind='agree', before='商务局', rest=''), 'issue')
    >>> read_wish("通过")
    """
    said = _PLEASE.sub("", clean(text))
    found = [(m.start("rest") - len(m["rest"]), m, k) for k, p in _WISH if (m := p.fullmatch(said))]
    starting = [(match, kind) for _, match, kind in found if not match["before"].strip(BETWEEN)]
    for match, kind in starting or [(match, kind) for _, match, kind in found]:
        rest = _RUNS_ON.sub("", match["rest"].strip(BETWEEN)) if kind == POINTS else match["rest"]
        return Wish(kind, match["before"].strip(BETWEEN), rest.strip(BETWEEN + "的"))
    return None


def read_mark(words: str) -> Mark:
    """The points and the reason in the words about one indicator.

    >>> read_mark("2.5分，合同没附").points, read_mark("2.5分，合同没附").reason
    (Decimal('2.5'), '合同没附')
    >>> read_mark("合同没附，只给1分").points, read_mark("两分半 缺附件").points
    (Decimal('1'), Decimal('2.5'))
    >>> read_mark("按自评").own, read_mark("扣0.5分 缺附件").off, read_mark("2。5 缺").unclear
    (True, Decimal('0.5'), '2。5 缺')
    >>> read_mark("3份合同没附")
    Mark(points=None, own=False, full=False, off=None, reason='3份合同没附', unclear='')
    """
    said = clean(words).strip(BETWEEN)
    if len(said) > _LONGEST:
        return Mark(reason=said)
    for pattern, kind in ((_OWN, "own"), (_FULL, "full"), (_ZERO, "zero")):
        if match := pattern.fullmatch(said):
            reason = reason_of(match["rest"])
            if (
                kind == "own"
                and len(match["rest"].strip(BETWEEN)) > 0
                and not _apart(match["rest"])
            ):
                continue
            zero = Decimal(0) if kind == "zero" else None
            return Mark(zero, own=kind == "own", full=kind == "full", reason=reason)
    if match := _OFF.fullmatch(said):
        return Mark(off=_number(match["figure"]), reason=reason_of(match["rest"]))
    if match := _FROM_TO.fullmatch(said):
        return Mark(_number(match["new"]), reason=reason_of(match["rest"]))
    if match := _AT.fullmatch(said):
        return _at(match, said)
    if match := _AT_END.fullmatch(said):
        return Mark(_number(match["figure"]), reason=reason_of(match["reason"]))
    begins = _BEGINS.match(said)
    if begins and not re.match(
        r"\s?[个個份项項处處家笔筆次条條张張种種年月]", said[begins.end() :]
    ):
        return Mark(unclear=said)
    return Mark(reason=reason_of(said))


def _at(match: re.Match[str], said: str) -> Mark:
    behind = said[match.start("rest") :]
    had_unit = "分" in said[: match.start("rest")]
    if not had_unit and _GOES_ON.match(behind):
        return Mark(unclear=said)
    if match["figure"]:
        points: Decimal | None = _number(match["figure"])
    else:
        quantity = read_quantity(alike(match["spelled"]))
        points = quantity.value if quantity else None
        if points is not None and match["half"]:
            points += Decimal("0.5")
    if points is None:
        return Mark(unclear=said)
    return Mark(points, reason=reason_of(match["rest"]))


def _apart(rest: str) -> bool:
    return rest[:1].isspace() or rest[:1] in BETWEEN + "；;（("


def _number(figure: str) -> Decimal:
    return Decimal(narrow(figure).replace("−", "-"))


def reason_of(words: str) -> str:
    """The words behind the points, without 原因 and the like in front.

    >>> reason_of("，原因：合同没附")
    '合同没附'
    """
    match = _REASON.match(words.strip())
    found = match["reason"] if match else words
    return found.strip(" ,，:：、。；;\n")


def read_figure(text: str) -> Decimal | None:
    """The points that stand alone in a field; None for anything else.

    >>> read_figure("１．５分"), read_figure("1,5")
    (Decimal('1.5'), None)
    """
    match = _ALONE.fullmatch(narrow(text))
    return Decimal(match[1]) if match else None


def says_hold(text: str) -> bool:
    """Whether something shown is not to be sent.

    >>> says_hold("先不发"), says_hold("不发给民政局")
    (True, False)
    """
    return bool(_HOLD.fullmatch(clean(text)))


def says_send(text: str) -> bool:
    """Whether something shown is to be sent."""
    return bool(_SEND.fullmatch(clean(text)))


def read_appeal(text: str) -> Wish | None:
    """What a contact says about an opinion: to see it, to object, to agree; None for any other.

    >>> read_appeal("申辩 B3-1 合同已附").rest, read_appeal("没有异议").kind
    ('B3-1 合同已附', 'none')
    >>> read_appeal("复核意见呢").kind, read_appeal("对B3-1有意见")
    ('show', None)
    """
    said = clean(text)
    if _NO_OBJECTION.fullmatch(said):
        return Wish(NONE, "", "")
    if _SHOW.fullmatch(said):
        return Wish(SHOW, "", "")
    match = _OBJECT.fullmatch(said)
    return Wish(OBJECT, "", match["rest"].strip()) if match else None

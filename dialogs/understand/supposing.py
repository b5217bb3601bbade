"""What somebody supposes: 如果执行率到100%会怎样, 要是B3-1满分呢, 假如重点工作都完成了."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.plain_text import clean, narrow

_LONGEST = 90
_LEAD = re.compile(
    r"(?:那么|那|请问|请|麻烦(?:你|您)?|能不能|可不可以|能否|可以|我?想问(?:一下|下)?|我?想知道|帮我?(?:算|看)(?:一下|下|算|看看)?|"
    r"算(?:一下|算)|看看|[\s,，])*+"
)
_IF = re.compile(
    r"(?:试算一下|试算|如果说|如果|要是说?|假如|假若|假设|假使|假定|倘若|若是|设若|若|万一|比如说?|比方说?|把|将)"
)
_IF_WITHIN = re.compile(
    r"(?P<before>[^,，、]{2,16}?)(?:如果说|如果|要是|假如|假设|若是|若)(?P<rest>.+)$"
)
_LOOSE_IF = ("比如", "比如说", "比方", "比方说", "把", "将")
_POINTS = r"(?:总分数?|分数|得分|总得分|评分|自评分|成绩|结果|[\u4e00-\u9fff]{2,6}率)"
_OUTCOME = (
    rf"(?:{_POINTS}?(?:会|就|能|可以|要|该|是|变|有)*(?:怎么样|怎样|怎么变|咋样|咋变|如何|怎么算|有什么变化|有变化|有什么影响|有影响|"
    r"变(?:成|到)?(?:多少|几)(?:分)?|(?:得|拿|到|加|涨|多|提高|增加|扣|少|掉|是|有)?(?:多少|几)分|"
    rf"会变|变不变|(?:会不会|能不能|会|能|要)(?:被|再)?(?:加|扣|涨|掉|多|少|失)分|(?:得|拿|到|扣|变|是)(?:多少|几))|{_POINTS}(?:会|能|是|有|变|成|到)*(?:多少|几))"
)
_ASKS = re.compile(
    rf"(?:那么|那|则|就|的话|对{_POINTS}|本指标|这项|一共|总共|我们|{_POINTS}|[\s,，。])*{_OUTCOME}"
    rf"(?:对{_POINTS})?[呢啊呀了吗嘛?？。!！\s]*$"
)
# 改成98.5，多少分了: what the score is by now, once that is changed.
_BY_NOW = re.compile(
    r"[,，。]\s*(?:现在|目前|那)?(?:得分|总分|一共|自评)?(?:是|有)?(?:多少|几)分?了[?？\s]*$"
)
_IF_BEHIND = re.compile(r"(?:的话)[\s,，]*(?:呢|啊|会)?[?？。\s]*$")
_PARTICLE = re.compile(r"[\s,，]*(?:呢|吗|嘛|么|啊|呀)?[?？。!！~\s]*$")
_HOW_TO = re.compile(
    r"(?:怎么办|咋办|怎么填|咋填|怎么写|怎么弄|怎么交|怎么改|行吗|可以吗|要不要|找谁|问谁|就好|该多好|多好)"
)

_SPLIT = re.compile(
    r"(?:[、,，;；。](?![0-9]{3}(?![0-9]))|[、;；]|\s+)(?:并且|而且|同时|以及|又|再|还有|和)?|并且|而且|同时|以及"
)
_ALONE = re.compile(r"[A-Za-z]{1,6}|[0-9]{1,2}")

_NUMERAL = r"(?:[-+]?[0-9][0-9,.]*+|[零〇一二两三四五六七八九十百千]++)"
_MEASURE = r"(?:亿元|万元|千元|亿|万|元|块钱|块|%|个百分点|成|[个件家人份条项分])"
_FIGURE = re.compile(
    rf"(?P<value>(?:约|大概|(?:再)?(?:多|少|加|减|增加|减少|提高|降低)(?:了|个)?)?"
    rf"(?:百分之{_NUMERAL}|[一二三四五六七八九0-9]成[一二三四五六七八九半]?|{_NUMERAL}{_MEASURE}?(?:[0-9][0-9.]*+{_MEASURE}?)*))"
    r"(?:左右|上下|以内|以下|之内|以上)?(?:了)?$"
)
_SPAN = re.compile(rf"{_NUMERAL}{_MEASURE}?\s*(?:到|至|~|-|—|或者?)\s*$")
_FULL = re.compile(
    r"(?P<value>(?:都|全部?|全都|均)?(?:能|可以|也)?(?:拿|得|是|给|到|为)?(?:满分|全分)|"
    r"(?:都|全部?|一分)?(?:不|没有?|不会|不被|没被|都不|也不)扣分?|不丢分|一分不扣)(?:了)?$"
)
_EVERY = re.compile(
    r"(?P<target>.+?)(?P<value>(?:全部|全都|(?<!首)都|(?<![平人])均|(?<![健安完齐])全)(?!部门|国|区|市|县|省|年).{0,10})$"
)
_EXCEPT = re.compile(r"(?P<target>.+?)(?P<value>除了?.{1,6}(?:都|全|其他|其余|以外|之外).{0,6})$")
_LINK = (
    r"(?:能够|能|可以|会|如果|要是|再)*(?:提高到|提升到|增加到|上升到|增长到|涨到|提到|升到|拉到|降低到|下降到|减少到|降到|减到|压到|"
    r"控制到|控制在|达到了?|做到了?|完成到|改成|改为|改到|变成|变为|换成|调整到|调整为|调到|调成|填成|填|写成|"
    r"等于|拿|得了?|到了?|都|是|为|有|(?<![预决核概])算|按|选|只|=|:|：)+"
)
_LINK_END = re.compile(rf"{_LINK}\s*$")
_LINKED = re.compile(
    r"(?P<target>.+?)(?:提高到|提升到|改成|改为|变成|变为|换成|调成|填成|填|写成|等于|选|只有|只选|是|为|=|:|：)\s*(?P<value>.+)$"
)
_DONE = (
    r"(?:没有|没|未|不|不能|没能|还没)?(?:按时|及时|足额|按规定|按要求)*"
    r"(?:做过?|开展过?|完成|办完|办结|公开|上缴|缴|盘点|达标|达到|合规|规范|及时|按时|相符|到位|超标|超支|超预算|超|通过|落实|实现|有)(?:了|过|的)?"
)
_HEAD = re.compile(
    r"(?P<value>没有|没|无|不存在|没做过?|没开展|未开展|未|不|有|做过?了?|开展了?|完成了?|公开了?|上缴了?|做到了?)(?P<target>.{2,})$"
)
_HAS = re.compile(r"(?P<before>.{2,}?)(?P<value>没有|没|有)(?P<behind>.{2,})$")
_TAIL = re.compile(rf"(?P<target>.{{2,}}?)(?P<value>{_DONE})$")
_COUNTED = re.compile(r"(?:[0-9]+|[一二两三四五六七八九十]+|这几|每一?|所有)(?:项|个|条|件)$")
_HERE = re.compile(
    r"(?:我们?|你|您|把|这道?题?|这个|本题|此题|这里|这项|那|答案|是|填|选|答|写|改|报|的|数|金额)*"
)


@dataclass(frozen=True)
class Supposed:
    """One thing supposed: the words for what it is about, and those for its value. No words mean
    the open question, or with full marks the whole form."""

    target: str
    value: str


def read_supposition(text: str) -> tuple[Supposed, ...] | None:
    """What a message supposes, None where it supposes nothing; empty where it asks what would
    be but does not say of what.

    >>> read_supposition("如果执行率到100%会怎样")
    (Supposed(target='执行率', value='100%'),)
    >>> [(s.target, s.value) for s in read_supposition("要是B3-1满分、公开都及时呢？") or ()]
    [('B3-1', '满分'), ('公开', '都及时')]
    >>> read_supposition("执行率100%"), read_supposition("如果没有发票怎么办")
    (None, None)
    """
    typed = narrow(text).strip(" 。.!！~")
    if not typed or len(typed) > _LONGEST or "\n" in clean(text) or _HOW_TO.search(typed):
        return None
    body, asks, strong = _body(typed)
    if not asks or (not strong and _BY_NOW.search(typed)):
        return None
    found = [_pair(clause) for clause in _clauses(body)]
    pairs = tuple(pair for pair in found if pair is not None)
    if len(pairs) < len(found) or not pairs:
        return () if strong else None
    return pairs


def asks_outcome(text: str) -> bool:
    """Whether a message asks what would follow, as no text of a report does.

    >>> asks_outcome("如果执行率到100%会怎样"), asks_outcome("如果资金到位，执行率会更高")
    (True, False)
    """
    typed = narrow(text).strip(" 。.!！~")
    return bool(_ASKS.search(typed)) or typed.endswith(("呢", "?"))


def _body(typed: str) -> tuple[str, bool, bool]:
    """What is supposed, without the words around it; whether anything is, and whether the
    message surely asks what would follow."""
    typed = typed[_match_end(_LEAD, typed) :]
    condition = _IF.match(typed)
    within = None if condition else _IF_WITHIN.match(typed)
    if within:
        typed = within["before"] + within["rest"]
    behind = _ASKS.search(typed)
    body = typed[: behind.start()] if behind and behind.start() else typed
    trailing = _IF_BEHIND.search(body)
    body = body[: trailing.start()] if trailing else body
    body = _PARTICLE.sub("", body)
    if condition:
        body = body[condition.end() :] if condition.end() <= len(body) else ""
    loose = condition is not None and condition.group() in _LOOSE_IF
    real = bool(condition and not loose) or bool(trailing) or within is not None
    questioned = bool(behind) or typed.endswith(("呢", "?", "呢?"))
    asks = real or (bool(behind) and _has_value(body))
    return body.strip(" ,，。"), asks, real and questioned


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _has_value(body: str) -> bool:
    """Whether a value stands at the end: 执行率100%得几分 supposes, 这个得几分 doesn't."""
    return any(p.search(body) for p in (_FULL, _EVERY)) or bool(_ends_in_figure(body))


def _clauses(body: str) -> list[str]:
    """The things supposed, one by one; letters that follow a comma belong to what came before."""
    parts: list[str] = []
    for part in (p.strip(" ,，、") for p in _SPLIT.split(body)):
        part = _IF.sub("", part, count=1) if _IF.match(part) else part
        if not part:
            continue
        if parts and (_ALONE.fullmatch(part) or _is_value_alone(part, parts[-1])):
            parts[-1] += ("、" if _ALONE.fullmatch(part) else " ") + part
        else:
            parts.append(part)
    return parts


def _is_value_alone(part: str, before: str) -> bool:
    """Whether a part says only the value of the name before it: 执行率 100%."""
    figure = _ends_in_figure(part)
    alone = bool(figure and not figure[0] and part.endswith(figure[1])) or bool(
        _FULL.fullmatch(part)
    )
    return alone and _pair_of_value(before) is None


def _pair(clause: str) -> Supposed | None:
    return _pair_of_value(clause) or _pair_in_words(clause)


def _pair_of_value(clause: str) -> Supposed | None:
    """A clause that ends in full marks, a figure or letters."""
    full = _FULL.search(clause)
    if full:
        return Supposed(_target(clause[: full.start()]), full["value"].strip())
    figure = _ends_in_figure(clause)
    if figure and (figure[0] or _HERE.match(clause).end() > 0):  # type: ignore[union-attr]
        return Supposed(*figure)
    return None


def _ends_in_figure(clause: str) -> tuple[str, str] | None:
    """The name and the figure behind it; a code such as B3-1 is no figure."""
    for found in (_FIGURE.search(clause, at) for at in range(len(clause))):
        if found is None:
            return None
        before = clause[: found.start()]
        if re.search(r"[A-Za-z][0-9]*-?$|第$|[0-9]-$", before) or clause.endswith("题"):
            continue
        span = _SPAN.search(before)  # a range is no figure: it is asked about as a whole
        at = span.start() if span else found.start()
        return _target(clause[:at]), clause[at : found.end("value")]
    return None


def _pair_in_words(clause: str) -> Supposed | None:
    for pattern in (_EXCEPT, _EVERY, _LINKED, _HEAD, _TAIL):
        found = pattern.fullmatch(clause)
        if found and (_target(found["target"]) or _HERE.fullmatch(found["target"])):
            return Supposed(_target(found["target"]), found["value"].strip())
    has = _HAS.fullmatch(clause)
    return Supposed(_target(has["before"] + has["behind"]), has["value"]) if has else None


def _target(words: str) -> str:
    """The name without the words around it; "" for the open question."""
    bare = words.strip(" ,，、的")
    while (shorter := _LINK_END.sub("", bare).strip(" ,，、的")) != bare and shorter:
        bare = shorter
    bare = _COUNTED.sub("", bare)
    bare = re.sub(r"^(?:我们?(?:单位|局|的)?|你|您|把|将|这个|这题|那个)+(?=.{2})", "", bare)
    return "" if _HERE.fullmatch(bare) else bare

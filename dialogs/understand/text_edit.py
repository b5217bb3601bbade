"""What people say about a text while they write it: 重写, 接着写, 删最后一段, 把“甲”改成“乙”, 看全文."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.plain_text import clean, narrow

WHOLE, INSTEAD, MORE, AFTER = "whole", "instead", "more", "after"
DROP, CUT, SWAP = "drop", "cut", "swap"
PARAGRAPH, SENTENCE = "paragraph", "sentence"
STOPS = "。！？!?；;，,"

_POLITE = r"(?:那|那就|请|麻烦|帮我|给我|我要|我想|再|就)*+"
_OPEN, _CLOSE = "[“\"「『‘'《]", "[”\"」』’'》]"
_THAT = r"(?:这|那)?(?:一)?(?:句话?|段话?|几个字|个词|个字|部分)?"
_WHOLE = re.compile(
    rf"{_POLITE}(?:看|查看|看看|看一下|看下|显示|发|给我看)?(?:一下|一遍)?(?:这段|这题|这一题|我写)?的?"
    r"(?:全文|原文|整段|全部内容|完整内容|写的内容|写了什么|写了啥|写的什么)"
)
_INSTEAD = re.compile(
    rf"{_POLITE}(?:全部|整段|全文|都)?(?:重写|重新写|重新填|改写|替换|替换为|替换成|换成|推倒重来|重来|整段换掉)"
    r"(?:一下|一遍|这段|全文|整段|掉|吧|成|为)*(?:\s*[：:\n]\s*(?P<text>.+))?",
    re.S,
)
_MORE_WORDS = (
    r"(?:我)?(?:再|另外|还要|还得)?(?:接着写|接着|接着上面的?|接上|续|续写|续上|接前文|接上文|补充|补充一下|补充一点"
    r"|补充一句|补充一段|补充说明|补一句|补一段|加|加上|加一句|加一段|加一点|追加|追加一段|后面加|后面接着|后面加上"
    r"|加在后面|接在后面|接在原来的?后面|加在原来的?后面|接着原来的写|接着上条|接上条|接上一条|接着上一条|续上条|上条补充|上一条补充)"
)
_MORE = re.compile(rf"{_MORE_WORDS}(?:的话|吧)?\s*[：:\n]\s*(?P<text>.+)", re.S)
_MORE_LAST = re.compile(
    r"(?:我)?(?:再)?(?:接上条|接上一条|接着上条|接着上一条|续上条|补充一句|补充一下|再补充一句|再加一句|再加一段|补一句)"
    r"\s*[，,、\s]\s*(?P<text>.+)",
    re.S,
)
_MORE_ALONE = re.compile(
    r"(?:我)?(?:还要|还想|想|要)?(?:再)?(?:接着写|续写|补充|补充一下|补充一点|接着补充)(?:吧|一些)?"
)
_AFTER = re.compile(
    r"(?:要|就|都|请)?(?:接|加|放|续)(?:在|到)(?:原来|以前|前面|之前)?的?(?:内容)?(?:后面|末尾)(?:吧)?|接着原来的写"
)
_PERHAPS_MORE = re.compile(
    r"(?:对了|哦对)?[，,]?还有(?:一点|一条|一句|就是)?\s*[：:，,、]?\s*(?P<text>\S.+)", re.S
)

_ERASE = r"(?:删除|删掉|删去|删了|删|去掉|拿掉)"
_GONE = r"(?:删除|删掉|删去|删了|删|去掉|拿掉|不要了|不要)(?:吧|了)?"
_UNIT = r"(?P<unit>段|句|条|行|小段|自然段)(?:话|文字)?"
_NUMBER = r"(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_PLACE = rf"(?:(?P<last>最后|最末|末尾|末|后面)(?:的)?(?:那|这)?(?:一|1)?|第{_NUMBER}){_UNIT}"
_DROPS = (
    re.compile(rf"{_POLITE}(?:把)?{_ERASE}{_PLACE}(?:吧)?"),
    re.compile(rf"{_POLITE}(?:把)?{_PLACE}{_GONE}"),
)
_QUOTED = rf"{_OPEN}(?P<old>.+?){_CLOSE}"
_CUTS = (
    re.compile(
        rf"{_POLITE}(?:把)?{_ERASE}{_THAT}(?:里面的?|文中的?)?{_QUOTED}{_THAT}(?:吧)?", re.S
    ),
    re.compile(rf"{_POLITE}(?:把)?(?:里面的?|文中的?)?{_QUOTED}{_THAT}{_GONE}", re.S),
)
_TO = r"(?:改成|改为|换成|换为|替换成|替换为|更正为|应该是|应为)"
_SWAP = re.compile(
    rf"{_POLITE}(?:把|将)?(?:里面的?|文中的?|上面的?|前面的?)?{_QUOTED}{_THAT}(?P<all>都|全都?|全部)?{_TO}"
    rf"\s*(?:{_OPEN}(?P<new>.+?){_CLOSE}|(?P<bare>[^“”\"\n]{{1,200}}?))[。.]?",
    re.S,
)
_SWAP_BARE = re.compile(
    rf"(?:把|将)(?P<old>[^“”\"，,。\n]{{2,40}}?)(?P<all>都|全都?|全部)?{_TO}(?P<new>[^“”\"，,。\n]{{1,60}})[。.]?"
)
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;]+[”」』’)）]*|[^。！？!?；;\n]+|\n")
_CHINESE = {word: n for n, word in enumerate("一二三四五六七八九十", start=1)}


@dataclass(frozen=True)
class Edit:
    """One thing to do to a text: `kind` is one of the names above.

    text: the words that came with 重写 or 接着写. number: which paragraph or sentence (`unit`),
    counted from 1, 0 for the last. old, new: the words to be cut or changed; `all` wherever they
    stand. sure: False where the message may as well be a sentence of the text.
    """

    kind: str
    text: str = ""
    number: int = 0
    unit: str = PARAGRAPH
    old: str = ""
    new: str = ""
    all: bool = False
    sure: bool = True


def read_edit(text: str) -> Edit | None:
    """What a message wants done to the text that is being written; None where it is something else.

    >>> read_edit("删第2段").number, read_edit("接着写：推进项目。").text
    (2, '推进项目。')
    >>> read_edit("把“甲”改成“乙”").new, read_edit("补充完善了制度。")
    ('乙', None)
    """
    typed = clean(text)
    bare = narrow(text).strip(" 。.!！~")
    if _WHOLE.fullmatch(bare):
        return Edit(WHOLE)
    if _MORE_ALONE.fullmatch(bare):
        return Edit(MORE)
    if _AFTER.fullmatch(bare):
        return Edit(AFTER)
    for pattern in (_MORE, _MORE_LAST):
        if match := pattern.fullmatch(typed):
            return Edit(MORE, match["text"])
    if match := _INSTEAD.fullmatch(typed) or _INSTEAD.fullmatch(bare):
        return Edit(INSTEAD, match["text"] or "")
    return _trimming(typed, bare)


def _trimming(typed: str, bare: str) -> Edit | None:
    for pattern in _DROPS:
        if match := pattern.fullmatch(bare):
            unit = SENTENCE if match["unit"] == "句" else PARAGRAPH
            return Edit(DROP, number=0 if match["last"] else _number(match["number"]), unit=unit)
    for pattern in _CUTS:
        if match := pattern.fullmatch(typed.rstrip("。.")):
            return Edit(CUT, old=match["old"])
    if match := _SWAP.fullmatch(typed):
        new = match["new"] if match["new"] is not None else match["bare"]
        return Edit(SWAP, old=match["old"], new=new, all=bool(match["all"]))
    if match := _SWAP_BARE.fullmatch(typed):
        return Edit(SWAP, old=match["old"], new=match["new"], all=bool(match["all"]), sure=False)
    return None


def _number(word: str) -> int:
    """A small number in digits or in Chinese.

    >>> _number("12"), _number("十二"), _number("二十"), _number("二十三")
    (12, 12, 20, 23)
    """
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    first = _CHINESE.get(tens, 1) * 10 if ten else 0
    return first + _CHINESE.get(ones, 0)


def perhaps_more(text: str) -> str:
    """The words behind 还有, which may carry on what was said before; "" for all else.

    >>> perhaps_more("还有，走访了30家企业。"), perhaps_more("走访了30家企业")
    ('走访了30家企业。', '')
    """
    match = _PERHAPS_MORE.fullmatch(clean(text))
    return match["text"] if match else ""


def sentences(text: str) -> list[str]:
    """A text in sentences, with their stops and the ends of lines; put together they are the text.

    >>> sentences("甲。乙；丙")
    ['甲。', '乙；', '丙']
    """
    return _SENTENCE.findall(text)


def names_part_of_text(text: str) -> bool:
    """Whether words speak of a paragraph or sentence, which no table has.

    >>> names_part_of_text("删最后一段"), names_part_of_text("删最后一条")
    (True, False)
    """
    return any(unit in text for unit in "段句")

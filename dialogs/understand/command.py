"""Commands in words: what a person wants that is not an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dialogs.understand.bringing import office_of_list
from dialogs.understand.plain_text import narrow
from dialogs.understand.purging import ASKED as _PURGE
from dialogs.understand.spellings import SPELLINGS

__all__ = ["LAST", "SPELLINGS", "Command", "read_command", "split_end"]

_BY_WORD = {narrow(word).lower(): name for name, words in SPELLINGS.items() for word in words}

_EDIT = re.compile(r"(?:修改|更正|改一下|我要改|我想改|改)\s*(?:第\s*)?(?P<target>.+?)\s*(?:题)?")
_SET = re.compile(
    r"(?P<wrong>(?:不对|错了|填错了|写错了)[\s,，。、]+)?(?:(?:修改|更正|把|将)\s*)?(?P<target>.+?)\s*(?:改成|改为|更正为|应该是|应为|换成)\s*(?P<value>.+)",
    re.S,
)
_SET_LAST = re.compile(
    r"(?:不对|错了|不是|填错了|写错了|(?:刚才|刚刚|上面|上一)(?:的|那个|那题|个|题|条)?(?:填|写)?(?:的|错了|不对)?)"
    r"[\s,，。、]*(?:改成|改为|更正为|应该是|应为|换成|是)\s*(?P<value>.+)",
    re.S,
)
_NOT_OLD = re.compile(r"\s*[,，、]?(?:而)?不是.{1,30}$")
_WHOM = r"(?P<target>[^,，。?？\s]{2,10}?)(?:才知道|才行|再说)?"
_UNKNOWN = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:这个|我)?(?:也)?(?:不知道|不清楚|不太清楚|不懂|不确定)[\s,，。、]*"
        rf"(?:我)?(?:要|得|需要|先)?(?:去)?问(?:一下|问)?(?!题){_WHOM}",
        rf"(?:我|这个)?(?:要|得|需要|先)(?:去)?问(?:一下|问)?(?!题){_WHOM}",
        r"(?:去)?问(?:一下)?(?P<target>财务|会计|出纳|人事|办公室|领导|同事|业务股室|采购)",
    )
)
_SIGNED = re.compile(r"(?:线下签批|线下签字)[\s,，:：]*(?:是|由)?(?P<target>\S{2,10}?)(?:签的|签)?")
_DELETE = re.compile(r"(?:删除?|去掉)\s*(?:第)?\s*(?P<target>[0-9]{1,3})\s*(?:条|行|项|个)?")
_NOT_APPLICABLE = re.compile(r"不适用(?:[\s,，:：、。]*(?P<reason>.*))?", re.S)
_SEND_BACK = re.compile(r"(?:退回|退回修改|不通过|不同意)[\s,，:：、。]*(?P<words>.*)", re.S)


LAST = "刚才"
"""The target of a correction that names nothing: what was answered last."""


@dataclass(frozen=True)
class Command:
    """A command: its name, what it is about, and the new value that came with it.

    `spaced`: 修改 stood apart from its target, or 不对 before it, as nobody writes it in prose.
    """

    name: str
    target: str = ""
    value: str = ""
    spaced: bool = field(default=False, compare=False, repr=False)


def read_command(text: str) -> Command | None:
    """The command that the whole message is, or None.

    >>> read_command("上一题。").name, read_command("修改第12题").target
    ('back', '12')
    >>> read_command("实际采购金额改成98.5万元")
    Command(name='set', target='实际采购金额', value='98.5万元')
    """
    typed = narrow(text).strip(" 。.!！~")
    name = _BY_WORD.get(typed.lower()) or _BY_WORD.get(narrow(text).lower())
    if name:
        return Command(name)
    if len(typed) > 120:
        return None
    for pattern, kind in (
        (_PURGE, "purge"),
        (_SIGNED, "sign_by_hand"),
        (_DELETE, "delete"),
        (_NOT_APPLICABLE, "na"),
        (_SEND_BACK, "send_back"),
    ):
        match = pattern.fullmatch(typed)
        if match:
            found = match.groupdict()
            return Command(kind, found.get("target") or "", _rest(found))
    for pattern in _UNKNOWN:
        match = pattern.fullmatch(typed)
        if match:
            return Command("unknown", match["target"])
    office = office_of_list(typed)
    if office:
        return Command("lists", office)
    return _correction(typed)


def _correction(typed: str) -> Command | None:
    match = _SET_LAST.fullmatch(typed)
    if match:
        return Command("set", LAST, _NOT_OLD.sub("", match["value"]).strip())
    match = _SET.fullmatch(typed)
    if match and len(match["target"]) <= 30 and "\n" not in match["target"]:
        value = _NOT_OLD.sub("", match["value"]).strip()
        return Command("set", match["target"].strip(" ,，"), value, spaced=bool(match["wrong"]))
    match = _EDIT.fullmatch(typed)
    if match and len(match["target"]) <= 30 and "\n" not in typed:
        return Command("edit", match["target"].strip(), spaced=bool(_SPACED.match(typed)))
    return None


_SPACED = re.compile(r"(?:修改|更正)\s")
_LAST_WORD = re.compile(r"(?s)(?:(.*\S)\s+)?(\S*)")


def split_end(text: str) -> tuple[str, bool]:
    """A message without the 完 at its end, on a line of its own or apart, and whether it was there.

    >>> split_end("甲\\n乙\\n完"), split_end("甲；乙 完")
    (('甲\\n乙', True), ('甲；乙', True))
    """
    body, last = _LAST_WORD.fullmatch(text.rstrip()).groups()  # type: ignore[union-attr]
    if body and narrow(last).strip(" 。.!！") in SPELLINGS["done"]:
        return body, True
    return text, False


def _rest(found: dict[str, str | None]) -> str:
    return (found.get("reason") or found.get("words") or "").strip()

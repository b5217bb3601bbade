"""Commands in words: what a person wants that is not an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from dialogs.understand.asking import asked_in_words
from dialogs.understand.bringing import office_of_list
from dialogs.understand.correction import read_setting
from dialogs.understand.delegating import read_delegating
from dialogs.understand.naming import read_naming
from dialogs.understand.plain_text import narrow, simple
from dialogs.understand.purging import ASKED as _PURGE
from dialogs.understand.recalling import read_recall
from dialogs.understand.reopening import read_reopening
from dialogs.understand.skipping import read_skip
from dialogs.understand.spellings import SPELLINGS
from dialogs.understand.spoken import LAST, Command
from dialogs.understand.supposing import read_supposition

__all__ = ["LAST", "SPELLINGS", "Command", "read_command", "split_end"]

_BY_WORD = {narrow(word).lower(): name for name, words in SPELLINGS.items() for word in words}
_LONGEST = 120
_ENDS = " 。.!！~"
_WHOM = r"(?P<target>[^,，。?？\s]{2,10}?)(?:才知道|才行|再说|吧|了)?"
_KEEPERS = r"(?:财务|会计|出纳|人事|办公室|领导|同事|业务股室|采购|资产|信访)(?:股|科|室|部|处|那边|的?人)?"
_UNKNOWN = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:这个|这题|我)?(?:也)?(?:不知道|不清楚|不太清楚|不懂|不确定|不会|不归我管|不是我(?:管|负责)的?)[\s,，。、]*"
        rf"(?:我)?(?:要|得|需要|先|你|您|请)*(?:去)?(?:问|找)(?:一下|问)?(?!题|不到|得到){_WHOM}",
        rf"(?:我|这个|这题|这个数)?(?:要|得|需要|先)(?:去)?问(?:一下|问)?(?!题){_WHOM}",
        rf"(?:去)?(?:问问?|问一下|找|找一下)(?P<target>{_KEEPERS}|[小老][\u4e00-\u9fff])(?:吧|要)?",
        rf"(?:这个|这题|这个数)(?:是)?(?P<target>{_KEEPERS})(?:才)?(?:知道|清楚|有|管)(?:的)?",
    )
)
_SIGNED = re.compile(r"(?:线下签批|线下签字)[\s,，:：]*(?:是|由)?(?P<target>\S{2,10}?)(?:签的|签)?")
_DELETE = re.compile(r"(?:删除?|去掉)\s*(?:第)?\s*(?P<target>[0-9]{1,3})\s*(?:条|行|项|个)?")
_NOT_APPLICABLE = re.compile(r"不适用(?:[\s,，:：、。]*(?P<reason>.*))?", re.S)
_SEND_BACK = re.compile(
    r"(?:退回修改|退回(?![去到])|不通过|不同意)[\s,，:：、。]*(?P<words>.*)", re.S
)
_SURELY_ASKED = re.compile(r"[?？]|呢$|怎样|怎么样|如何|咋样|几分|多少分|多少$|影响")


@lru_cache(maxsize=512)  # a turn asks several times about the same words
def read_command(text: str) -> Command | None:
    """The command that the whole message is, or None.

    >>> read_command("上一题。").name, read_command("修改第12题").target
    ('back', '12')
    >>> read_command("实际采购金额改成98.5万元")
    Command(name='set', target='实际采购金额', value='98.5万元')
    >>> read_command("撤銷").name
    'undo'
    """
    plain = narrow(text)
    if len(plain) > _LONGEST:
        return None
    found = _read(plain) or _read(simple(text))
    return replace(found, said=text) if found else None


def read_fixed(text: str) -> Command | None:
    """The command where it is one of the listed ways to say it, as a desk hears it: there other
    words are reasons and names.

    >>> read_fixed("通过！"), read_fixed("三公经费填错了")
    (Command(name='approve', target='', value=''), None)
    """
    plain = narrow(text)
    if len(plain) > _LONGEST:
        return None
    for each in dict.fromkeys((plain, simple(text))):
        typed = each.strip(_ENDS)
        if found := _spelled(typed) or _fixed(typed):
            return replace(found, said=text)
    return None


def _spelled(typed: str) -> Command | None:
    name = _BY_WORD.get(typed.lower())
    return Command(name) if name else None


def _read(plain: str) -> Command | None:
    """The command in words that are in half width already."""
    typed = plain.strip(_ENDS)
    if found := _spelled(typed) or _spelled(plain):
        return found
    return next((found for read in _READERS if (found := read(typed))), None)


def _fixed(typed: str) -> Command | None:
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
    return None


def _unknown(typed: str) -> Command | None:
    for pattern in _UNKNOWN:
        match = pattern.fullmatch(typed)
        if match:
            return Command("unknown", match["target"])
    return None


def _list(typed: str) -> Command | None:
    office = office_of_list(typed)
    return Command("lists", office) if office else None


def _supposed(typed: str) -> Command | None:
    """如果…会怎样: the whole of it as `value`, for there may be several things supposed."""
    found = read_supposition(typed)
    if found is None:
        return None
    clear = _SURELY_ASKED.search(typed) is not None
    return Command("whatif", found[0].target if found else "", typed, spaced=clear)


def _recalled(typed: str) -> Command | None:
    target = read_recall(typed)
    return None if target is None else Command("history", target, spaced=True)


def _by_name(typed: str) -> Command | None:
    """What is asked about something by its name; 完成了多少 names nothing."""
    found = read_naming(typed) or read_reopening(typed)
    return None if found and found.loose and asked_in_words(typed) else found


_READERS: tuple[Callable[[str], Command | None], ...] = (
    _fixed,
    _unknown,
    _list,
    _supposed,
    _recalled,
    read_skip,
    read_delegating,
    read_setting,
    _by_name,
)
_LAST_WORD = re.compile(r"(?s)(?:(.*\S)\s+)?\s*(\S*)")


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

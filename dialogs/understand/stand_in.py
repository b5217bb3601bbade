"""代审 in words: who is to stand in for whom, and until which day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understand.plain_text import bare_words

_UNTIL = re.compile(
    r"[\s,，]*(?:时间)?(?:一直)?(?:到|至|截至|截止到)[\s:：]*(?P<until>\S+?)(?:为止|止)?$"
)
_END = re.compile(
    r"(?:取消|结束|停止)(?:(?P<before>\S{2,10}?)的)?代审[\s,，:：]*(?P<behind>\S{0,10})"
)
_SET = re.compile(r"(?:设|设置|安排)?代审(?:人)?[\s,，:：]*(?P<rest>.*)")
_TURNED = re.compile(r"(?:请|由|让)\s*(?P<by>\S{2,10}?)\s*(?:来)?(?:代审|代为审核|代我审核)")
_OTHER = re.compile(
    r"(?P<whom>[^\s,，]{2,10}?)[\s,，]*(?:由|请|让)\s*(?P<by>[^\s,，]{2,10}?)(?:\s*(?:代审|代为审核))?"
)


@dataclass(frozen=True)
class Wish:
    """A stand-in wished for. `whom` "" is the speaker; `by` "" is nobody named; `until` is the
    last day as typed; `ends` says that somebody is to stand in no longer."""

    whom: str = ""
    by: str = ""
    until: str = ""
    ends: bool = False


def read_wish(text: str) -> Wish | None:
    """What a message says about standing in; None for one about other things.

    >>> read_wish("代审 何穗 到6月10日")
    Wish(whom='', by='何穗', until='6月10日', ends=False)
    >>> read_wish("代审 林帆 由 何穗").whom, read_wish("取消代审").ends
    ('林帆', True)
    """
    typed = bare_words(text)
    ended = _END.fullmatch(typed)
    if ended:
        return Wish(whom=ended["before"] or ended["behind"] or "", ends=True)
    found = _UNTIL.search(typed)
    until, typed = (found["until"], typed[: found.start()]) if found else ("", typed)
    turned = _TURNED.fullmatch(typed) or _OTHER.fullmatch(typed) if "审" in typed else None
    if turned and not typed.startswith(("代审", "设", "安排")):
        return Wish(turned.groupdict().get("whom") or "", turned["by"], until)
    wished = _SET.fullmatch(typed)
    if wished is None:
        return None
    other = _OTHER.fullmatch(wished["rest"].strip())
    if other:
        return Wish(other["whom"], other["by"], until)
    return Wish("", re.sub(r"^(?:由|请|让)\s*", "", wished["rest"].strip(" ,，")), until)

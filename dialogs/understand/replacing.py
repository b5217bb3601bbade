"""Who is to be replaced by whom, as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BECOMES = r"(?:换成|换为|改成|改为|改由|交给|移交给|转给|给|→|-+>|➡)"
_ACCOUNT = (
    r"(?:\s*[（(]\s*(?:账号|帐号|userid)?\s*[:：]?\s*(?P<userid>[A-Za-z0-9_.@-]{1,64})\s*[）)])?"
)
_ASKED = re.compile(r"(?:我要)?(?:换人|更换填报人|换填报人)")
_NAME = r"[^\s，,、（）()→]{2,20}?"
_BOTH = re.compile(
    rf"(?:由|把|将|从)?\s*(?P<old>{_NAME})\s*(?:{_BECOMES}|[\s，,、]+)\s*(?P<new>{_NAME}){_ACCOUNT}"
)
_NEW = re.compile(rf"{_BECOMES}?\s*(?P<new>{_NAME}){_ACCOUNT}")


@dataclass(frozen=True)
class Replacement:
    """The names as written; `old` "" where only the new one is named, `userid` "" where no
    account stands behind the name."""

    old: str
    new: str
    userid: str = ""


def asked_to_replace(text: str) -> str | None:
    """What stands behind 换人; None where the message does not ask for that."""
    asked = _ASKED.match(text)
    return text[asked.end() :] if asked else None


def read_replacement(text: str) -> Replacement | None:
    """Who replaces whom.

    >>> read_replacement("何穗换成宋启（songqi）")
    Replacement(old='何穗', new='宋启', userid='songqi')
    >>> read_replacement("何穗 宋启"), read_replacement("换成宋启")
    (Replacement(old='何穗', new='宋启', userid=''), Replacement(old='', new='宋启', userid=''))
    """
    typed = text.strip().rstrip("。.")
    for pattern in (_BOTH, _NEW):
        match = pattern.fullmatch(typed)
        if match:
            found = match.groupdict()
            return Replacement(found.get("old") or "", found["new"], found["userid"] or "")
    return None

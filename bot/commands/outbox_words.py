"""Why something could not be sent, in words for an operator."""

from __future__ import annotations

import re

from bot.phrases import phrase
from bot.wecom.errors import Reaction, reaction_to
from storage.outbox.decisions import SET_ASIDE

_CODE = re.compile(r"errcode (-?\d+)")
_CODES = {
    "address": {60020},
    "stopped": {48006, 50003},
    "credentials": {40001, 40013, 40014, 40056, 40091, 42001, 301002},
    "file": {40006, 40007, 44001, 45001, 45002, 830002},
}
_REACTIONS = {
    Reaction.WAIT_WINDOW: "window",
    Reaction.RETRY: "busy",
    Reaction.MEMBER_GONE: "member",
    Reaction.CONFIGURATION: "configuration",
    Reaction.TOO_LARGE: "file",
    Reaction.BAD_MEDIA: "file",
    Reaction.FALL_BACK: "card",
}
# Parts of what the worker notes where there is no code.
_SAID = {
    "outside the app's range": "member",
    "no licence": "licence",
    "did not report back": "lost",
    "connection lost or too slow": "lost",
    "HTTP ": "lost",
    "no connection": "unreached",
    "certificate": "unreached",
    "the file store": "file",
    "FileDamaged": "file",
    "LookupError": "file",
    SET_ASIDE: "set_aside",
}


def why(error: str | None) -> str:
    """What a noted error means and what to do about it; "" for none."""
    if not error:
        return ""
    found = _CODE.search(error)
    if found:
        return why_code(int(found[1]))
    said = next((word for part, word in _SAID.items() if part in error), "other")
    return phrase(f"why_{said}")


def why_code(code: int) -> str:
    """What an errcode means and what to do about it.

    >>> why_code(60020) != why_code(60111)
    True
    """
    named = next((word for word, codes in _CODES.items() if code in codes), None)
    return phrase(f"why_{named or _REACTIONS.get(reaction_to(code), 'other')}")

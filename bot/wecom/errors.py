"""What went wrong at a call of the API, and the right reaction to it.

Only what the table names is ever done again; a code that it does not name is permanent.
Source: the global error codes, path 90313, with the texts that users report.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.wecom.redaction import redact

__all__ = [
    "ApiError", "CallFailed", "MediaTooLarge", "NotSent", "Reaction", "UnknownOutcome",
    "is_no_fault", "reaction_to", "redact",
]  # fmt: skip

_IP = re.compile(r"from ip: ?([0-9A-Fa-f.:]+[0-9A-Fa-f])")


class Reaction(Enum):
    """What to do about an error code."""

    RETRY = "retry"  # the service was busy: again after a pause, three times at most
    REFRESH = "refresh"  # the token is no longer good; the client has already tried once
    WAIT_WINDOW = "wait_window"  # too many calls: this API rests until the window ends; alarm
    PAUSE_ALL = "pause_all"  # no call can work: stop sending, alarm, probe every few minutes
    CONFIGURATION = "configuration"  # this request needs an operator's change; others go on
    MEMBER_GONE = "member_gone"  # the receiver is unknown, gone or out of range
    ALREADY_SENT = "already_sent"  # task id exists: on a resend the first attempt arrived
    REUPLOAD = "reupload"  # media id expired: upload again once, or ask to send again
    RESTART_LOGIN = "restart_login"  # the login code is used or old: start it over once
    FALL_BACK = "fall_back"  # this kind of card cannot be sent here: send its text way
    TOO_LARGE = "too_large"  # split it, or send a link
    BAD_MEDIA = "bad_media"  # the file is not what its type says: tell the person
    NOTHING_THERE = "nothing_there"  # nothing to read or delete: treat as empty
    RECONCILE = "reconcile"  # departments or tags changed: read the contacts again
    PERMANENT = "permanent"  # never again: record it and tell somebody


_CODES: dict[Reaction, tuple[int, ...]] = {
    Reaction.RETRY: (-1, 6000, 45033),
    Reaction.REFRESH: (40001, 40014, 42001),
    Reaction.WAIT_WINDOW: (45009,),
    Reaction.PAUSE_ALL: (40013, 40056, 40091, 48006, 50003, 60020, 301002),
    Reaction.CONFIGURATION: (
        40057, 40093, 48002, 48009, 50001, 50002, 60011, 60021, 80001, 85005,
    ),
    Reaction.MEMBER_GONE: (40003, 46004, 60111, 81013),
    Reaction.ALREADY_SENT: (42014,),
    Reaction.REUPLOAD: (40007,),
    Reaction.RESTART_LOGIN: (40029, 42003, 42022, 84014, 84015, 84025),
    Reaction.FALL_BACK: (42031, 43012),
    Reaction.TOO_LARGE: (40006, 45001, 45002, 45007, 830002),
    Reaction.BAD_MEDIA: (40004, 40123, 41090),
    Reaction.NOTHING_THERE: (46003,),
    Reaction.RECONCILE: (60003, 60123),
}  # fmt: skip
_REACTIONS = {code: reaction for reaction, codes in _CODES.items() for code in codes}


def reaction_to(code: int, *, at_gettoken: bool = False) -> Reaction:
    """The reaction to an errcode. Whatever is said while fetching a token is no fault of the
    message that needs it: without a token no call can work. There 40001 means that the secret is
    wrong; asking on would get the address blocked for an hour (path 90312).

    >>> reaction_to(40001), reaction_to(40001, at_gettoken=True)
    (<Reaction.REFRESH: 'refresh'>, <Reaction.PAUSE_ALL: 'pause_all'>)
    """
    reaction = _REACTIONS.get(code, Reaction.PERMANENT)
    if at_gettoken and reaction not in (Reaction.RETRY, Reaction.WAIT_WINDOW):
        return Reaction.PAUSE_ALL
    return reaction


class CallFailed(Exception):
    """A call of the API brought no result; `call` names the API ("message/send")."""

    def __init__(self, call: str, what: str) -> None:
        super().__init__(f"{call}: {what}")
        self.call = call
        self.what = what


class ApiError(CallFailed):
    """The service answered with an errcode: it did not do what was asked."""

    def __init__(self, call: str, code: int, errmsg: str, reaction: Reaction) -> None:
        self.code = code
        self.errmsg = redact(errmsg)[:300]
        self.reaction = reaction
        super().__init__(call, f"errcode {code}: {self.errmsg}")

    def again(self) -> ApiError:
        """The same, to be raised anew."""
        return ApiError(self.call, self.code, self.errmsg, self.reaction)

    @property
    def from_ip(self) -> str | None:
        """Our own address as the service sees it, from a text like that of 60020."""
        found = _IP.search(self.errmsg)
        return found[1] if found else None


def is_no_fault(error: CallFailed) -> bool:
    """Whether nothing is wrong with what was asked: nobody could be reached, or no call works."""
    if isinstance(error, ApiError):
        return error.reaction in (Reaction.PAUSE_ALL, Reaction.WAIT_WINDOW)
    return isinstance(error, NotSent)


class NotSent(CallFailed):
    """Nothing reached the service (no connection, or a proxy said no): safe to try again."""


class UnknownOutcome(CallFailed):
    """The request went out and no usable answer came: it may or may not have been done.
    Only an identical body under the duplicate check may be sent again."""


class MediaTooLarge(CallFailed):
    """A media file is above the caller's limit; what had been read is thrown away."""

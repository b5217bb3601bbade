"""Everything that goes wrong now and then, at once: for runs in which nothing may get lost.

The faults of a storm lose nothing for good: what is broken off is tried again by whoever began it.
What WeChat Work itself loses without a word (a callback never delivered, a message dropped with
errcode 0) comes only with `losses`.
"""

from emulator.faults import Fault, Kind, Where

PAUSE = 1.0
HELD = 2.0
AT_API: tuple[Kind, ...] = (
    "reset_before",
    "reset_after",
    "bad_gateway",
    "gateway_timeout",
    "truncated",
    "empty",
    "wrong_type",
    "portal",
)
AT_CALLBACK: tuple[Kind, ...] = (
    "reset_before",
    "reset_after",
    "bad_gateway",
    "garbled",
    "hang_up",
    "duplicate",
    "twins",
    "late",
    "reorder",
    "parallel",
)
HOLDING = {"reorder", "parallel", "late"}
DEATHS_OF_TOKENS = 0.1
"""A token dies so much more seldom than anything else goes wrong."""


def storm(rate: float, losses: bool = False) -> list[Fault]:
    """Faults that each strike with the probability `rate` until cleared."""
    faults = [Fault(where="api", kind=kind, rate=rate, times=None) for kind in AT_API]
    faults += [_errcode(code, rate) for code in (-1, 45033)]
    faults += [Fault(kind="token_death", rate=rate * DEATHS_OF_TOKENS, times=None)]
    for kind in AT_CALLBACK:
        seconds = HELD if kind in HOLDING else 0
        faults.append(Fault(where="callback", kind=kind, rate=rate, times=None, seconds=seconds))
    sides: tuple[Where, ...] = ("api", "callback")
    faults += [Fault(where=w, kind="latency", rate=rate, times=None, seconds=PAUSE) for w in sides]
    if losses:
        faults += [Fault(kind="drop", rate=rate, times=None)]
        faults += [Fault(kind="lost", rate=rate, times=None)]
        faults += [Fault(where="callback", kind="truncated", rate=rate, times=None)]
    return faults


def _errcode(code: int, rate: float) -> Fault:
    return Fault(kind="errcode", errcode=code, rate=rate, times=None)

"""What else reviewers, finance and coordinators can say or click at their desk, one file each.

A reader looks at an event and gives the step, or None where it is about other things; the first
that answers wins. All of them come before the plain decisions of `dialogs.desk`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dialogs.case import Desk
from dialogs.desks import (
    delivering,
    digest,
    notices,
    nudging,
    purging,
    replacing,
    resting,
    returning,
    reviewing,
    roster,
    rounds,
    signed,
    stand_in,
    summing,
    waiving,
)
from dialogs.events import Event
from dialogs.states import State
from dialogs.step import Step

Reader = Callable[[State, Event, Desk, datetime], Step | None]

READERS: tuple[Reader, ...] = (
    notices.read,
    resting.read,
    purging.read,
    stand_in.read,
    signed.read,
    replacing.read,
    returning.read,
    waiving.read,
    summing.read,
    reviewing.read,
    rounds.read,
    nudging.read,
    delivering.read,
    roster.read,
    digest.read,
)

"""What else reviewers, finance and coordinators can say or click at their desk, one file each.

A reader looks at an event and gives the step, or None where it is about other things; the first
that answers wins. All of them come before the plain decisions of `dialogs.desk`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dialogs.case import Desk
from dialogs.desks import purging, replacing, returning, signed, stand_in, waiving
from dialogs.events import Event
from dialogs.states import State
from dialogs.step import Step

Reader = Callable[[State, Event, Desk, datetime], Step | None]

READERS: tuple[Reader, ...] = (
    purging.read,
    stand_in.read,
    signed.read,
    replacing.read,
    returning.read,
    waiving.read,
)

"""Forms measured once: what answers amount to is kept for as long as they stand."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from dialogs.overview.measure import Measure

MOST = 2000
Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Keeps what was worked out, by what it was worked out from; of more than `MOST` the one that
    was asked for longest ago goes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()

    def get(self, key: Hashable) -> Made | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, made: Made) -> Made:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made


@dataclass(frozen=True)
class Measures:
    """What was measured: forms as they are (by the form, its present answers, what was let pass,
    its evidence), and scores that forms had once. A form that changes has another key, so nothing
    here is ever out of date."""

    now: Kept[Measure] = field(default_factory=Kept)
    once: Kept[Decimal] = field(default_factory=Kept)

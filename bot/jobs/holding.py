"""Keeps a lease alive while its holder works on something slow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from storage.database import DatabaseDown


@contextmanager
def holding(prolong: Callable[[], bool], lease: timedelta, most: timedelta) -> Iterator[None]:
    """Prolongs a lease each third of it, until the work is done, `prolong` says that another
    worker has it, or `most` is over: what takes that long hangs, and another worker may try.

    So a lease can be short, which is what a killed worker costs, and work still take its time.
    """
    done = threading.Event()

    def beat() -> None:
        for _ in range(int(3 * most / lease)):
            if done.wait(lease.total_seconds() / 3):
                return
            try:
                if not prolong():
                    return
            except DatabaseDown:
                continue  # the work itself will find out, if it lasts

    thread = threading.Thread(target=beat, name="holding", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()

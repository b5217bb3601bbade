"""A lease is short, and still outlasts slow work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.jobs.holding import holding
from storage.database import DatabaseDown

LEASE = timedelta(milliseconds=15)


def counted(times: int, answers: list[object]) -> tuple[Callable[[], bool], threading.Event]:
    """Prolongs as the answers say; the event is set after so many times."""
    enough, seen = threading.Event(), []

    def prolong() -> bool:
        seen.append(1)
        if len(seen) >= times:
            enough.set()
        answer = answers.pop(0) if answers else True
        if isinstance(answer, Exception):
            raise answer
        return bool(answer)

    return prolong, enough


@pytest.mark.parametrize("answers", [[], [DatabaseDown("away")]])
def test_it_is_prolonged_again_and_again(answers: list[object]) -> None:
    prolong, enough = counted(4, answers)
    with holding(prolong, LEASE, timedelta(minutes=1)):
        assert enough.wait(10)


def test_it_ends_with_the_work_or_when_another_has_it() -> None:
    prolong, enough = counted(1, [False])
    before = threading.active_count()
    with holding(prolong, LEASE, timedelta(minutes=1)):
        assert enough.wait(10)
    assert threading.active_count() == before


def test_what_hangs_is_left_to_another() -> None:
    calls: list[int] = []
    with holding(lambda: bool(calls.append(1)) or True, LEASE, LEASE):
        threads = [each for each in threading.enumerate() if each.name == "holding"]
        for thread in threads:
            thread.join(10)
    assert len(calls) == 3

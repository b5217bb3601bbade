"""Late messages are told by one clock: WeChat Work's may go before ours, or behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from dialogs.events import Chosen, Opened, Said
from dialogs.states import load_state

Conversation = Any  # of conftest.py, which can't be imported


BEHIND = timedelta(minutes=2)


def opened(converse: Callable[..., Conversation], off: timedelta) -> Conversation:
    talk = converse({"assets_counted": None, "projects_faulty": None}, "reference-case.yaml")
    talk.take(Opened(talk.now + off))
    talk.take(Chosen("ask:assets_counted", ("yes",), talk.now + off))
    return talk


def test_a_clock_behind_ours_makes_nothing_late(converse: Callable[..., Conversation]) -> None:
    talk = opened(converse, -BEHIND)
    shown = talk.take(Said("0", talk.now - BEHIND))
    assert talk.effects == ["RecordAnswer"], shown


def test_a_clock_that_was_wrong_once_makes_nothing_late(
    converse: Callable[..., Conversation],
) -> None:
    talk = opened(converse, timedelta(days=400))
    shown = talk.take(Said("0", talk.now))
    assert talk.effects == ["RecordAnswer"], shown
    assert datetime.fromisoformat(load_state(talk.stored).sent) < talk.now

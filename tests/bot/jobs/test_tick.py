from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from structlog.testing import capture_logs

from bot.jobs.scheduler import Worker
from bot.jobs.tick import LEASE, Ticker
from bot.services import Services
from dialogs.bubbles import Words
from storage.database import DatabaseDown


def test_what_has_a_date_is_done_by_one_process(services: Services, clock: Any) -> None:
    done: list[str] = []
    one = Ticker(services, [lambda *_: done.append("one")], "one")
    two = Ticker(services, [lambda *_: done.append("two")], "two")
    for _ in range(3):
        one.tick()
        two.tick()
    assert done == ["one"] * 3
    clock.advance(LEASE.total_seconds())
    two.tick()
    assert done[-1] == "two"


def test_a_lease_is_prolonged_while_its_holder_works(services: Services, clock: Any) -> None:
    done: list[str] = []
    one = Ticker(services, [lambda *_: done.append("one")], "one")
    two = Ticker(services, [lambda *_: done.append("two")], "two")
    for _ in range(10):
        one.tick()
        two.tick()
        clock.advance(20)
    assert set(done) == {"one"}


def test_the_worker_sends_at_once_when_woken(services: Services, api: Any) -> None:
    sent = threading.Event()
    api.send_bytes = announcing(api.send_bytes, sent)
    # So seldom that only the waking can have done it.
    rare = services.settings.model_copy(update={"worker_seconds": 60})
    worker = Worker(replace(services, settings=rare))
    worker.start()
    try:
        with services.database.begin() as tx:
            services.postbox.post(tx, "chenyu", (Words("x"),), services.clock())
        services.wake.set()
        assert sent.wait(10)
    finally:
        worker.stop()


def test_the_worker_finds_by_itself_what_nobody_announced(services: Services, api: Any) -> None:
    sent = threading.Event()
    api.send_bytes = announcing(api.send_bytes, sent)
    often = services.settings.model_copy(update={"worker_seconds": 0.05})
    with services.database.begin() as tx:
        services.postbox.post(tx, "chenyu", (Words("x"),), services.clock())
    worker = Worker(replace(services, settings=often))
    worker.start()
    try:
        assert sent.wait(10)
    finally:
        worker.stop()


def test_a_tick_that_fails_does_not_end_the_worker(services: Services) -> None:
    ticked = threading.Event()
    failures = [DatabaseDown("private")]

    def dated(*_: Any) -> None:
        if failures:
            raise failures.pop()
        ticked.set()

    often = services.settings.model_copy(update={"worker_seconds": 0.05})
    worker = Worker(replace(services, settings=often), [dated])
    with capture_logs() as lines:
        worker.start()
        try:
            assert ticked.wait(10)
        finally:
            worker.stop()
    assert "private" not in str(lines)
    assert [entry["event"] for entry in lines] == ["tick_failed"]


def announcing(send: Callable[[bytes], Any], sent: threading.Event) -> Callable[[bytes], Any]:
    def announce(payload: bytes) -> Any:
        result = send(payload)
        sent.set()
        return result

    return announce


def test_a_dead_leader_is_followed_within_half_a_minute(services: Services, clock: Any) -> None:
    done: list[str] = []
    dead = Ticker(services, [lambda *_: done.append("dead")], "dead")
    heir = Ticker(services, [lambda *_: done.append("heir")], "heir")
    dead.tick()
    for _ in range(25):
        clock.advance(1)
        heir.tick()
    assert done[:2] == ["dead", "heir"]


def test_who_stops_leaves_the_lead_at_once(services: Services, clock: Any) -> None:
    done: list[str] = []
    one = Ticker(services, [lambda *_: done.append("one")], "one")
    two = Ticker(services, [lambda *_: done.append("two")], "two")
    one.tick()
    one.resign()
    two.tick()
    one.resign()
    one.tick()
    assert done == ["one", "two"]


def test_what_is_slow_keeps_no_answer_waiting(services: Services, api: Any) -> None:
    sent, working, done = threading.Event(), threading.Event(), threading.Event()
    api.send_bytes = announcing(api.send_bytes, sent)

    def slow(*_: Any) -> None:
        working.set()
        done.wait(30)

    often = services.settings.model_copy(update={"worker_seconds": 0.05})
    worker = Worker(replace(services, settings=often), [slow])
    worker.start()
    try:
        assert working.wait(10)
        with services.database.begin() as tx:
            services.postbox.post(tx, "chenyu", (Words("x"),), services.clock())
        services.wake.set()
        assert sent.wait(10)
    finally:
        done.set()
        worker.stop()

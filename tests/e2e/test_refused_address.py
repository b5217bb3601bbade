"""The address is refused, under two worker processes: one tries now and then, all goes on."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import requests

from bot.simulation.run import Order, Stage, staged
from dialogs.bubbles import Words
from storage import incidents, outbox
from tests.e2e.test_two_workers import received, start_worker

ORDER = Order(departments=12, seed=5, opens=date(2026, 9, 1), deadline=date(2026, 10, 20))
_PATIENCE = 60


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(ORDER, tmp_path, f"sqlite:///{tmp_path / 'play.db'}") as made:
        yield made


def refuse(stage: Stage, refused: bool) -> None:
    """The administrator takes our address off the list, or puts it on."""
    session = requests.Session()
    session.trust_env = False
    address = stage.services.settings.api_base.removesuffix("cgi-bin/")
    switches = {"address_refused": refused}
    session.post(f"{address}emulator/switches", json=switches, timeout=10).raise_for_status()


def probes(stage: Stage) -> int | None:
    """How often it was tried; None if nothing stands."""
    with stage.services.database.read() as tx:
        found = incidents.standing(tx)
    assert len(found) <= 1
    return found[0].probes if found else None


def tried(stage: Stage, times: int) -> bool:
    """Whether it was tried so often, and the answer is noted: who dies in between leaves a message
    of which nobody knows whether it arrived."""
    with stage.services.database.read() as tx:
        on_its_way = "claimed" in outbox.amounts(tx)
    return probes(stage) == times and not on_its_way


def unsent(stage: Stage) -> int:
    with stage.services.database.read() as tx:
        return outbox.unsent(tx)


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not what():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.02)


def later(stage: Stage) -> None:
    stage.clock.set(stage.clock() + timedelta(seconds=181))
    stage.clock.show()


@pytest.mark.slow
def test_one_tries_and_all_go_on_by_themselves(stage: Stage) -> None:
    refuse(stage, True)
    contacts = [play.contact for play in stage.plays]
    with stage.services.database.begin() as tx:
        for userid in contacts:
            stage.services.postbox.post(tx, userid, (Words("x"),), stage.clock())
    stage.clock.show()
    workers = [start_worker(stage), start_worker(stage)]
    try:
        wait_for(lambda: tried(stage, 0))
        for tries in (1, 2, 3):
            later(stage)
            wait_for(lambda tries=tries: tried(stage, tries))  # type: ignore[misc]
            victim = workers.pop(0)
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            workers.append(start_worker(stage))
        time.sleep(2)
        assert probes(stage) == 3, "a process that was just started tries nothing by itself"
        assert unsent(stage) == len(contacts)
        refuse(stage, False)
        later(stage)
        wait_for(lambda: probes(stage) is None and not unsent(stage))
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
    assert received(stage) == Counter(contacts)

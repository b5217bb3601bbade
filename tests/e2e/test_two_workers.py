"""Two worker processes at once, killed in mid-send again and again: each reminder once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, select

from bot.simulation.run import Order, Stage, staged
from storage import outbox, unasked
from storage.models import OutboxMessage, table

ORDER = Order(departments=24, seed=5, opens=date(2026, 9, 1), deadline=date(2026, 10, 20))
REMINDED = datetime.fromisoformat("2026-10-19T10:05:00+08:00")
_PATIENCE = 60


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(ORDER, tmp_path, f"sqlite:///{tmp_path / 'play.db'}") as made:
        yield made


def start_worker(stage: Stage) -> subprocess.Popen[bytes]:
    """A worker as an operator starts it."""
    settings = stage.services.settings
    access = {
        "secret": settings.secret.get_secret_value(),
        "token": settings.token.get_secret_value(),
        "aes_key": settings.aes_key.get_secret_value(),
    }
    plain = settings.model_dump(
        include={
            *("environment", "database_url", "file_store", "corp_id", "agent_id", "api_base"),
            *("oauth_base", "clock_file", "log_level"),
        }
    )
    own = {f"JIXIAO_{name.upper()}": str(value) for name, value in (plain | access).items()}
    command = [str(Path(sys.executable).with_name("jixiao")), "worker"]
    return subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.DEVNULL)


def received(stage: Stage) -> Counter[str]:
    """How many messages each member has, by what WeChat Work holds."""
    address = stage.services.settings.api_base.removesuffix("cgi-bin/")
    session = requests.Session()
    session.trust_env = False
    state = session.get(f"{address}emulator/state", timeout=10).json()
    return Counter({userid: len(found) for userid, found in state["messages"].items() if found})


def interrupted(stage: Stage) -> int:
    """How many messages wait that a killed worker had claimed: they are not to wait for long."""
    rows = table(OutboxMessage).c
    waiting = rows.state.in_(("pending", "claimed"))
    long_ago = stage.clock() - timedelta(seconds=30)
    query = select(func.count()).where(rows.first_tried_at < long_ago, waiting)
    with stage.services.database.read() as tx:
        return int(tx.execute(query).scalar_one())


@pytest.mark.slow
def test_each_reminder_arrives_once(stage: Stage) -> None:
    stage.clock.set(REMINDED)
    stage.clock.show()
    workers = [start_worker(stage), start_worker(stage)]
    until = time.monotonic() + _PATIENCE
    killed = 0
    try:
        while time.monotonic() < until:
            time.sleep(0.02)
            with stage.services.database.read() as tx:
                waiting, sent = outbox.unsent(tx), len(outbox.sent_messages(tx))
            if sent >= ORDER.departments and not waiting:
                break
            if sent and waiting and killed < 3 and not interrupted(stage):
                # In the middle of sending; what it had claimed comes free a minute later.
                victim = workers.pop(0)
                victim.send_signal(signal.SIGKILL)
                victim.wait()
                killed += 1
                stage.clock.set(stage.clock() + timedelta(seconds=61))
                stage.clock.show()
                workers.append(start_worker(stage))
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
    assert killed, "nothing was killed in mid-send"
    with stage.services.database.read() as tx:
        entries = [each for each in unasked.since(tx, REMINDED) if not each.dropped_at]
    found = received(stage)
    assert found == Counter(each.userid for each in entries)
    assert {play.contact for play in stage.plays} <= set(found)
    assert set(found.values()) == {1}

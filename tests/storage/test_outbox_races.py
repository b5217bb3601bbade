"""Several workers at one outbox: one message of a person at a time, in order."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage import outbox
from storage.database import Database
from storage.outbox import OutboxRow

LEASE = timedelta(seconds=45)
MINUTE = timedelta(minutes=1)

FETCHING = """
import sys, time
from datetime import datetime
from storage.database import Database
from storage.tokens import DatabaseTokenStore

url, log, now = sys.argv[1:]

def fetch():
    with open(log, "a") as lines:
        lines.write("fetched\\n")
    time.sleep(0.3)
    return "token", 7200

store = DatabaseTokenStore(Database(url), "app")
print("ready", flush=True)
sys.stdin.readline()
print(store.renew(0, fetch, datetime.fromisoformat(now)).value)
"""


def test_two_workers_never_hold_two_rows_of_one_person(
    open_database: Callable[..., Database], now: datetime
) -> None:
    """Just while one claims what was ready, the older row that was put off becomes ready too."""
    one, two = open_database(), open_database()
    if one.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite's workers wait for each other")
    with one.begin() as tx:
        put_off = outbox.add(tx, "a", "{}", "send", now, not_before=now + MINUTE)
        ready = outbox.add(tx, "a", "{}", "send", now)
        other = outbox.add(tx, "b", "{}", "send", now, not_before=now + MINUTE)
    with one.begin() as tx:
        assert [row.id for row in outbox.claim(tx, "one", now, 10, LEASE)] == [ready]
        with two.begin() as second:
            found = outbox.claim(second, "two", now + MINUTE / 1.5, 10, LEASE)
            assert found == []
            found = outbox.claim(second, "two", now + MINUTE, 10, LEASE)
            assert [row.id for row in found] == [other], "nobody waits for another person's"
    with two.begin() as tx:
        assert outbox.claim(tx, "two", now + LEASE / 2, 10, LEASE) == []
        found = outbox.claim(tx, "two", now + MINUTE, 10, LEASE)
        assert [row.id for row in found] == [put_off], "the other's lease has run out by then"


def test_whatever_becomes_of_them_each_person_gets_theirs_in_order(
    open_database: Callable[..., Database], now: datetime
) -> None:
    databases = [open_database() for _ in range(3)]
    wanted: dict[str, list[int]] = defaultdict(list)
    with databases[0].begin() as tx:
        for number in range(60):
            userid = f"p{number % 4}"
            wanted[userid].append(outbox.add(tx, userid, "{}", "send", now))
    sent: list[OutboxRow] = []
    at_once: Counter[str] = Counter()
    most: Counter[str] = Counter()
    counting = threading.Lock()

    def count(row: OutboxRow, change: int) -> None:
        with counting:
            at_once[row.userid] += change
            most[row.userid] = max(most[row.userid], at_once[row.userid])

    def work(worker: int) -> None:
        luck, database = random.Random(worker), databases[worker]
        while len(sent) < 60:
            with database.begin() as tx:
                rows = outbox.claim(tx, f"w{worker}", now, 3, LEASE)
            for row in rows:
                count(row, 1)
            for row in rows:
                with database.begin() as tx:
                    assert outbox.begin(tx, row, now, LEASE)
                count(row, -1)
                fate = luck.random()
                with database.begin() as tx:
                    if fate < 0.7:
                        sent.append(row)
                        assert outbox.mark_sent(tx, row, now)
                    else:
                        give_back = outbox.mark_retry if fate < 0.85 else outbox.postpone
                        assert give_back(tx, row, now, "again")

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {who: [row.id for row in sent if row.userid == who] for who in wanted} == wanted
    assert set(most.values()) == {1}


@pytest.mark.slow
def test_several_processes_fetch_one_token(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    url = database.url.render_as_string(hide_password=False)
    log = tmp_path / "fetched"
    command = [sys.executable, "-c", FETCHING, url, str(log), now.isoformat()]
    with ExitStack() as stack:
        children = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(4)
        ]
        for child in children:
            assert child.stdout
            assert child.stdout.readline() == "ready\n"
        for child in children:
            assert child.stdin
            child.stdin.write("go\n")
            child.stdin.flush()
        tokens = [child.communicate(timeout=60)[0] for child in children]
    assert tokens == ["token\n"] * 4
    assert log.read_text() == "fetched\n"

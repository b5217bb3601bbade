import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from storage import outbox, turns
from storage.database import Database
from storage.outbox import OutboxRow
from storage.outbox.queue import AT_ONCE

LEASE = timedelta(seconds=60)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def add(database: Database, now: datetime) -> Callable[..., int]:
    def add_row(userid: str, payload: str = "{}", **more: object) -> int:
        with database.begin() as tx:
            return outbox.add(tx, userid, payload, "send", now, **more)  # type: ignore[arg-type]

    return add_row


@pytest.fixture
def claim(database: Database) -> Callable[..., list[OutboxRow]]:
    def claim_rows(now: datetime, limit: int = 10, worker: str = "w1") -> list[OutboxRow]:
        with database.begin() as tx:
            return outbox.claim(tx, worker, now, limit, LEASE)

    return claim_rows


Undone = Callable[[], AbstractContextManager[Connection]]
Add = Callable[..., int]
Claim = Callable[..., list[OutboxRow]]


def ids(rows: list[OutboxRow]) -> list[int]:
    return [row.id for row in rows]


def test_each_person_gets_theirs_in_order(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    a1, b1, a2, a3 = (add(userid) for userid in ("a", "b", "a", "a"))
    sent = []
    while rows := claim(now):
        assert len({row.userid for row in rows}) == len(rows)
        with database.begin() as tx:
            for row in rows:
                assert outbox.mark_sent(tx, row, now, msgid="m")
        sent += ids(rows)
    assert sent == [a1, b1, a2, a3]


def test_a_claimed_row_says_all_that_sending_needs(
    database: Database, claim: Claim, now: datetime
) -> None:
    payload = '{"touser":"a","text":{"content":"收到"}}'
    with database.begin() as tx:
        row_id = outbox.add(tx, "a", payload, "upload+send", now, file_key="k")
    assert claim(now) == [
        OutboxRow(
            row_id, "a", "upload+send", payload, "k", None, "claimed", 1, 1, AT_ONCE, None,
            None, None, None, now, None,
        )
    ]  # fmt: skip


def test_the_limit_holds_and_the_longest_waiting_come_first(
    add: Add, claim: Claim, now: datetime
) -> None:
    late = add("late", not_before=now - MINUTE / 2)
    early = add("early", not_before=now - MINUTE)
    add("last", not_before=now)
    assert ids(claim(now, limit=2)) == [early, late]


def test_a_claimed_row_is_nobody_elses(add: Add, claim: Claim, now: datetime) -> None:
    add("a")
    add("a")
    assert len(claim(now)) == 1
    assert claim(now + LEASE / 2, worker="w2") == []


def test_a_crash_between_claim_and_sent_gives_the_row_back(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    add("a")
    (lost,) = claim(now)
    with database.begin() as tx:
        assert outbox.begin(tx, lost, now, LEASE)
    (again,) = claim(now + LEASE, worker="w2")
    assert again.id == lost.id
    assert (again.attempts, again.first_tried_at) == (2, now)
    with database.begin() as tx:  # the first worker wakes up: only a success still counts
        assert not outbox.begin(tx, lost, now, LEASE)
        assert not outbox.hold(tx, lost, now, LEASE)
        assert not outbox.mark_retry(tx, lost, now, "late")
        assert not outbox.replace(tx, lost, "late", "late")
        assert not outbox.mark_failed(tx, lost, "late")
        assert not outbox.mark_unknown(tx, lost, "late")
        assert not outbox.postpone(tx, lost, now)
        assert not outbox.keep_media(tx, lost, "late")
        assert outbox.mark_sent(tx, lost, now)
        assert not outbox.mark_sent(tx, again, now)
    assert claim(now + LEASE * 3) == []


def test_a_rolled_back_turn_sends_nothing(undone: Undone, claim: Claim, now: datetime) -> None:
    with undone() as tx:
        outbox.add(tx, "a", "{}", "send", now)
    assert claim(now) == []


def test_a_retry_waits_and_holds_the_later_rows(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    first, second = add("a"), add("a")
    (row,) = claim(now)
    with database.begin() as tx:
        assert outbox.mark_retry(tx, row, now + MINUTE, "45033")
    assert claim(now + MINUTE / 2) == []
    (row,) = claim(now + MINUTE)
    assert (row.id, row.attempts, row.last_error) == (first, 2, "45033")
    assert row.first_tried_at is None, "the first try surely didn't arrive"
    with database.begin() as tx:
        outbox.mark_sent(tx, row, now)
    assert ids(claim(now + MINUTE)) == [second]


def test_an_unknown_outcome_keeps_the_time_it_may_have_arrived(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    add("a")
    (row,) = claim(now)
    with database.begin() as tx:
        outbox.begin(tx, row, now, LEASE)
        outbox.mark_retry(tx, row, now + MINUTE, "time-out", unknown=True)
    (row,) = claim(now + MINUTE)
    assert row.first_tried_at == now


@pytest.mark.parametrize("give_back", [outbox.mark_retry, outbox.postpone])
def test_what_may_have_arrived_once_is_remembered_whatever_comes_after(
    database: Database, add: Add, claim: Claim, now: datetime, give_back: Callable[..., bool]
) -> None:
    add("a")
    (row,) = claim(now)
    with database.begin() as tx:
        outbox.begin(tx, row, now, LEASE)
        outbox.mark_retry(tx, row, now, "time-out", unknown=True)
    (row,) = claim(now + MINUTE / 2)
    with database.begin() as tx:
        give_back(tx, row, now + MINUTE, "60020")
    (row,) = claim(now + MINUTE)
    assert row.first_tried_at == now


def test_what_surely_has_not_arrived_may_wait_for_as_long_as_it_takes(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    add("a")
    (row,) = claim(now)
    with database.begin() as tx:
        outbox.mark_retry(tx, row, now, "45033")
    (row,) = claim(now)
    with database.begin() as tx:
        outbox.postpone(tx, row, now + MINUTE)
    (row,) = claim(now + MINUTE)
    assert (row.attempts, row.first_tried_at) == (2, None)


def test_a_clock_that_jumps_back_changes_no_order(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    first = add("a")
    with database.begin() as tx:
        outbox.add(tx, "a", "{}", "send", now - MINUTE)
        assert outbox.has_pending(tx, "a", now - MINUTE)
    assert ids(claim(now - MINUTE)) == [first]


def test_postponing_counts_no_try_but_keeps_the_place(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    first = add("a")
    add("a")
    (row,) = claim(now)
    with database.begin() as tx:
        assert outbox.postpone(tx, row, now + MINUTE)
    assert claim(now + MINUTE / 2) == []
    (row,) = claim(now + MINUTE)
    assert (row.id, row.attempts, row.first_tried_at) == (first, 1, None)


@pytest.mark.parametrize("mark", [outbox.mark_failed, outbox.mark_unknown])
def test_a_row_that_is_stuck_blocks_nobody_and_can_be_sent_again(
    database: Database,
    add: Add,
    claim: Claim,
    now: datetime,
    mark: Callable[..., bool],
) -> None:
    first, second = add("a"), add("a")
    (row,) = claim(now)
    with database.begin() as tx:
        assert outbox.stuck(tx) == []
        assert mark(tx, row, "81013")
        assert [(r.id, r.last_error) for r in outbox.stuck(tx)] == [(first, "81013")]
    assert ids(claim(now)) == [second]
    with database.begin() as tx:
        assert not outbox.requeue(tx, second, now), "claimed is not stuck"
        assert outbox.requeue(tx, first, now)
        assert outbox.stuck(tx) == []
    assert claim(now) == [], "the second one is just being sent"
    (row,) = claim(now + LEASE)
    assert (row.id, row.attempts, row.first_tried_at) == (first, 1, None)


def test_what_is_put_off_comes_in_its_time_and_lets_others_pass(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    reminder = add("a", not_before=now + MINUTE)
    with database.read() as tx:
        assert not outbox.has_pending(tx, "a", now)
        assert outbox.has_pending(tx, "a")
        assert outbox.has_pending(tx, "a", now + MINUTE)
    reply = add("a")
    assert ids(claim(now)) == [reply]
    assert claim(now + MINUTE / 2) == []
    assert ids(claim(now + LEASE)) == [reminder], "ready again, the older comes first"


def test_pending_until_sent(database: Database, add: Add, claim: Claim, now: datetime) -> None:
    add("a")
    with database.begin() as tx:
        assert outbox.has_pending(tx, "a", now)
        assert not outbox.has_pending(tx, "b", now)
        (row,) = outbox.claim(tx, "w", now, 1, LEASE)
        assert outbox.has_pending(tx, "a", now)
        outbox.mark_retry(tx, row, now + MINUTE, "45033")
        assert outbox.has_pending(tx, "a", now), "a retry still stands before the next words"
        outbox.mark_sent(tx, row, now)
        assert not outbox.has_pending(tx, "a", now)


def test_a_dedupe_key_makes_one_row(database: Database, add: Add, now: datetime) -> None:
    first = add("a", "one", dedupe_key="reminder/1")
    assert add("a", "two", dedupe_key="reminder/1") == first
    assert add("a") != add("a"), "rows without a key are all different"
    with database.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM outbox")).scalar_one() == 3


def test_the_media_id_is_there_for_the_resend(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    add("a", file_key="k")
    (row,) = claim(now)
    with database.begin() as tx:
        assert outbox.keep_media(tx, row, "media-1")
    (row,) = claim(now + LEASE)
    assert row.media_id == "media-1"


def test_bubbles_are_counted_wherever_they_come_from(
    database: Database, add: Add, claim: Claim, now: datetime
) -> None:
    with database.begin() as tx:
        outbox.add(tx, "a", "{}", "update_card", now)
        outbox.add(tx, "b", "{}", "send", now)
        for key, reply in (("k1", "收到"), ("k2", ""), ("k3", None)):
            turn = turns.keep(tx, key, "a", "text", now)
            assert turn is not None
            if reply is not None:
                turns.set_reply(tx, turn, reply)
    for _ in range(3):
        add("a")
    while rows := claim(now):
        with database.begin() as tx:
            for row in rows:
                outbox.mark_sent(tx, row, now)
    with database.read() as tx:
        assert outbox.sent_since(tx, "a", now) == 4
        assert outbox.sent_since(tx, "b", now - MINUTE) == 1
        assert outbox.sent_since(tx, "a", now + MINUTE) == 0


def test_many_workers_send_everything_once_and_in_order(
    open_database: Callable[..., Database], add: Add, now: datetime
) -> None:
    wanted: dict[str, list[int]] = {}
    for number in range(40):
        userid = f"p{number % 5}"
        wanted.setdefault(userid, []).append(add(userid))
    sent: list[OutboxRow] = []
    databases = [open_database(), open_database()]

    def work(database: Database, worker: str) -> None:
        for _ in range(200):
            with database.begin() as tx:
                rows = outbox.claim(tx, worker, now, 2, LEASE)
            sent.extend(rows)
            with database.begin() as tx:
                for row in rows:
                    outbox.mark_sent(tx, row, now)
            if len(sent) >= 40:
                return

    threads = [threading.Thread(target=work, args=(databases[n % 2], f"w{n}")) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {userid: [row.id for row in sent if row.userid == userid] for userid in wanted} == wanted


def test_the_cost_does_not_grow_with_what_was_sent(database: Database) -> None:
    """SQLite must walk the partial indexes, which hold unsent rows only."""
    from storage.outbox import lookup, queue, review

    if database.url.get_backend_name() != "sqlite":
        pytest.skip("about SQLite's planner")
    wanted = {
        queue._DUE: ["ix_outbox_due", "ix_outbox_queue"],
        queue._IN_LINE: ["ix_outbox_queue"],
        queue._ANY_UNSENT: ["ix_outbox_queue"],
        review._SENT_SINCE: ["ix_outbox_userid_sent_at", "ix_turns_userid_received_at"],
        review._STUCK: ["ix_outbox_stuck"],
        lookup._REPEATS: ["ix_outbox_queue", "ix_outbox_stuck", "ix_outbox_userid_sent_at"],
    }
    with database.read() as tx:
        for statement, indexes in wanted.items():
            sql = str(statement.compile(dialect=tx.dialect))
            plan = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))
            steps = " ".join(row[3] for row in plan)
            assert [index for index in indexes if index not in steps] == [], steps
            assert "SCAN outbox " not in f"{steps} ".replace("SCAN outbox USING", ""), steps


def test_unknown_kinds_are_refused(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.begin() as tx:
        outbox.add(tx, "a", "{}", "shout", now)

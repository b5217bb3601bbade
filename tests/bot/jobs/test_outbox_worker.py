"""What the worker makes of each answer of WeChat Work."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.jobs.outbox import LEASE, SAFE, OutboxWorker
from bot.services import Services
from bot.wecom.api import Sent
from bot.wecom.errors import NotSent, UnknownOutcome
from dialogs.bubbles import Buttons, Choice, Words
from storage import cards, outbox
from tests.bot.jobs.conftest import error, post, states

CARD = Buttons("ask:q", "title", "note", (Choice("yes", "是"), Choice("no", "否")))


def test_messages_go_in_order(services: Services, worker: OutboxWorker, api: Any) -> None:
    post(services, Words("一"), Words("二"), Words("三"))
    assert worker.send_due() == 3
    sent = [json.loads(payload)["text"]["content"] for payload in api.payloads]
    assert sent == ["一", "二", "三"]
    assert states(services) == ["sent"] * 3


def test_nothing_is_sent_again(services: Services, worker: OutboxWorker, api: Any) -> None:
    post(services, Words("一"))
    worker.send_due()
    assert worker.send_due() == 0
    assert len(api.payloads) == 1


@pytest.mark.parametrize("code", [-1, 6000, 45033, 40014, 42001])
def test_a_busy_service_gets_it_again_after_a_pause(
    services: Services, worker: OutboxWorker, api: Any, clock: Any, code: int
) -> None:
    api.outcomes = [error(code)]
    post(services, Words("一"), Words("二"))
    worker.send_due()
    assert states(services) == ["pending", "pending"]
    clock.advance(2)
    worker.send_due()
    assert states(services) == ["sent", "sent"]
    assert api.payloads[0] == api.payloads[1]


def test_pauses_grow(services: Services, worker: OutboxWorker, api: Any, clock: Any) -> None:
    api.outcomes = [NotSent("message/send", "no connection")] * 20
    post(services, Words("一"))
    waits = []
    for _ in range(8):
        worker.send_due()
        waits.append(seconds_until_due(services, clock))
        clock.advance(waits[-1])
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_what_never_left_is_tried_for_as_long_as_it_takes(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [NotSent("message/send", "no connection")] * 20
    post(services, Words("一"))
    for _ in range(21):
        worker.send_due()
        clock.advance(60)
    assert states(services) == ["sent"]


def test_a_service_that_stays_busy_is_given_up(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(-1)] * 20
    post(services, Words("一"), Words("二"))
    for _ in range(8):
        worker.send_due()
        clock.advance(60)
    assert states(services)[0] == "failed"


def test_an_unknown_outcome_is_resent_byte_for_byte(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [UnknownOutcome("message/send", "timeout")] * 3
    post(services, Words("一"))
    for _ in range(4):
        worker.send_due()
        clock.advance(10)
    assert states(services) == ["sent"]
    assert len(set(api.payloads)) == 1
    assert len(api.payloads) == 4


def test_beyond_the_duplicate_check_it_is_flagged_and_not_resent(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [UnknownOutcome("message/send", "timeout")] * 100
    post(services, Words("一"), Words("二"))
    first = None
    while states(services)[0] != "unknown":
        worker.send_due()
        first = first or clock()
        clock.advance(10)
    assert clock() - first <= timedelta(seconds=110)
    assert all(json.loads(p)["text"]["content"] == "一" for p in api.payloads[:9])


def test_what_a_dead_worker_had_is_resent_within_the_duplicate_check(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    post(services, Words("一"))
    die_sending(services, clock)
    clock.advance(LEASE.total_seconds())
    worker.send_due()
    assert states(services) == ["sent"]


def test_what_a_dead_worker_had_is_flagged_after_it(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    post(services, Words("一"))
    die_sending(services, clock)
    clock.advance(SAFE.total_seconds() + 1)
    with capture_logs() as lines:
        worker.send_due()
    assert [entry["event"] for entry in lines] == ["message_fate_unknown"]
    assert states(services) == ["unknown"]
    assert api.payloads == []


def test_what_a_dead_worker_had_only_claimed_is_sent_however_late(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    for userid in ("chenyu", "hesui"):
        post(services, Words("一"), userid=userid)
    with services.database.begin() as tx:
        assert len(outbox.claim(tx, "dead", clock(), 10, LEASE)) == 2
    clock.advance(3600)
    worker.send_due()
    assert states(services) == states(services, "hesui") == ["sent"]


def test_a_slow_batch_gives_back_what_it_did_not_reach(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    for userid in ("chenyu", "hesui"):
        post(services, Words("一"), userid=userid)
    send = api.send_bytes
    api.send_bytes = lambda payload: (clock.advance(40), send(payload))[1]
    worker.send_due()
    assert states(services) == states(services, "hesui") == ["sent"]
    assert len(api.payloads) == 2


def test_a_fault_of_ours_holds_up_nobody_else(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [RuntimeError("private words")]
    for userid in ("chenyu", "hesui"):
        post(services, Words("一"), userid=userid)
    with capture_logs() as lines:
        worker.send_due()
    assert [entry["event"] for entry in lines] == ["sending_broke"]
    assert "private words" not in str(lines)
    assert states(services, "hesui") == ["sent"]
    clock.advance(5)
    worker.send_due()
    assert states(services) == ["sent"]
    assert len(set(api.payloads)) == 2


@pytest.mark.parametrize("code", [60020, 40013, 301002, 50003])
def test_where_no_call_can_work_everything_rests_and_an_operator_is_called(
    services: Services, worker: OutboxWorker, api: Any, clock: Any, code: int
) -> None:
    api.outcomes = [error(code)]
    post(services, Words("一"))
    post(services, Words("二"), userid="hesui")
    with capture_logs() as lines:
        worker.send_due()
    assert [entry["event"] for entry in lines] == ["sending_paused"]
    assert lines[0]["our_ip"] == "1.2.3.4"
    assert len(api.payloads) == 1
    clock.advance(179)
    assert worker.send_due() == 0
    clock.advance(2)
    worker.send_due()
    assert states(services) == states(services, "hesui") == ["sent"]


def test_a_full_window_is_waited_for(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(45009)]
    post(services, Words("一"))
    with capture_logs():
        worker.send_due()
    clock.advance(61)
    worker.send_due()
    assert states(services) == ["sent"]


@pytest.mark.parametrize("code", [81013, 60111, 40003, 40058, 48002, 44004])
def test_what_can_never_arrive_fails_and_the_next_goes_on(
    services: Services, worker: OutboxWorker, api: Any, code: int
) -> None:
    api.outcomes = [error(code)]
    post(services, Words("一"), Words("二"))
    with capture_logs() as lines:
        worker.send_due()
    assert states(services) == ["failed", "sent"]
    assert "一" not in str(lines)


def test_a_receiver_named_invalid_has_not_got_it(
    services: Services, worker: OutboxWorker, api: Any
) -> None:
    api.outcomes = [Sent("m", "", frozenset({"chenyu"}))]
    post(services, Words("一"))
    with capture_logs():
        worker.send_due()
    assert states(services) == ["failed"]


def test_a_task_id_known_at_a_resend_has_arrived(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [UnknownOutcome("message/send", "timeout"), error(42014)]
    post(services, CARD)
    worker.send_due()
    clock.advance(10)
    worker.send_due()
    assert states(services) == ["sent"]


def test_a_task_id_known_at_the_first_try_is_a_failure(
    services: Services, worker: OutboxWorker, api: Any
) -> None:
    api.outcomes = [error(42014)]
    post(services, CARD)
    with capture_logs():
        worker.send_due()
    assert states(services) == ["failed"]


@pytest.mark.parametrize("code", [42031, 43012])
def test_a_card_that_is_not_possible_here_goes_as_text(
    services: Services, worker: OutboxWorker, api: Any, code: int
) -> None:
    api.outcomes = [error(code)]
    post(services, CARD)
    with capture_logs():
        worker.send_due()
    assert states(services) == ["sent"]
    assert "1. 是\n2. 否" in json.loads(api.payloads[-1])["text"]["content"]


def test_the_code_of_a_card_is_kept(services: Services, worker: OutboxWorker, api: Any) -> None:
    api.outcomes = [Sent("m", "code1", frozenset())]
    post(services, CARD)
    worker.send_due()
    with services.database.read() as tx:
        (card,) = cards.open_of(tx, "chenyu")
    assert card.response_code == "code1"


def test_what_may_have_arrived_is_not_sent_again_after_a_rest(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    """A time-out, then a refused address: three minutes later the duplicate check has ended."""
    api.outcomes = [UnknownOutcome("message/send", "timeout"), error(60020)]
    post(services, Words("一"))
    with capture_logs():
        for wait in (0, 10, 200):
            clock.advance(wait)
            worker.send_due()
    assert states(services) == ["unknown"]
    assert len(api.payloads) == 2


def test_what_waits_behind_a_refused_address_is_sent_when_it_works_again(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    """The network was down for a while, and came back with another address."""
    people = ("chenyu", "hesui", "wuheng")
    api.outcomes = [NotSent("message/send", "no connection")] * 6 + [error(60020)]
    for userid in people:
        post(services, Words("一"), userid=userid)
    with capture_logs():
        for wait in (0, 60, 60, 200, 200):
            clock.advance(wait)
            worker.send_due()
    assert [states(services, userid) for userid in people] == [["sent"]] * 3


def test_one_busy_answer_after_a_long_rest_is_no_reason_to_give_up(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(60020)] * 10 + [error(-1)]
    post(services, Words("一"))
    with capture_logs():
        for _ in range(12):
            worker.send_due()
            clock.advance(200)
    assert states(services) == ["sent"]


def test_a_card_sent_again_by_hand_that_had_arrived_counts_as_sent(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(40058), error(42014)]
    post(services, CARD)
    with capture_logs():
        worker.send_due()
        with services.database.begin() as tx:
            assert outbox.requeue(tx, outbox.stuck(tx)[0].id, clock())
        worker.send_due()
    assert states(services) == ["sent"]


def test_a_card_that_became_text_does_so_once(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    """The service took so long to refuse it that another worker did the same meanwhile."""
    other = OutboxWorker(services)
    send, slow = api.send_bytes, []

    def hang(payload: bytes) -> Sent:
        if not slow:
            slow.append(payload)
            clock.advance(LEASE.total_seconds())
            other.send_due()
        return send(payload)

    api.send_bytes = hang
    api.outcomes = [error(43012), None, error(43012)]
    post(services, CARD)
    with capture_logs():
        worker.send_due()
    assert states(services) == ["sent"]


# ---- the limiter ----


def test_no_more_than_twenty_a_minute(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    post(services, *(Words(f"第{n}条") for n in range(45)))
    worker.send_due()
    assert len(api.payloads) == 20
    clock.advance(30)
    worker.send_due()
    assert len(api.payloads) == 20
    clock.advance(31)
    worker.send_due()
    assert len(api.payloads) == 40


def test_passive_replies_count(
    services: Services, worker: OutboxWorker, api: Any, line: Any
) -> None:
    for _ in range(15):
        line.say("chenyu", "x")
    post(services, *(Words(f"第{n}条") for n in range(10)))
    worker.send_due()
    assert len(api.payloads) == 5


def test_the_limit_is_each_members_own(services: Services, worker: OutboxWorker, api: Any) -> None:
    for userid in ("chenyu", "hesui"):
        post(services, *(Words(f"第{n}条") for n in range(20)), userid=userid)
    worker.send_due()
    assert len(api.payloads) == 40


def die_sending(services: Services, clock: Any) -> None:
    with services.database.begin() as tx:
        (row,) = outbox.claim(tx, "dead", clock(), 1, LEASE)
        assert outbox.begin(tx, row, clock(), LEASE)


def seconds_until_due(services: Services, clock: Any) -> int:
    with services.database.begin() as tx:
        (row,) = tx.exec_driver_sql("SELECT not_before FROM outbox")
    from datetime import UTC, datetime

    due = datetime.fromisoformat(str(row[0])).replace(tzinfo=UTC)
    return round((due - clock()).total_seconds())

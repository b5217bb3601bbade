"""Conversations, turns, cards."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from storage import cards, conversations, turns
from storage.database import Database

Undone = Callable[[], AbstractContextManager[Connection]]


def test_a_conversation_is_kept_for_each_form(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        assert conversations.load(tx, "wangfang", form_id) is None
        conversations.keep(tx, "wangfang", form_id, {"version": 1, "half": "收"}, now)
        conversations.keep(tx, "wangfang", 0, {"version": 1}, now)
        conversations.keep(tx, "wangfang", form_id, {"version": 2}, now)
        assert conversations.load(tx, "wangfang", form_id) == {"version": 2}
        assert conversations.load(tx, "wangfang", 0) == {"version": 1}
        assert conversations.load(tx, "lina", form_id) is None


def test_a_turn_is_kept_once_and_its_reply_with_it(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        assert turns.seen(tx, "k1") is None
        turn = turns.keep(tx, "k1", "wangfang", "text", now)
        assert turn is not None
        assert turns.seen(tx, "k1") == turns.Turn(turn, "k1", "wangfang", now, "text", None)
        turns.set_reply(tx, turn, "收到")
    with database.begin() as tx:
        assert turns.keep(tx, "k1", "wangfang", "text", now + timedelta(seconds=5)) is None
        assert turns.seen(tx, "k1") == turns.Turn(turn, "k1", "wangfang", now, "text", "收到")
        assert turns.keep(tx, "k2", "wangfang", "text", now) not in (None, turn)


def test_a_rolled_back_turn_was_never_seen(
    database: Database, undone: Undone, now: datetime
) -> None:
    with undone() as tx:
        turns.keep(tx, "k1", "wangfang", "text", now)
    with database.begin() as tx:
        assert turns.keep(tx, "k1", "wangfang", "text", now) is not None


def test_of_the_same_message_delivered_eight_times_at_once_one_is_worked_on(
    open_database: Callable[..., Database], now: datetime
) -> None:
    databases = [open_database(), open_database()]
    replies: list[str | None] = []
    worked: list[int] = []

    def deliver(database: Database) -> None:
        with database.begin() as tx:
            turn = turns.keep(tx, "k1", "wangfang", "text", now)
            if turn is None:
                earlier = turns.seen(tx, "k1")
                replies.append(earlier and earlier.reply)
                return
            worked.append(turn)
            turns.set_reply(tx, turn, "收到")

    threads = [threading.Thread(target=deliver, args=(databases[n % 2],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(worked) == 1
    assert replies == ["收到"] * 7


def test_a_card_keeps_its_newest_code(database: Database, form_id: int, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with database.begin() as tx:
        cards.add(tx, "t1", "wangfang", "question", now, form_id, "income")
        cards.add(tx, "t2", "wangfang", "notice", later)
        cards.set_code(tx, "t1", "code-1", now)
        cards.set_code(tx, "t1", "code-2", later)
        assert cards.get(tx, "t1") == cards.Card(
            "t1", "wangfang", form_id, "question", "income", "code-2", later, "open", now
        )
        assert cards.get(tx, "t3") is None
        assert [card.task_id for card in cards.open_of(tx, "wangfang")] == ["t1", "t2"]
        assert cards.open_of(tx, "lina") == []


def test_of_two_clicks_on_a_card_one_counts(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        cards.add(tx, "t1", "wangfang", "question", now)
        assert cards.set_state(tx, "t1", "open", "clicked")
        assert not cards.set_state(tx, "t1", "open", "clicked")
        assert cards.open_of(tx, "wangfang") == []


def test_a_task_id_is_used_once(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        cards.add(tx, "t1", "wangfang", "question", now)
        with pytest.raises(IntegrityError):
            cards.add(tx, "t1", "lina", "question", now)

"""The planner: one message for several reasons, never twice, not too often, only while it means
something, and only in the hours for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.documents import Document
from bot.jobs.outbox import OutboxWorker
from bot.services import Services
from bot.unasked import planner
from bot.unasked.base import Kind, Look, Reason, Said
from bot.unasked.hours import calm, own_minute
from dialogs.bubbles import Choice
from storage import people, snoozes

MORNING = datetime(2022, 5, 12, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Thursday in Shanghai."""


class Wish:
    """A kind whose reasons a test names; what it says can change its mind."""

    def __init__(self, name: str, *keys: str, userid: str = "chenyu") -> None:
        self.name, self.keys, self.userid = name, list(keys), userid
        self.said: Said | None = Said(name, ("line",), (Choice("go", "继续填报"),), "remind:1")

    def due(self, look: Look) -> Iterable[Reason]:
        for key in self.keys:
            at = MORNING.astimezone(look.zone)
            yield Reason(self.userid, self.name, key, at, ("301",), 1)

    def say(self, look: Look, reasons: Sequence[Reason]) -> Said | None:
        return self.said

    def kind(self) -> Kind:
        return Kind(self.name, self.due, self.say)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes these kinds the only ones."""

    def use(*wishes: Wish) -> None:
        monkeypatch.setattr(planner, "KINDS", {wish.name: wish.kind() for wish in wishes})

    return use


@pytest.fixture
def queued(services: Services) -> Callable[[], list[tuple[str, str, str]]]:
    """What lies in the outbox: person, topic, state."""

    def find() -> list[tuple[str, str, str]]:
        with services.database.read() as tx:
            rows = tx.exec_driver_sql("SELECT userid, topic, state FROM outbox ORDER BY id")
            return [(row[0], row[1], row[2]) for row in rows]

    return find


def at_own_minute(clock: Any, userid: str = "chenyu", moment: datetime = MORNING) -> None:
    """The moment at which the person's turn has come."""
    clock.now = moment + own_minute(userid, (moment + timedelta(hours=8)).date())


def content(services: Services) -> list[dict[str, Any]]:
    with services.database.read() as tx:
        rows = tx.exec_driver_sql("SELECT payload FROM outbox ORDER BY id")
        return [json.loads(row[0]) for row in rows]


def test_several_reasons_become_one_message(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a", "b"), Wish("reminder_two", "c"))
    at_own_minute(clock)
    planner.plan(services, clock())
    assert queued() == [("chenyu", "reminder_one", "pending")]
    text = content(services)[0]["text"]["content"]
    assert "reminder_one" in text
    assert "reminder_two" in text
    assert "“继续填报”" in text


def test_one_reason_is_a_card_and_words_for_who_wants_text(
    services: Services, clock: Any, form_id: int, only: Any
) -> None:
    wish = Wish("reminder_one", "a")
    only(wish)
    at_own_minute(clock)
    planner.plan(services, clock())
    wish.keys = ["b"]
    with services.database.begin() as tx:
        people.set_plain_text_only(tx, "chenyu", True)
    planner.plan(services, clock())
    card, words = content(services)
    assert card["template_card"]["button_list"][0]["text"] == "继续填报"
    assert words["text"]["content"].endswith("回“继续填报”就行。")


def test_nothing_is_said_twice_and_nothing_before_its_minute(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a"))
    at_own_minute(clock)
    planner.plan(services, clock() - timedelta(minutes=1))
    assert queued() == []
    for minutes in (0, 1, 30, 240):
        planner.plan(services, clock() + timedelta(minutes=minutes))
    assert len(queued()) == 1


def test_three_messages_a_day_are_the_most(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    wish = Wish("reminder_one")
    only(wish)
    at_own_minute(clock)
    for key in "abcde":
        wish.keys = [key]
        planner.plan(services, clock())
    assert len(queued()) == planner.MOST_A_DAY
    # The next day, as far as it still stands then.
    planner.plan(services, clock() + timedelta(days=1))
    assert len(queued()) == planner.MOST_A_DAY + 1


def test_a_picture_counts_and_is_left_out_where_there_is_no_room(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    wish = Wish("digest_one", "a")
    wish.said = Said("d", ("l",), pictures=(Document("p.png", b"png", "image/png"),))
    only(wish)
    at_own_minute(clock)
    planner.plan(services, clock())
    wish.keys = ["b"]
    planner.plan(services, clock())
    topics = [topic for _, topic, _ in queued()]
    assert topics == ["digest_one", "digest_one_picture", "digest_one"]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2022, 5, 12, 0, 40, tzinfo=UTC),  # before nine
        datetime(2022, 5, 12, 9, 35, tzinfo=UTC),  # after half past five
        datetime(2022, 5, 14, 2, 10, tzinfo=UTC),  # a Saturday
        datetime(2022, 5, 12, 2, 0, tzinfo=UTC),  # the full hour
        datetime(2022, 5, 12, 2, 29, tzinfo=UTC),  # nearly half past
    ],
)
def test_it_keeps_the_hours(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any, moment: datetime
) -> None:
    wish = Wish("reminder_one", "a")
    only(wish)
    planner.plan(services, moment)
    assert queued() == []


def test_what_lost_its_meaning_never_leaves_and_comes_anew_if_it_has_some_again(
    services: Services, api: Any, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    wish = Wish("reminder_one", "a")
    only(wish)
    at_own_minute(clock)
    planner.plan(services, clock())
    wish.keys = []
    OutboxWorker(services).send_due()
    assert (queued(), api.payloads) == ([], [])
    wish.keys = ["a"]
    planner.plan(services, clock())
    OutboxWorker(services).send_due()
    assert queued() == [("chenyu", "reminder_one", "sent")]


def test_words_that_lay_too_long_are_made_anew(
    services: Services, api: Any, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a"))
    at_own_minute(clock)
    planner.plan(services, clock())
    clock.now = MORNING + timedelta(minutes=64)
    OutboxWorker(services).send_due()
    assert queued() == []
    planner.plan(services, clock())
    OutboxWorker(services).send_due()
    assert [state for *_, state in queued()] == ["sent"]


def test_what_waited_over_the_evening_is_not_sent_at_night(
    services: Services, api: Any, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a"))
    at_own_minute(clock, moment=MORNING + timedelta(hours=8))
    clock.now = datetime(2022, 5, 12, 9, 24, tzinfo=UTC)
    planner.plan(services, clock())
    clock.advance(9 * 60)
    OutboxWorker(services).send_due()
    assert (queued(), api.payloads) == ([], [])


def test_a_worker_that_dies_before_sending_leaves_it_to_the_next(
    services: Services, api: Any, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a"))
    at_own_minute(clock)
    planner.plan(services, clock())
    first = OutboxWorker(services)
    (row,) = first._claim()
    with services.database.begin() as tx:
        assert planner.leaves(services, tx, row.unasked_id or 0, clock())
    clock.advance(61)
    OutboxWorker(services).send_due()
    assert queued() == [("chenyu", "reminder_one", "sent")]
    assert len(api.payloads) == 1


def test_reminders_rest_while_somebody_wants_none(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a"), Wish("reminder_nudge", "n"))
    at_own_minute(clock)
    with services.database.begin() as tx:
        snoozes.set_(tx, "chenyu", clock() + timedelta(hours=3), False, clock())
    planner.plan(services, clock())
    assert [topic for _, topic, _ in queued()] == ["reminder_nudge"]
    planner.plan(services, clock() + timedelta(hours=4))
    assert [topic for _, topic, _ in queued()] == ["reminder_nudge", "reminder_one"]


def test_a_wish_to_rest_is_heard_also_by_what_is_queued_already(
    services: Services, api: Any, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a"))
    at_own_minute(clock)
    planner.plan(services, clock())
    with services.database.begin() as tx:
        snoozes.set_(tx, "chenyu", clock() + timedelta(hours=3), False, clock())
    OutboxWorker(services).send_due()
    assert queued() == []


def test_what_turned_out_to_say_nothing_is_not_asked_again(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    wish = Wish("digest_one", "a")
    wish.said = None
    only(wish)
    at_own_minute(clock)
    planner.plan(services, clock())
    wish.said = Said("d")
    planner.plan(services, clock())
    assert queued() == []


def test_who_has_left_is_told_nothing(
    services: Services, clock: Any, form_id: int, only: Any, queued: Any
) -> None:
    only(Wish("reminder_one", "a"))
    at_own_minute(clock)
    with services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE people SET active = FALSE WHERE userid = 'chenyu'")
    planner.plan(services, clock())
    assert queued() == []


def test_everybody_has_a_minute_away_from_the_full_and_half_hour() -> None:
    day = MORNING.date()
    minutes = {own_minute(f"u{number}", day) for number in range(400)}
    assert all(calm(MORNING + minute) for minute in minutes)
    assert len(minutes) > 15

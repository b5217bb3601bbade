"""A deadline that is moved in the course of a day reminds nobody of the same form again that day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.acts.extend import extend
from bot.acts.return_form import send_back
from bot.acts.send_in import send_in
from bot.lifecycle import By
from bot.services import Services
from bot.unasked import planner
from dialogs.plan import Plan
from dialogs.rounds.orders import Extension
from storage import cycles, forms, hands, people

ZONE = ZoneInfo("Asia/Shanghai")


def evening(day: int) -> datetime:
    return datetime(2022, 6, day, 18, tzinfo=ZONE).astimezone(UTC)


class Play:
    """The deadline of all is the evening of 2022-06-15."""

    def __init__(self, services: Services, clock: Any, form_id: int) -> None:
        self.services, self.clock, self.form_id = services, clock, form_id

    def plan(self, day: int, *hours: int) -> None:
        for hour in hours:
            self.set(day, hour, 56)
            planner.plan(self.services, self.clock())

    def set(self, day: int, hour: int, minute: int = 0) -> None:
        self.clock.now = datetime(2022, 6, day, hour, minute, tzinfo=ZONE).astimezone(UTC)

    def move(self, before: int, after: int, *, returned: bool = False) -> None:
        wanted = Extension(self.form_id, evening(before), evening(after), returned=returned)
        with self.services.database.begin() as tx:
            cycle = cycles.current(tx)
            assert cycle
            extend(tx, "zhouning", By.COORDINATOR, cycle.id, [wanted], self.clock())

    def got(self, userid: str, kind: str) -> list[str]:
        query = "SELECT created_at FROM outbox WHERE userid = ? AND topic = ? ORDER BY id"
        with self.services.database.read() as tx:
            rows = tx.exec_driver_sql(query, (userid, kind)).scalars()
        moments = (datetime.fromisoformat(str(row)).replace(tzinfo=UTC) for row in rows)
        return [f"{moment.astimezone(ZONE):%d %H}" for moment in moments]


@pytest.fixture
def play(services: Services, clock: Any, form_id: int) -> Play:
    return Play(services, clock, form_id)


def test_extended_on_a_day_of_the_plan_to_another_day_of_it(play: Play) -> None:
    """One working day before the old deadline, three before the new one."""
    play.plan(14, 9)
    play.set(14, 10, 20)
    play.move(15, 17)
    play.plan(14, 10, 14)
    assert play.got("chenyu", "reminder_deadline") == ["14 09"]
    assert play.got("chenyu", "notice_deadline") == ["14 10"]
    play.plan(16, 9)
    assert play.got("chenyu", "reminder_deadline") == ["14 09", "16 09"]


def test_moved_to_today_still_has_its_afternoon(play: Play) -> None:
    play.plan(14, 9)
    play.set(14, 10, 20)
    play.move(15, 14)
    play.plan(14, 10, 14)
    assert play.got("chenyu", "reminder_deadline") == ["14 09", "14 14"]


def test_who_was_not_reminded_of_the_old_one_is_of_the_new_one(play: Play) -> None:
    """The 13th is no day of the plan for the 15th; it is the day before the 14th."""
    play.plan(13, 9)
    play.set(13, 10, 20)
    play.move(15, 14)
    play.plan(13, 10, 14)
    assert play.got("chenyu", "reminder_deadline") == ["13 10"]


def test_moved_before_anybody_was_reminded(play: Play) -> None:
    """At half past eight: the morning's reminder is of the new deadline."""
    play.set(14, 8, 30)
    play.move(15, 17)
    play.plan(14, 9, 10)
    assert play.got("chenyu", "reminder_deadline") == ["14 09"]


def test_a_colleague_is_not_reminded_twice_either(play: Play) -> None:
    with play.services.database.begin() as tx:
        cycle = cycles.current(tx)
        assert cycle
        cycles.set_plan(tx, cycle.id, Plan((3, 1), 1, 1).plain())
        form = forms.get(tx, play.form_id)
        assert form
        people.grant(tx, "wenqing", "colleague", form.department_id)
        hands.offer(tx, form.id, "section:assets", "chenyu", "wenqing", "", play.clock())
    play.plan(14, 9)
    play.set(14, 10, 20)
    play.move(15, 17)
    play.plan(14, 10)
    assert play.got("wenqing", "reminder_handed") == ["14 09"]


def test_a_returned_form_whose_own_day_is_moved(play: Play, filled: int) -> None:
    clock, services = play.clock, play.services
    play.set(1, 10)
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
        send_back(services, tx, "linfan", filled, "x", clock())
        forms.set_due(tx, filled, evening(8))
    play.plan(8, 9)
    play.set(8, 10, 20)
    play.move(8, 9, returned=True)
    play.plan(8, 10, 14)
    assert play.got("chenyu", "reminder_returned") == ["08 09"]
    play.plan(9, 9)
    assert play.got("chenyu", "reminder_returned") == ["08 09", "09 09"]

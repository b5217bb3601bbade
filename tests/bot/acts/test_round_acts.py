"""Acts on the exercise itself: who may, what is written, what is refused, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.acts.approve import approve
from bot.acts.base import SYSTEM, ActRefused
from bot.acts.close_cycle import close_cycle, reopen_cycle
from bot.acts.extend import extend
from bot.acts.move_deadline import move_deadline
from bot.acts.open_cycle import Opening, open_cycle
from bot.acts.plan_reminders import plan_reminders
from bot.acts.record_answer import record_answer
from bot.acts.send_in import send_in
from bot.acts.set_days import set_days
from bot.calendar import calendar_of
from bot.lifecycle import By
from bot.services import Services
from dialogs.plan import Plan
from dialogs.rounds.orders import DaySaid, Extension
from scoring.standard import Standard
from scoring.values import Text
from storage import calendar_days, cycle_events, cycles, forms, interviews, people
from storage.cycles import Cycle

BOSS = ("zhouning", By.COORDINATOR)
DAY = timedelta(days=1)


@pytest.fixture
def cycle(services: Services) -> Cycle:
    with services.database.read() as tx:
        found = cycles.current(tx)
    assert found is not None
    return found


@pytest.fixture
def refused(services: Services) -> Callable[..., str]:
    """The code with which an act is refused; nothing of it is written."""

    def attempt(act: Callable[..., object], *given: object) -> str:
        with services.database.begin() as tx:
            before = [cycle_events.of_cycle(tx, 1), cycles.all_of_them(tx), forms.by_state(tx, 1)]
            with pytest.raises(ActRefused) as refusal:
                act(tx, *given)
            assert "没有" in refusal.value.words or "不" in refusal.value.words
            assert before == [
                *(cycle_events.of_cycle(tx, 1), cycles.all_of_them(tx), forms.by_state(tx, 1))
            ]
        return refusal.value.code

    return attempt


def test_a_moved_deadline_is_a_new_version_and_told_of_once(
    services: Services, cycle: Cycle, form_id: int, clock: Any, refused: Any
) -> None:
    later = cycle.deadline + 5 * DAY
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "delivered", clock())
        move_deadline(tx, *BOSS, cycle.id, later, clock(), cycle.plan_version)
        found = cycles.get(tx, cycle.id)
        (event,) = cycle_events.of_cycle(tx, cycle.id)
        standing = interviews.one(tx, form_id)
    assert found is not None
    assert (found.deadline, found.plan_version) == (later, cycle.plan_version + 1)
    assert standing is not None
    assert standing.deadline == later
    assert str(form_id) not in event.data["changes"]
    assert len(event.data["changes"]) == 3
    again = (*BOSS, cycle.id, later + DAY, clock(), cycle.plan_version)
    assert refused(move_deadline, *again) == "cycle_changed"
    assert refused(move_deadline, *BOSS, cycle.id, later, clock()) == "deadline_same"
    assert refused(move_deadline, *BOSS, cycle.id, clock() - DAY, clock()) == "deadline_past"


def test_an_extension_ends_where_the_deadline_of_all_reaches_it(
    services: Services, cycle: Cycle, form_id: int, clock: Any
) -> None:
    later = cycle.deadline + 3 * DAY
    with services.database.begin() as tx:
        others = [each.id for each in forms.by_state(tx, cycle.id) if each.id != form_id]
        extend(tx, *BOSS, cycle.id, [Extension(form_id, cycle.deadline, later)], clock())
        far = Extension(others[0], cycle.deadline, later + 30 * DAY)
        extend(tx, *BOSS, cycle.id, [far], clock())
        move_deadline(tx, *BOSS, cycle.id, later, clock())
        mine, other = forms.get(tx, form_id), forms.get(tx, others[0])
        event = cycle_events.of_cycle(tx, cycle.id)[-1]
    assert mine is not None
    assert other is not None
    assert mine.extended_to is None
    assert other.extended_to == later + 30 * DAY
    assert event.data["changes"][str(form_id)]["from"] == later.isoformat()
    assert str(others[0]) not in event.data["changes"]


def test_extensions_are_all_or_nothing(
    services: Services, cycle: Cycle, form_id: int, clock: Any, refused: Any
) -> None:
    later = cycle.deadline + 3 * DAY
    with services.database.begin() as tx:
        other = next(each.id for each in forms.by_state(tx, cycle.id) if each.id != form_id)
    good = Extension(form_id, cycle.deadline, later)
    stale = Extension(other, cycle.deadline - DAY, later)
    assert refused(extend, *BOSS, cycle.id, [good, stale], clock()) == "extension_changed"
    past = Extension(form_id, cycle.deadline, clock() - DAY)
    assert refused(extend, *BOSS, cycle.id, [past], clock()) == "extension_past"
    none = Extension(form_id, cycle.deadline, None)
    assert refused(extend, *BOSS, cycle.id, [none], clock()) == "extension_none"
    with services.database.begin() as tx:
        extend(tx, *BOSS, cycle.id, [good], clock())
        events = forms.events(tx, form_id)
        standing = interviews.one(tx, form_id)
    assert [(each.act, each.from_state, each.to_state) for each in events] == [
        ("extend", "drafting", "drafting")
    ]
    assert standing is not None
    assert standing.deadline == later
    assert refused(extend, *BOSS, cycle.id, [good], clock()) == "extension_changed"
    with services.database.begin() as tx:
        extend(tx, *BOSS, cycle.id, [Extension(form_id, later, None)], clock())
        standing = interviews.one(tx, form_id)
    assert standing is not None
    assert standing.deadline == cycle.deadline


def test_a_returned_form_is_extended_by_when_it_is_due(
    services: Services, cycle: Cycle, form_id: int, clock: Any
) -> None:
    due = clock() + 3 * DAY
    with services.database.begin() as tx:
        forms.set_due(tx, form_id, due)
        wish = Extension(form_id, due, due + DAY, returned=True)
        extend(tx, *BOSS, cycle.id, [wish], clock())
        form = forms.get(tx, form_id)
    assert form is not None
    assert (form.due_at, form.extended_to) == (due + DAY, None)


def test_a_coordinator_of_one_department_extends_only_that(
    services: Services, cycle: Cycle, form_id: int, clock: Any, refused: Any
) -> None:
    with services.database.begin() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        people.grant(tx, "tangyue", "coordinator", form.department_id)
        other = next(each.id for each in forms.by_state(tx, cycle.id) if each.id != form_id)
    part = ("tangyue", By.COORDINATOR, cycle.id)
    later = cycle.deadline + DAY
    assert refused(move_deadline, *part, later, clock()) == "not_yours"
    assert refused(extend, *part, [Extension(other, cycle.deadline, later)], clock()) == "not_yours"
    with services.database.begin() as tx:
        extend(tx, *part, [Extension(form_id, cycle.deadline, later)], clock())


def test_reminders_are_planned_anew(
    services: Services, cycle: Cycle, clock: Any, refused: Any
) -> None:
    plan = Plan((7, 2), 1, 0)
    with services.database.begin() as tx:
        plan_reminders(tx, *BOSS, cycle.id, plan, clock(), cycle.plan_version)
        found = cycles.get(tx, cycle.id)
    assert found is not None
    assert Plan.read(found.plan) == plan
    assert found.plan_version == cycle.plan_version + 1
    assert refused(plan_reminders, *BOSS, cycle.id, plan, clock()) == "plan_same"
    wrong = Plan((99,))
    assert refused(plan_reminders, *BOSS, cycle.id, wrong, clock()) == "plan_unsound"


def test_an_exercise_is_opened_once_with_a_form_for_each_active_department(
    services: Services, standard: Standard, cycle: Cycle, clock: Any, refused: Any
) -> None:
    opening = Opening(2022, clock() + DAY, clock() + 60 * DAY)
    with services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE departments SET active = ? WHERE code = ?", (False, "304"))
        opened = open_cycle(tx, *BOSS, opening, standard, clock())
        made = forms.by_state(tx, opened.cycle_id)
        found = cycles.get(tx, opened.cycle_id)
    assert opened.forms == len(made) == 3
    assert found is not None
    assert found.name == "2022年度部门整体支出绩效自评"
    assert found.standard_hash == standard.hash
    assert Plan.read(found.plan) == Plan()
    given = (*BOSS, opening, standard, clock())
    assert refused(open_cycle, *given) == "cycle_there"
    backwards = Opening(2023, clock() + 9 * DAY, clock() + DAY)
    assert refused(open_cycle, *BOSS, backwards, standard, clock()) == "deadline_before_opening"


def test_a_closed_exercise_stays_as_it_is(
    services: Services, cycle: Cycle, filled: int, clock: Any
) -> None:
    words = {"yearly_work": Text("平稳")}
    with services.database.begin() as tx:
        close_cycle(tx, *BOSS, cycle.id, clock(), cycle.plan_version)
        with pytest.raises(ActRefused, match="cycle_closed"):
            record_answer(services, tx, "chenyu", filled, words, "x", clock())
        with pytest.raises(ActRefused, match="cycle_closed"):
            send_in(services, tx, "chenyu", filled, clock())
        forms.set_state(tx, filled, "drafting", "in_review", clock())
        with pytest.raises(ActRefused, match="cycle_closed"):
            approve(services, tx, "linfan", filled, clock())
        forms.set_state(tx, filled, "in_review", "drafting", clock())
        with pytest.raises(ActRefused, match="cycle_over"):
            move_deadline(tx, *BOSS, cycle.id, cycle.deadline + DAY, clock())
        reopen_cycle(tx, *BOSS, cycle.id, clock())
        record_answer(services, tx, "chenyu", filled, words, "x", clock())
        acts = [each.act for each in cycle_events.of_cycle(tx, cycle.id)]
    assert acts == ["closed", "reopened"]


def test_days_are_kept_once_and_counted_by_from_then_on(
    services: Services, clock: Any, refused: Any
) -> None:
    day = date(2022, 6, 20)
    said = [DaySaid(day, False, "龙舟赛"), DaySaid(day + DAY, True)]
    with services.database.begin() as tx:
        assert set_days(tx, *BOSS, said, clock()) == 2
        assert set_days(tx, *BOSS, said, clock()) == 0
        assert not calendar_of(tx).is_working_day(day)
        assert len(cycle_events.of_cycle(tx, 1)) == 1
        assert set_days(tx, *BOSS, [DaySaid(day, None)], clock()) == 1
        assert calendar_of(tx).is_working_day(day)
        assert [each.day for each in calendar_days.all_of_them(tx)] == [day + DAY]
    assert refused(set_days, *BOSS, [], clock()) == "no_days"


def test_an_operator_may_at_the_command_line_only(
    services: Services, cycle: Cycle, clock: Any, refused: Any
) -> None:
    later: datetime = cycle.deadline + DAY
    given = (cycle.id, later, clock())
    assert refused(move_deadline, SYSTEM, By.COORDINATOR, *given) == "not_yours"
    assert refused(move_deadline, "zhouning", By.FINANCE, *given) == "not_yours"
    with services.database.begin() as tx:
        move_deadline(tx, SYSTEM, By.SYSTEM, *given)

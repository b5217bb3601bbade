"""The results of a cycle as they are gathered for the summary."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.jobs.tasks import TaskWorker
from bot.summary import NoSuchCycle, results_of
from storage import answers, cycles, forms, reviewing, submissions, tasks


def deliver(services, form_id: int, version: int = 1) -> None:
    with services.database.begin() as tx:
        submissions.add(tx, form_id, f"C{version}", "chenyu", services.clock())
        forms.set_state(tx, form_id, "drafting", "approved", services.clock())
        order = {"form_id": form_id, "version": version}
        tasks.add(tx, "delivery", order, f"d:{form_id}:{version}", services.clock())
    TaskWorker(services).work_due()


def gathered(services):
    with services.database.read() as tx:
        return results_of(services, tx, cycles.current(tx).id, services.clock())


def of(found, code: str = "301"):
    return next(each for each in found.results if each.code == code)


def test_all_departments_are_in_it_by_code(services):
    found = gathered(services)
    assert [each.code for each in found.results] == sorted(each.code for each in found.results)
    assert len(found.results) == 4
    assert found.counted == ()
    assert of(found).total is None
    assert of(found).standing == "填报中"


def test_a_delivered_form_counts_with_its_points(services, filled):
    deliver(services, filled)
    found = gathered(services)
    one = of(found)
    assert (one.total, one.grade, one.version, one.review) == (Decimal("95.45"), "优", 1, "none")
    assert one.counts
    assert sum(one.points.values()) == Decimal("95.45")
    assert not one.filing.late
    assert {lost.indicator for lost in one.lost}
    assert all(lost.reasons for lost in one.lost)


def test_what_is_changed_after_the_delivery_does_not_count(services, filled, clock):
    deliver(services, filled)
    with services.database.begin() as tx:
        answers.record(tx, filled, {"income_total": "1.00万元"}, "x", "chenyu", clock())
    assert of(gathered(services)).total == Decimal("95.45")


def test_a_returned_form_shows_its_last_points_and_is_not_ranked(services, filled, clock):
    deliver(services, filled)
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "delivered", "drafting", clock())
        forms.note_event(
            tx, filled, "return_form", "wuheng", "delivered", "drafting", clock(), "再看"
        )
    one = of(gathered(services))
    assert (one.counts, one.total, one.standing) == (False, Decimal("95.45"), "退回修改中")
    assert one.filing.returned == 1


def test_reviewed_points_stand_beside_the_own(services, filled, clock):
    deliver(services, filled)
    with services.database.begin() as tx:
        for points, reason in (("1.00", "错了"), ("3.50", "缺合同")):
            reviewing.give_points(tx, filled, 1, "B3-2", Decimal(points), reason, "wuheng", clock())
    one = of(gathered(services))
    (change,) = one.changes
    assert (change.indicator, change.after, change.reason) == ("B3-2", Decimal("3.50"), "缺合同")
    assert one.reviewed_total == one.total + change.after - change.before
    assert one.review == "running"
    with services.database.begin() as tx:
        reviewing.add_opinion(
            tx, filled, 1, one.reviewed_total, "优", "wuheng", clock(), None, final=True
        )
    assert of(gathered(services)).review == "final"


def test_points_for_an_older_version_do_not_count(services, filled, clock):
    deliver(services, filled)
    with services.database.begin() as tx:
        reviewing.give_points(tx, filled, 1, "B3-2", Decimal(1), "x", "wuheng", clock())
        forms.set_state(tx, filled, "delivered", "drafting", clock())
    deliver(services, filled, 2)
    one = of(gathered(services))
    assert (one.version, one.reviewed_total, one.changes) == (2, None, ())


@pytest.mark.parametrize(("hours", "late", "days"), [(-1, False, 0), (1, True, 0), (24, True, 1)])
def test_late_is_counted_in_working_days_from_the_deadline_of_then(
    services, filled, clock, hours, late, days
):
    with services.database.read() as tx:
        deadline = cycles.current(tx).deadline
    clock.now = deadline + timedelta(hours=hours)
    deliver(services, filled)
    filing = of(gathered(services)).filing
    assert (filing.late, filing.late_days) == (late, days)
    with services.database.begin() as tx:
        cycles.set_deadline(tx, cycles.current(tx).id, deadline + timedelta(days=30))
    assert of(gathered(services)).filing.late is late


def test_only_the_departments_asked_for(services, filled):
    with services.database.read() as tx:
        mine = forms.get(tx, filled).department_id
        found = results_of(services, tx, cycles.current(tx).id, services.clock(), [mine])
    assert [each.code for each in found.results] == ["301"]


def test_no_cycle(services):
    with services.database.read() as tx, pytest.raises(NoSuchCycle):
        results_of(services, tx, 999, services.clock())

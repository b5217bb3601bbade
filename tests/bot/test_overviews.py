"""All forms at a glance, as they are read from the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from bot import overviews
from bot.overviews import overview_of
from bot.services import Services
from dialogs.overview.status import Overview, Status, Trouble
from scoring.values import Value
from storage import answers, evidence, files, forms, hands, people

MONDAY = datetime(2022, 5, 16, 2, 0, tzinfo=UTC)
Look = Callable[..., Overview]


@pytest.fixture
def look(services: Services) -> Look:
    """The overview at a moment, since another."""

    def at(now: datetime = MONDAY, since: datetime | None = None, **more: Any) -> Overview:
        with services.database.read() as tx:
            return overview_of(services, tx, now, more.get("departments"), since, "zhouning")

    return at


@pytest.fixture
def tell(services: Services, form_id: int) -> Callable[..., None]:
    """Records answers of the form."""

    def record(at: datetime, **values: Any) -> None:
        with services.database.begin() as tx:
            answers.record(tx, form_id, values, "", "chenyu", at)

    return record


def of(overview: Overview, form_id: int) -> Status:
    found = overview.of(form_id)
    assert found is not None
    return found


def plain(values: dict[str, Value]) -> dict[str, Any]:
    return {fact: value.plain() for fact, value in values.items()}


def test_every_form_of_an_open_cycle_is_there(look: Look, services: Services) -> None:
    overview = look()
    assert len(overview.statuses) == 4
    assert {status.form.state for status in overview.statuses} == {"drafting"}
    assert all(not status.begun and status.last is None for status in overview.statuses)
    assert overview.at.hour == 10
    assert overview.announced


def test_a_coordinator_of_some_sees_only_those(look: Look) -> None:
    everything = look()
    assert len(look(departments=[]).statuses) == 0
    with_one = look(departments=[1])
    assert len(with_one.statuses) == 1
    assert with_one.statuses[0].form in [status.form for status in everything.statuses]


def test_who_filled_what_when(look: Look, filled: int) -> None:
    status = of(look(), filled)
    assert status.measure.percent >= 98
    assert status.measure.so_far == Decimal("95.45")
    assert status.begun
    assert status.last is not None
    assert (status.last.by, status.last.what) == ("陈宇", "answer")
    assert status.people.contacts == ("陈宇",)
    assert [leader.name for leader in status.people.leaders] == ["林帆"]


def test_idle_days_are_working_days_since_the_last_thing(
    look: Look, form_id: int, tell: Callable[..., None]
) -> None:
    friday = datetime(2022, 5, 13, 6, 0, tzinfo=UTC)
    tell(friday, department_name="科工商务局")
    assert of(look(), form_id).idle == 1
    assert of(look(friday + timedelta(days=8)), form_id).idle == 5
    assert Trouble.STUCK in of(look(friday + timedelta(days=8)), form_id).troubles
    assert of(look(friday), form_id).idle == 0


def test_a_form_is_measured_again_only_after_it_changed(
    services: Services, look: Look, filled: int, tell: Callable[..., None], monkeypatch: Any
) -> None:
    measured: list[Any] = []
    real = overviews.measure
    monkeypatch.setattr(overviews, "measure", lambda *given: measured.append(1) or real(*given))
    look()
    assert len(measured) == 4
    look(MONDAY + timedelta(days=1))
    assert len(measured) == 4
    tell(MONDAY, petitions_received="3")
    before = of(look(), filled).measure.so_far
    assert len(measured) == 5
    tell(MONDAY, income_total=None)
    assert of(look(), filled).measure.so_far < before
    assert len(measured) == 6


def test_evidence_and_waivers_change_the_measure_too(
    services: Services, look: Look, filled: int
) -> None:
    before = of(look(), filled).measure
    standard = of(look(), filled).standard
    item = next(
        i.evidence[0].id for i in standard.indicators if before.unproved[0].startswith(i.code)
    )
    with services.database.begin() as tx:
        key = services.files.put(b"evidence", "甲.pdf")
        files.keep(tx, key, "甲.pdf", 8, "application/pdf", MONDAY)
        evidence.add(tx, filled, item, key, "chenyu", MONDAY, "page")
    after = of(look(), filled)
    assert len(after.measure.unproved) == len(before.unproved) - 1
    assert after.last is not None
    assert after.last.what == "evidence"


def test_a_falling_score_is_noticed_and_a_rising_one_is_not(
    services: Services, look: Look, filled: int, whole_answers: dict[str, Value]
) -> None:
    since = MONDAY - timedelta(days=1)
    assert of(look(since=since), filled).fell == 0
    with services.database.begin() as tx:
        answers.record(tx, filled, {"income_total": None}, "", "chenyu", MONDAY)
    status = of(look(MONDAY + timedelta(hours=1), since=since), filled)
    assert status.since.answered == 1
    assert status.since.before == Decimal("95.45")
    assert status.fell > 0
    assert Trouble.FALLING in status.troubles
    with services.database.begin() as tx:
        back = {"income_total": whole_answers["income_total"].plain()}
        answers.record(tx, filled, back, "", "chenyu", MONDAY + timedelta(hours=2))
    assert of(look(MONDAY + timedelta(hours=3), since=since), filled).fell == 0


def test_what_happened_since_a_moment(services: Services, look: Look, filled: int) -> None:
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "in_review", MONDAY)
        forms.note_event(tx, filled, "send_in", "chenyu", "drafting", "in_review", MONDAY)
    later = MONDAY + timedelta(hours=1)
    status = of(look(later, since=MONDAY - timedelta(hours=1)), filled)
    assert (status.since.acts, status.since.answered) == (("send_in",), 0)
    assert status.turn == ("林帆",)
    assert not of(look(later, since=MONDAY), filled).since.anything
    assert of(look(later), filled).since.answered > 50


def test_an_extension_moves_the_limit_of_one(services: Services, look: Look, form_id: int) -> None:
    after = datetime(2022, 6, 16, 2, 0, tzinfo=UTC)
    assert of(look(after), form_id).overdue
    with services.database.begin() as tx:
        forms.extend(tx, form_id, datetime(2022, 6, 20, 10, 0, tzinfo=UTC))
    assert not of(look(after), form_id).overdue
    assert of(look(after), form_id).left == 2
    others = [status for status in look(after).statuses if status.form.id != form_id]
    assert all(Trouble.LATE in status.troubles and status.left == -1 for status in others)


def test_a_returned_form_has_a_limit_of_its_own(
    services: Services, look: Look, form_id: int
) -> None:
    after = datetime(2022, 6, 16, 2, 0, tzinfo=UTC)
    with services.database.begin() as tx:
        forms.set_due(tx, form_id, datetime(2022, 6, 17, 10, 0, tzinfo=UTC))
    assert not of(look(after), form_id).overdue


def test_what_colleagues_have_is_shown_with_what_is_left(
    services: Services, look: Look, form_id: int
) -> None:
    with services.database.begin() as tx:
        people.upsert(tx, "wenqing", "温晴")
        hands.offer(tx, form_id, "section:cover", "chenyu", "wenqing", "", MONDAY)
    (hand,) = of(look(), form_id).handed
    assert (hand.name, hand.state, hand.scope, hand.left) == ("温晴", "offered", "封面", 2)


def test_who_left_is_no_contact_any_more(services: Services, look: Look, form_id: int) -> None:
    with services.database.begin() as tx:
        people.upsert(tx, "chenyu", "陈宇", active=False)
    assert Trouble.NOBODY in of(look(), form_id).troubles


def test_a_year_without_a_calendar_is_known_as_such(services: Services, look: Look) -> None:
    assert not look(datetime(2035, 3, 1, 2, 0, tzinfo=UTC)).announced


def test_the_statements_do_not_grow_with_the_forms(
    services: Services, look: Look, filled: int
) -> None:
    """One query for all, not one for each: else five hundred forms would take seconds."""
    counted: list[str] = []
    with services.database.read() as tx:
        event.listen(tx, "before_cursor_execute", lambda *given: counted.append(given[2]))
        overview_of(services, tx, MONDAY, since=MONDAY - timedelta(days=30))
    assert len(counted) < 25


def test_a_purged_answer_is_gone_from_the_measure(
    services: Services, look: Look, filled: int
) -> None:
    before = of(look(), filled).measure
    with services.database.begin() as tx:
        event_id = next(
            row.event_id
            for fact, row in answers.present_with_origin(tx, filled).items()
            if fact == "income_total"
        )
        answers.purge(tx, event_id, "linfan", "zhouning", MONDAY)
    assert of(look(), filled).measure.done < before.done

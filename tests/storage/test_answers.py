from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from storage import answers, cycles, departments, forms, standards, turns
from storage.database import Database

Undone = Callable[[], AbstractContextManager[Connection]]

EVERYTHING = {
    "text": '收入 "a" ]]> \n😀',
    "amount": "25870100.00",
    "yes": True,
    "no": False,
    "count": 0,
    "many": 10**15,
    "choice": ["A", "B", "D"],
    "rows": [{"name": "项目", "budget": "1.50", "done": True, "left": None}],
    "empty": {"b": [], "a": {}},
}


def test_values_come_back_as_they_were(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        ids = answers.record(tx, form_id, EVERYTHING, "raw", "wangfang", now)
    with database.read() as tx:
        assert answers.present(tx, form_id) == EVERYTHING
        assert answers.rebuild(tx, form_id) == EVERYTHING
        assert answers.present(tx, form_id)["yes"] is True
        assert list(answers.present(tx, form_id)["empty"]) == ["b", "a"]
        assert [event.id for event in answers.history(tx, form_id)] == ids
        assert [event.fact for event in answers.history(tx, form_id)] == list(EVERYTHING)


def test_a_new_answer_replaces_and_none_takes_back(
    database: Database, form_id: int, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    with database.begin() as tx:
        turn = turns.keep(tx, "k", "lina", "text", later)
        answers.record(tx, form_id, {"income": "1.00", "staff": 3}, "1, 3", "wangfang", now)
        answers.record(tx, form_id, {"income": "2.00"}, "2", "lina", later, turn)
        answers.record(tx, form_id, {"staff": None}, "no", "lina", later)
    with database.read() as tx:
        assert answers.present(tx, form_id) == {"income": "2.00"}
        origin = answers.present_with_origin(tx, form_id)["income"]
        events = answers.history(tx, form_id, "income")
        assert origin == answers.Present("2.00", events[1].id, "lina", later)
        assert [(e.value, e.raw, e.actor, e.at, e.turn_id) for e in events] == [
            ("1.00", "1, 3", "wangfang", now, None),
            ("2.00", "2", "lina", later, turn),
        ]
        assert [e.value for e in answers.history(tx, form_id, "staff")] == [3, None]


def test_forms_do_not_mix(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        other = forms.open(tx, 1, departments.upsert(tx, "D02", "Two"), now)
        answers.record(tx, form_id, {"income": "1.00"}, "1", "wangfang", now)
        answers.record(tx, other, {"income": "2.00", "staff": 1}, "2", "wangfang", now)
        answers.record(tx, other, {"staff": None}, "", "wangfang", now)
        assert answers.present(tx, form_id) == {"income": "1.00"}
        assert answers.rebuild(tx, other) == answers.present(tx, other) == {"income": "2.00"}


def test_nothing_answered_writes_nothing(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        assert answers.record(tx, form_id, {}, "hm", "wangfang", now) == []
        assert answers.present(tx, form_id) == {}


@pytest.mark.parametrize("value", [1.5, [1.5], {"a": [{"b": 0.1}]}, float("nan")])
def test_floats_are_refused(database: Database, form_id: int, now: datetime, value: object) -> None:
    with database.begin() as tx:
        with pytest.raises(answers.InexactValue):
            answers.record(tx, form_id, {"fine": "1", "income": value}, "", "wangfang", now)
        assert answers.history(tx, form_id) == []


def test_a_form_that_does_not_exist_is_refused(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.begin() as tx:
        answers.record(tx, 99, {"income": "1"}, "", "wangfang", now)


def test_a_purge_leaves_a_tombstone(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        first, second = (
            answers.record(tx, form_id, {"text": text}, text, "wangfang", now)[0]
            for text in ("secret", "secret too")
        )
        assert answers.purge(tx, first, "finance1", "coordinator1", now)
        assert answers.present(tx, form_id) == {"text": "secret too"}
        assert answers.purge(tx, second, "finance1", "coordinator1", now)
        assert not answers.purge(tx, second, "finance1", "coordinator1", now)
        assert answers.present(tx, form_id) == answers.rebuild(tx, form_id) == {}
        for event in answers.history(tx, form_id):
            assert (event.fact, event.actor, event.at) == ("text", "wangfang", now)
            assert (event.value, event.raw, event.purged_at) == (None, "", now)
            assert (event.purged_by, event.purge_agreed_by) == ("finance1", "coordinator1")


def test_one_person_alone_cannot_purge(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        (event,) = answers.record(tx, form_id, {"text": "secret"}, "", "wangfang", now)
    with pytest.raises(IntegrityError), database.begin() as tx:
        answers.purge(tx, event, "finance1", "finance1", now)


facts = st.sampled_from(["a", "b", "c", "d"])
values = st.recursive(
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
    lambda part: st.lists(part, max_size=2) | st.dictionaries(st.text("xyz"), part, max_size=2),
    max_leaves=3,
)
one_turn = st.tuples(
    st.dictionaries(facts, st.none() | values, max_size=3), st.none() | st.integers(0, 50)
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(taken=st.lists(one_turn, max_size=12))
def test_the_events_alone_tell_the_present(
    undone: Undone, now: datetime, taken: list[tuple[dict[str, object], int | None]]
) -> None:
    """Whatever is answered, answered again, taken back and purged, in any order."""
    with undone() as tx:
        standards.keep(tx, "h", "n", "t", now)
        cycle = cycles.add(tx, "2024", 2024, "h", now, now)
        form = forms.open(tx, cycle, departments.upsert(tx, "D", "D"), now)
        model: dict[str, object] = {}
        for answered, purged in taken:
            answers.record(tx, form, answered, "raw", "wangfang", now)
            model |= answered
            events = answers.history(tx, form)
            if purged is None or purged >= len(events):
                continue
            event = events[purged]
            answers.purge(tx, event.id, "a", "b", now)
            if event.id == answers.history(tx, form, event.fact)[-1].id:
                model[event.fact] = None
        expected = {fact: value for fact, value in model.items() if value is not None}
        assert answers.present(tx, form) == answers.rebuild(tx, form) == expected
        origins = answers.present_with_origin(tx, form)
        assert {fact: origin.value for fact, origin in origins.items()} == expected

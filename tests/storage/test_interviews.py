from datetime import UTC, datetime, timedelta

import pytest

from storage import (
    answers,
    conversations,
    cycles,
    departments,
    forms,
    interviews,
    outbox,
    people,
    roster,
    turns,
)
from storage.database import Database
from storage.outbox.lookup import payload_under, repeated_after


def test_a_contacts_form_comes_with_all_about_it(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        conversations.keep(tx, "wangfang", form_id, {"asked": "q"}, now)
        (standing,) = interviews.of_contact(tx, "wangfang")
    assert (standing.form_id, standing.state, standing.version) == (form_id, "drafting", 0)
    assert (standing.department, standing.year) == ("Department One", 2024)
    assert (standing.standard_hash, standing.returned_words) == ("h1", "")
    assert standing.deadline == datetime(2025, 3, 31, tzinfo=UTC)
    assert standing.talk == {"asked": "q"}


def test_other_roles_and_closed_cycles_give_no_form(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        people.upsert(tx, "li", "Li")
        people.grant(tx, "li", "reviewer", 1)
        assert interviews.of_contact(tx, "li") == []
        cycles.close(tx, 1)
        assert interviews.of_contact(tx, "wangfang") == []


def test_the_form_talked_about_last_comes_first(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        second = departments.upsert(tx, "D02", "Department Two")
        people.grant(tx, "wangfang", "contact", second)
        other = forms.open(tx, 1, second, now)
        assert [s.form_id for s in interviews.of_contact(tx, "wangfang")] == [form_id, other]
        conversations.keep(tx, "wangfang", other, {}, now)
        assert [s.form_id for s in interviews.of_contact(tx, "wangfang")] == [other, form_id]
        conversations.keep(tx, "wangfang", form_id, {}, now + timedelta(seconds=1))
        assert [s.form_id for s in interviews.of_contact(tx, "wangfang")] == [form_id, other]


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        ([("send_back", "page 3")], "page 3"),
        ([("return_form", "page 4")], "page 4"),
        ([("send_back", "page 3"), ("send_in", "")], ""),
        ([("send_in", ""), ("withdraw", "")], ""),
    ],
)
def test_the_words_of_the_last_return(
    database: Database, form_id: int, now: datetime, acts: list[tuple[str, str]], words: str
) -> None:
    with database.begin() as tx:
        for act, said in acts:
            forms.note_event(tx, form_id, act, "li", "in_review", "drafting", now, said)
        found = interviews.one(tx, form_id)
    assert found is not None
    assert found.returned_words == words


def test_a_desk_gets_the_forms_of_its_states_and_departments(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        second = departments.upsert(tx, "D02", "Department Two")
        other = forms.open(tx, 1, second, now)
        forms.set_state(tx, other, "drafting", "in_review", now)

        def on_desk(*states: str, among: list[int] | None = None) -> list[int]:
            return [s.form_id for s in interviews.on_desk(tx, states, among)]

        assert on_desk("in_review") == [other]
        assert on_desk("in_review", "drafting") == [form_id, other]
        assert on_desk("in_review", "drafting", among=[1]) == [form_id]
        assert on_desk("in_review", among=[]) == []
        roster.set_department_active(tx, second, False)
        assert on_desk("in_review", "drafting") == [form_id]


def test_names_of_a_department_and_of_those_for_all(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        for userid, name, role, where in (
            ("a", "A", "reviewer", 1),
            ("b", "B", "coordinator", None),
            ("c", "C", "reviewer", departments.upsert(tx, "D02", "Two")),
        ):
            people.upsert(tx, userid, name)
            people.grant(tx, userid, role, where)
        people.upsert(tx, "d", "D", active=False)
        people.grant(tx, "d", "reviewer", 1)
        found = interviews.names(tx, 1, "reviewer", "coordinator")
        assert found == {"reviewer": ["A"], "coordinator": ["B"]}
        assert interviews.names(tx, None, "coordinator") == {"coordinator": ["B"]}


def test_answers_of_others_carry_their_name(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        people.upsert(tx, "li", "Li")
        answers.record(tx, form_id, {"a": 1, "b": 2}, "", "li", now)
        answers.record(tx, form_id, {"b": 3}, "", "wangfang", now)
        assert interviews.authors(tx, form_id, but="wangfang") == {"a": ("Li", now)}


def test_the_last_change_knows_what_was_there_before(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        ids = [turns.keep(tx, f"k{n}", "wangfang", "text", now) for n in range(3)]
        assert interviews.last_change(tx, form_id, "wangfang") is None
        answers.record(tx, form_id, {"a": "1", "b": [1]}, "first", "wangfang", now, ids[0])
        answers.record(tx, form_id, {"a": None}, "second", "wangfang", now, ids[1])
        answers.record(
            tx, form_id, {"a": "3", "b": [2], "c": True}, "third", "wangfang", now, ids[2]
        )
        answers.record(tx, form_id, {"a": "4"}, "of li", "li", now, None)
        found = interviews.last_change(tx, form_id, "wangfang")
    assert found is not None
    assert found.before == {"a": None, "b": [1], "c": None}
    assert found.raw == "third"


def test_a_message_is_found_under_its_key(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        outbox.add(tx, "li", "{}", "send", now, dedupe_key="card1")
        assert payload_under(tx, "card1") == "{}"
        assert payload_under(tx, "card2") is None


def test_a_repeat_is_noticed_while_it_is_fresh(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        assert repeated_after(tx, "li", "x", now) is None
        first = outbox.add(tx, "li", "x", "send", now)
        last = outbox.add(tx, "li", "y", "send", now)
        assert repeated_after(tx, "li", "x", now) == last
        assert repeated_after(tx, "wu", "x", now) is None
        rows = outbox.claim(tx, "w", now, 1, timedelta(minutes=1))
        assert [row.id for row in rows] == [first]
        outbox.mark_sent(tx, rows[0], now)
        assert repeated_after(tx, "li", "x", now) == last
        assert repeated_after(tx, "li", "x", now + timedelta(seconds=1)) is None

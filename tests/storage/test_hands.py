"""Hand-overs: who has what, what is over, and what a turn learns of it."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from storage import cycles, departments, erasure, forms, hands, interviews, people, schema
from storage.database import Database
from storage.secret import secret_of

SECTION = "section:assets"


@pytest.fixture
def offer(database: Database, form_id: int, now: datetime) -> Any:
    with database.begin() as tx:
        people.upsert(tx, "wenqing", "温晴")
        people.upsert(tx, "baizhou", "柏舟")
        people.describe(tx, "wenqing", "财务股", ["小温"])

    def offered(tx: Connection, receiver: str = "wenqing", scope: str = SECTION) -> int:
        return hands.offer(tx, form_id, scope, "wangfang", receiver, "麻烦了", now)

    return offered


def test_what_is_handed_over_is_there_until_it_is_over(
    database: Database, form_id: int, now: datetime, offer: Any
) -> None:
    with database.begin() as tx:
        first, second = offer(tx), offer(tx, "baizhou", "question:procurement")
        (one, two) = hands.of_form(tx, form_id)
        assert (one.id, one.state, one.note, one.runs, one.done) == (
            first,
            "offered",
            "麻烦了",
            1,
            0,
        )
        assert (one.giver_name, one.receiver_name, one.receiver_office) == (
            "Wang",
            "温晴",
            "财务股",
        )
        assert [two.receiver, two.scope] == ["baizhou", "question:procurement"]
        assert hands.answer(tx, first, True, "好", now)
        assert not hands.answer(tx, first, False, "", now)
        assert hands.answer(tx, second, False, "不归我管", now)
        one, two = hands.of_form(tx, form_id)
        assert (one.state, one.reply, one.runs) == ("accepted", "好", True)
        assert (two.state, two.reply, two.runs) == ("declined", "不归我管", False)
        assert hands.end(tx, first, "wangfang", now)
        assert not hands.end(tx, first, "wangfang", now)
        assert [hand.id for hand in hands.of_form(tx, form_id)] == [second]
        ended = hands.get(tx, first)
        assert ended is not None
        assert ended.state == "ended"


def test_nobody_gets_the_same_twice_or_from_themselves(database: Database, offer: Any) -> None:
    with database.begin() as tx:
        offer(tx)
    for receiver in ("wenqing", "wangfang"):
        with pytest.raises(IntegrityError), database.begin() as tx:
            offer(tx, receiver)
    with database.begin() as tx:
        offer(tx, "baizhou")


def test_what_was_declined_is_over_once_the_same_is_handed_to_somebody_else(
    database: Database, form_id: int, now: datetime, offer: Any
) -> None:
    with database.begin() as tx:
        hands.answer(tx, offer(tx), False, "", now)
        other = offer(tx, scope="section:overview")
        hands.answer(tx, other, False, "", now)
        again = offer(tx, "baizhou")
        assert [hand.id for hand in hands.of_form(tx, form_id)] == [other, again]
        offer(tx)  # and the one who declined may be asked once more


def test_questions_leave_and_done_is_noted_once(
    database: Database, form_id: int, now: datetime, offer: Any
) -> None:
    with database.begin() as tx:
        hand = offer(tx)
        hands.leave_out(tx, hand, ["a", "b"])
        assert hands.note_done(tx, hand, now)
        assert not hands.note_done(tx, hand, now)
        (found,) = hands.of_form(tx, form_id)
        assert (found.without, found.done) == (("a", "b"), True)


def test_what_somebody_has_in_hand(
    database: Database, form_id: int, now: datetime, offer: Any
) -> None:
    with database.begin() as tx:
        standing = interviews.one(tx, form_id)
        assert standing is not None
        assert not standing.handed
        assert not hands.had_any(tx, "wenqing")
        hand = offer(tx)
        here = standing.department_id
        elsewhere = departments.upsert(tx, "D02", "Department Two")
        assert [each.id for each in hands.running_with(tx, "wenqing")] == [hand]
        assert hands.runs_in(tx, "wenqing", here)
        assert not hands.runs_in(tx, "wenqing", elsewhere)
        assert not hands.runs_in(tx, "baizhou", here)
        (mine,) = interviews.of_contact(tx, "wangfang")
        (helping,) = interviews.of_colleague(tx, "wenqing")
        assert (mine.handed, helping.form_id, helping.talk) == (True, form_id, None)
        hands.answer(tx, hand, False, "", now)
        assert interviews.of_colleague(tx, "wenqing") == []
        assert not hands.runs_in(tx, "wenqing", here)
        (mine,) = interviews.of_contact(tx, "wangfang")
        assert mine.handed  # the contact still sees who declined
        hands.end(tx, hand, "wangfang", now)
        (mine,) = interviews.of_contact(tx, "wangfang")
        assert not mine.handed
        assert hands.had_any(tx, "wenqing")


def test_a_closed_cycle_asks_no_colleague(database: Database, offer: Any) -> None:
    with database.begin() as tx:
        offer(tx)
        cycle = cycles.current(tx)
        assert cycle is not None
        tx.execute(text("UPDATE cycles SET state = 'closed'"))
        assert interviews.of_colleague(tx, "wenqing") == []


def test_a_successor_gives_what_the_predecessor_gave(
    database: Database, form_id: int, now: datetime, offer: Any
) -> None:
    with database.begin() as tx:
        over, runs = offer(tx, "baizhou"), offer(tx)
        hands.end(tx, over, "wangfang", now)
        hands.pass_on(tx, form_id, "wangfang", "baizhou")
        ended, running = hands.get(tx, over), hands.get(tx, runs)
        assert ended is not None
        assert running is not None
        assert (ended.giver, running.giver) == ("wangfang", "baizhou")


def test_the_directory_knows_offices_aliases_and_departments(
    database: Database, form_id: int, offer: Any
) -> None:
    with database.begin() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        people.place(tx, "wenqing", form.department_id)
        people.place(tx, "wenqing", form.department_id)
        people.upsert(tx, "gone", "离职", active=False)
        people.upsert(tx, "wenqing", "温晴")  # loading again keeps what is known
        found = {each.userid: each for each in people.directory(tx)}
        assert set(found) == {"baizhou", "wangfang", "wenqing"}
        assert found["wenqing"].aliases == ("小温",)
        assert found["wenqing"].office == "财务股"
        assert found["wenqing"].departments == {form.department_id: "Department One"}
        assert found["wangfang"].departments == {form.department_id: "Department One"}
        assert found["baizhou"].departments == {}


def test_a_purge_takes_the_words_and_finds_the_people(
    database: Database, form_id: int, now: datetime, offer: Any
) -> None:
    with database.begin() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        secret = secret_of(["身份证号441402199001011234"])
        plain = offer(tx, "baizhou")
        told = hands.offer(
            tx, form_id, SECTION, "wangfang", "wenqing", "他的身份证号441402199001011234", now
        )
        hands.answer(tx, told, True, "收到441402199001011234，身份证号441402199001011234", now)
        erasure.erase_words(tx, form_id, [], secret)
        erased, kept = hands.get(tx, told), hands.get(tx, plain)
        assert erased is not None
        assert kept is not None
        assert (erased.note, erased.reply, erased.state) == ("", "", "accepted")
        assert kept.note == "麻烦了"
        around = erasure.people_around(tx, form_id, form.department_id)
        assert {"wangfang", "wenqing", "baizhou"} <= around


def test_the_role_of_colleagues_is_let_in_and_the_others_stay() -> None:
    database = Database("sqlite://")
    schema.upgrade(database, "0011")
    old = "INSERT INTO roles (userid, role, department_id, rank, title) VALUES (?, ?, ?, 2, 'x')"
    with database.begin() as tx:
        tx.exec_driver_sql("INSERT INTO people VALUES ('a', 'A', 1, 0)")
        tx.exec_driver_sql(old, ("a", "reviewer", None))
    schema.upgrade(database)
    with database.begin() as tx:
        row = tx.execute(text("SELECT id, userid, role, rank, title FROM roles")).one()
        assert tuple(row) == (1, "a", "reviewer", 2, "x")
        people.grant(tx, "a", "colleague", departments.upsert(tx, "D01", "One"))
        assert [role.role for role in people.roles(tx, "a")] == ["reviewer", "colleague"]
        assert people.directory(tx)[0].aliases == ()
    with pytest.raises(IntegrityError), database.begin() as tx:
        tx.exec_driver_sql(old, ("a", "reviewer", None))  # the partial index is there again
    with pytest.raises(IntegrityError), database.begin() as tx:
        tx.exec_driver_sql(old, ("a", "king", None))
    database.close()

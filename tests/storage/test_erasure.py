"""What may be taken off the two histories, and that the files forget it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from storage import answers, erasure, forms, purges
from storage.database import Database, DatabaseDown
from storage.secret import leaves, secret_of

SECRET = "北山三号库存放四十七套，由丙班看管"


@pytest.fixture
def written(database: Database, form_id: int, now: datetime) -> int:
    with database.begin() as tx:
        answers.record(tx, form_id, {"text": SECRET, "other": "平常"}, SECRET, "wangfang", now)
        forms.note_event(tx, form_id, "send_back", "a", "in_review", "drafting", now, SECRET)
    return form_id


@pytest.mark.parametrize(
    "change",
    [
        "answer_events SET raw = 'forged' WHERE fact = 'other'",
        "answer_events SET value = '\"forged\"', raw = '' WHERE fact = 'other'",
        "answer_events SET value = NULL, raw = '' WHERE fact = 'other'",
        "answer_events SET actor = 'forged', raw = '' WHERE fact = 'other'",
        "answer_events SET purged_by = 'a', raw = '' WHERE fact = 'other'",
        "form_events SET words = 'forged'",
        "form_events SET actor = 'forged', words = '', data = '{}'",
        "form_events SET to_state = 'accepted', words = '', data = '{}'",
        "form_events SET words = '', data = '{\"forged\": 1}'",
    ],
)
def test_only_erasing_changes_a_history(database: Database, written: int, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), database.begin() as tx:
        tx.execute(text(f"UPDATE {change}"))


def test_a_purged_answer_never_changes_again(
    database: Database, written: int, now: datetime
) -> None:
    with database.begin() as tx:
        event = answers.history(tx, written, "text")[0]
        answers.purge(tx, event.id, "a", "b", now)
    with pytest.raises(DatabaseError, match="append-only"), database.begin() as tx:
        tx.execute(text("UPDATE answer_events SET purged_by = 'c' WHERE fact = 'text'"))


def test_what_was_said_with_it_keeps_its_value(
    database: Database, written: int, now: datetime
) -> None:
    with database.begin() as tx:
        secret, since = erasure.secret_of_fact(tx, written, "text")
        assert since == now
        erasure.erase_fact(tx, written, "text", secret, "a", "b", now)
        erasure.erase_words(tx, written, ["text"], secret)
        assert answers.present(tx, written) == answers.rebuild(tx, written) == {"other": "平常"}
        assert [event.raw for event in answers.history(tx, written)] == ["", ""]
        assert [event.words for event in forms.events(tx, written)] == [""]
        assert erasure.secret_of_fact(tx, written, "text")[1] is None


def test_the_reasons_of_other_orders_are_erased_too(
    database: Database, written: int, now: datetime
) -> None:
    with database.begin() as tx:
        secret, _ = erasure.secret_of_fact(tx, written, "text")
        purges.ask(tx, written, "evidence", "1", f"写了{SECRET}", "a", now)
        purges.ask(tx, written, "seal", "1", "盖错了", "a", now)
        erasure.erase_words(tx, written, ["text"], secret)
        assert [each.reason for each in purges.of_form(tx, written)] == ["", "盖错了"]


def test_the_files_forget(
    open_database: Callable[..., Database], tmp_path: Path, form_id: int, now: datetime
) -> None:
    database = open_database()
    if database.url.get_backend_name() != "sqlite":
        database.scrub()  # it goes through; its files are the server's
        return
    with database.begin() as tx:
        (event,) = answers.record(tx, form_id, {"text": SECRET}, SECRET, "wangfang", now)
    with database.begin() as tx:
        answers.purge(tx, event, "a", "b", now)

    def is_there() -> bool:
        return any(SECRET.encode() in path.read_bytes() for path in tmp_path.glob("test.db*"))

    assert is_there()  # in pages that are free, and in the log
    database.scrub()
    assert not is_there()
    with database.begin() as tx:
        assert answers.history(tx, form_id)[0].purged_at == now


def test_a_secret_is_known_again() -> None:
    secret = secret_of([SECRET, {"name": "甲方公司", "count": 1234567}, "是", 2021, True])
    for told in (
        SECRET,
        f"记下了：{SECRET[:14]}…",
        "北山 三号库存放\n四十七套",
        "甲方公司",
        "共1234567元",
    ):
        assert secret.is_in(told), told
    for other in ("2021年度", "是", "北山三号库", "完成了各项工作"):
        assert not secret.is_in(other), other
    for half_said in (
        {"drafts": {"q": [{"a": SECRET}]}},
        {"odd": {"q": [f"2\t{SECRET}"]}},
        {"texts": {"q": ["完成了", SECRET]}},
        {"tables": {"q": {"former": {"draft": [{"a": SECRET}], "odd": []}}}},
    ):
        assert secret.is_within(half_said), half_said
    assert not secret.is_within({"drafts": {}, "pending": {"kind": "na"}})


def test_leaves_are_texts_and_whole_numbers() -> None:
    assert list(leaves({"a": ["x", 1, True, None], "b": {"c": "y"}})) == ["x", "1", "y"]


def test_scrubbing_is_not_done_while_somebody_reads_on(
    open_database: Callable[..., Database],
) -> None:
    """What they see would stay in the file."""
    database, other = open_database(patience=0.1), open_database(patience=0.1)
    if database.url.get_backend_name() != "sqlite":
        pytest.skip("about SQLite")
    with other.read() as tx:
        tx.execute(text("SELECT count(*) FROM turns")).scalar_one()
        with pytest.raises(DatabaseDown):
            database.scrub()
    database.scrub()

"""Evidence as it is given, sorted, taken out and recognised."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from storage import cycles, departments, evidence, files, forms, interviews
from storage.database import Database
from storage.evidence import Evidence, Gathered

Note = Callable[..., str]


@pytest.fixture
def note(now: datetime) -> Note:
    """Notes a file as if it had been stored; gives its key."""

    def noted(tx: Connection, data: bytes, name: str = "决算批复.pdf") -> str:
        key = f"{sha256(data).hexdigest()}-{sha256(name.encode()).hexdigest()[:8]}.pdf"
        files.keep(tx, key, name, len(data), "application/pdf", now)
        return key

    return noted


def test_it_is_given_listed_and_taken_out(
    database: Database, form_id: int, note: Note, now: datetime
) -> None:
    with database.begin() as tx:
        key = note(tx, b"abc")
        given = evidence.add(tx, form_id, "E-01", key, "wangfang", now)
        row = Evidence(
            given, form_id, "E-01", key, "决算批复.pdf", 3, "application/pdf", key[:64],
            "wangfang", now, "page", None, None, None,
        )  # fmt: skip
        assert evidence.of_form(tx, form_id) == [row]
        assert evidence.one(tx, form_id, given) == row
        assert evidence.remove(tx, form_id, given, "lina", now)
        assert not evidence.remove(tx, form_id, given, "lina", now)
        assert evidence.of_form(tx, form_id) == []
        (removed,) = evidence.of_form(tx, form_id, with_removed=True)
        assert (removed.removed_at, removed.removed_by) == (now, "lina")


def test_it_needs_a_noted_file(database: Database, form_id: int, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.begin() as tx:
        evidence.add(tx, form_id, "E-01", "never noted", "wangfang", now)


def test_another_forms_evidence_is_out_of_reach(
    database: Database, form_id: int, note: Note, now: datetime
) -> None:
    with database.begin() as tx:
        other = departments.upsert(tx, "D02", "Department Two", [])
        cycle = cycles.add(tx, "x", 2025, "h1", now, now)
        other_form = forms.open(tx, cycle, other, now)
        given = evidence.add(tx, form_id, "", note(tx, b"abc"), "wangfang", now)
        assert evidence.one(tx, other_form, given) is None
        assert not evidence.remove(tx, other_form, given, "x", now)
        assert not evidence.sort(tx, other_form, given, "E-01")
        assert evidence.of_bytes(tx, other_form, sha256(b"abc").hexdigest()) == []


def test_an_unsorted_file_is_sorted_once(
    database: Database, form_id: int, note: Note, now: datetime
) -> None:
    with database.begin() as tx:
        given = evidence.add(tx, form_id, "", note(tx, b"abc"), "wangfang", now)
        assert evidence.sort(tx, form_id, given, "E-01")
        assert not evidence.sort(tx, form_id, given, "E-02")
        assert [e.item for e in evidence.of_form(tx, form_id)] == ["E-01"]


def test_what_is_gathered_is_counted_in_both_ways(
    database: Database, form_id: int, note: Note, now: datetime
) -> None:
    def both(tx: Connection) -> Gathered:
        standing = interviews.one(tx, form_id)
        assert standing is not None
        assert evidence.gathered_from(standing.given) == evidence.gathered(tx, form_id)
        return evidence.gathered(tx, form_id)

    with database.begin() as tx:
        assert both(tx) == Gathered(frozenset(), 0)
        first = evidence.add(tx, form_id, "", note(tx, b"a"), "wangfang", now)
        assert both(tx) == Gathered(frozenset(), 1)
        evidence.add(tx, form_id, "", note(tx, b"b"), "wangfang", now)
        for item in ("E-01", "E-02", "E-01"):
            evidence.add(tx, form_id, item, note(tx, b"c"), "wangfang", now)
        assert both(tx) == Gathered(frozenset({"E-01", "E-02"}), 2)
        evidence.remove(tx, form_id, first, "wangfang", now)
        assert both(tx) == Gathered(frozenset({"E-01", "E-02"}), 1)


def test_the_same_bytes_are_recognised(
    database: Database, form_id: int, note: Note, now: datetime
) -> None:
    with database.begin() as tx:
        evidence.add(tx, form_id, "E-01", note(tx, b"abc", "a.pdf"), "wangfang", now)
        evidence.add(tx, form_id, "E-02", note(tx, b"abc", "b.pdf"), "wangfang", now)
        evidence.add(tx, form_id, "E-03", note(tx, b"other"), "wangfang", now)
        found = evidence.of_bytes(tx, form_id, sha256(b"abc").hexdigest())
    assert [each.item for each in found] == ["E-01", "E-02"]


def test_a_persons_fresh_photos_are_found(
    database: Database, form_id: int, note: Note, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    with database.begin() as tx:
        key = note(tx, b"abc")
        evidence.add(tx, form_id, "", key, "wangfang", now, "chat")
        wanted = evidence.add(tx, form_id, "", key, "wangfang", later, "chat")
        evidence.add(tx, form_id, "E-01", key, "wangfang", later, "chat")
        evidence.add(tx, form_id, "", key, "lina", later, "chat")
        evidence.add(tx, form_id, "", key, "wangfang", later, "page")
        found = evidence.unsorted_in_chat(tx, form_id, "wangfang", later)
    assert [each.id for each in found] == [wanted]


def test_what_stood_at_a_time(database: Database, form_id: int, note: Note, now: datetime) -> None:
    hour = timedelta(hours=1)
    with database.begin() as tx:
        first = evidence.add(tx, form_id, "E-01", note(tx, b"one"), "wangfang", now)
        evidence.add(tx, form_id, "E-02", note(tx, b"two"), "wangfang", now + 2 * hour)
        evidence.remove(tx, form_id, first, "wangfang", now + 3 * hour)
        items = [
            [each.item for each in evidence.as_of(tx, form_id, now + hours * hour)]
            for hours in (-1, 0, 1, 2, 3, 4)
        ]
    assert items == [[], ["E-01"], ["E-01"], ["E-01", "E-02"], ["E-02"], ["E-02"]]

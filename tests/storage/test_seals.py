"""Scans of sealed papers: what stands, what is on record, and whether one is still owed."""

from datetime import datetime

from sqlalchemy import Connection

from storage import deliveries, files, forms, interviews, seals
from storage.database import Database

KEY = "a" * 64 + "-00000000.pdf"
OTHER = "b" * 64 + "-00000000.pdf"


def delivered(tx: Connection, form_id: int, code: str, now: datetime) -> int:
    version = forms.next_version(tx, form_id, now)
    deliveries.add(tx, form_id, version, [], now, submission=version, code=code)
    for key in (KEY, OTHER):
        files.keep(tx, key, "scan.pdf", 10, "application/pdf", now)
    return version


def unsealed(tx: Connection, form_id: int) -> bool:
    standing = interviews.one(tx, form_id)
    assert standing is not None
    return standing.unsealed


def test_a_seal_counts_once_its_code_is_that_of_the_delivery(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        assert not unsealed(tx, form_id)
        version = delivered(tx, form_id, "H4T2-8K", now)
        assert unsealed(tx, form_id)
        seals.add(tx, form_id, version, KEY, seals.UNNAMED, "wangfang", now)
        assert unsealed(tx, form_id)
        assert seals.name(tx, form_id, version, "H4T2-8K") == 1
        assert not unsealed(tx, form_id)
        assert seals.name(tx, form_id, version, "H4T2-8K") == 0
        (seal,) = seals.of_version(tx, form_id, version)
        assert (seal.name, seal.code, seal.given_by) == ("scan.pdf", "H4T2-8K", "wangfang")


def test_another_code_does_not_count(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        version = delivered(tx, form_id, "H4T2-8K", now)
        seals.add(tx, form_id, version, KEY, "A000-00", "wangfang", now)
        assert unsealed(tx, form_id)


def test_a_delivery_from_before_there_were_codes_owes_nothing(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        delivered(tx, form_id, "", now)
        assert not unsealed(tx, form_id)


def test_a_removed_seal_stays_on_record(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        version = delivered(tx, form_id, "H4T2-8K", now)
        number = seals.add(tx, form_id, version, KEY, "H4T2-8K", "wangfang", now)
        assert not seals.remove(tx, form_id + 1, number, "lina", now)
        assert seals.remove(tx, form_id, number, "lina", now)
        assert not seals.remove(tx, form_id, number, "lina", now)
        assert unsealed(tx, form_id)
        assert seals.of_version(tx, form_id, version) == []
        (kept,) = seals.of_form(tx, form_id)
        assert (kept.removed_by, kept.removed_at) == ("lina", now)


def test_a_new_version_needs_a_new_seal(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        version = delivered(tx, form_id, "H4T2-8K", now)
        seals.add(tx, form_id, version, KEY, "H4T2-8K", "wangfang", now)
        again = delivered(tx, form_id, "H4T2-8K", now)
        assert unsealed(tx, form_id)
        assert seals.of_version(tx, form_id, again) == []
        assert len(seals.of_form(tx, form_id)) == 1


def test_a_delivery_knows_its_submission_and_code(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        delivered(tx, form_id, "H4T2-8K", now)
        (found,) = deliveries.of_form(tx, form_id)
    assert (found.version, found.submission, found.code) == (1, 1, "H4T2-8K")

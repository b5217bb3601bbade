"""Versions at finance: what counts for their deadline, and the list of all of them."""

from datetime import datetime, timedelta

from storage import deliveries, forms
from storage.database import Database

HOUR = timedelta(hours=1)


def test_a_version_knows_when_it_was_approved(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        for hours, act, old, new in (
            (0, "approve", "in_review", "in_review"),
            (1, "approve", "in_review", "approved"),
            (2, "deliver", "approved", "delivered"),
            (8, "approve", "in_review", "approved"),
        ):
            forms.note_event(tx, form_id, act, "x", old, new, now + hours * HOUR)
        deadline = now + 5 * HOUR
        deliveries.add(tx, form_id, 1, [], now + 2 * HOUR, deadline=deadline)
        deliveries.add(tx, form_id, 2, ["k"], now + 9 * HOUR, evidence_key=None)
        first, second = deliveries.of_form(tx, form_id)
    assert (first.approved_at, first.deadline) == (now + HOUR, deadline)
    assert (second.approved_at, second.deadline) == (now + 8 * HOUR, None)


def test_each_form_is_listed_with_its_last_version(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        assert deliveries.listed(tx, None) == []
        form = forms.get(tx, form_id)
        assert form is not None
        for version in (1, 2):
            forms.next_version(tx, form_id, now)
            deliveries.add(tx, form_id, version, [], now)
        (found,) = deliveries.listed(tx, None)
        assert (found.form_id, found.last.version, found.state) == (form_id, 2, form.state)
        assert deliveries.listed(tx, [form.department_id]) == [found]
        assert deliveries.listed(tx, [form.department_id + 1]) == []
        assert deliveries.listed(tx, []) == []

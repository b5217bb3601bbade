"""Answers that a process has read before are compared with what is stored, each time."""

from __future__ import annotations

from typing import Any

import pytest

import bot.shelf
from bot.services import Services
from bot.shelf import Shelf
from storage import answers


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def read(services: Services, shelf: Shelf, form_id: int) -> Any:
    with services.database.read() as tx:
        standard = services.shelf.standard(tx, _hash(tx))
        return shelf.answers(tx, form_id, standard)


def _hash(tx: Any) -> str:
    return str(tx.exec_driver_sql("SELECT hash FROM standards").scalar_one())


def write(services: Services, form_id: int, **values: Any) -> None:
    with services.database.begin() as tx:
        answers.record(tx, form_id, values, "raw", "chenyu", services.clock())


def test_what_is_stored_counts_whoever_changed_it(
    services: Services, shelf: Shelf, form_id: int
) -> None:
    write(services, form_id, contact_name="甲", yearly_work="平稳")
    first = read(services, shelf, form_id)
    assert read(services, shelf, form_id) is first
    # As another process would, past this shelf.
    write(services, form_id, contact_name="乙")
    second = read(services, shelf, form_id)
    assert (first["contact_name"].value, second["contact_name"].value) == ("甲", "乙")
    assert second["yearly_work"] is first["yearly_work"]
    write(services, form_id, contact_name=None)
    assert "contact_name" not in read(services, shelf, form_id)


def test_what_was_looked_at_longest_ago_goes_first(
    services: Services, shelf: Shelf, form_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.shelf, "FORMS", 2)
    write(services, form_id, contact_name="甲")
    first = read(services, shelf, form_id)
    read(services, shelf, form_id + 1)
    assert read(services, shelf, form_id) is first
    read(services, shelf, form_id + 2)
    assert read(services, shelf, form_id) is first
    for other in (form_id + 1, form_id + 2):
        read(services, shelf, other)
    again = read(services, shelf, form_id)
    assert again == first
    assert again is not first

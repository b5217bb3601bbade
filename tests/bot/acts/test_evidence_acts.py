"""The acts of evidence: who may, when, what the same bytes do, what stays on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.evidence import (
    Given,
    give_evidence,
    kept_before,
    remove_evidence,
    replace_evidence,
    sort_evidence,
    wanted_now,
)
from bot.services import Services
from bot.stored import StoredDocument
from scoring.values import Value, YesNo
from storage import answers, evidence, files, forms

Doing = Callable[[Connection], object]


def document(services: Services, data: bytes, name: str = "a.pdf") -> StoredDocument:
    return StoredDocument(services.files.put(data, name), name, len(data), "application/pdf")


@pytest.fixture
def give(services: Services, form_id: int, clock: Any) -> Callable[..., Given]:
    """Gives one file as the contact."""

    def given(data: bytes, *items: str, name: str = "a.pdf", by: str = "chenyu") -> Given:
        stored = document(services, data, name)
        with services.database.begin() as tx:
            return give_evidence(services, tx, by, form_id, [stored], items, "page", clock())[0]

    return given


def rows(services: Services, form_id: int) -> list[tuple[str, str]]:
    with services.database.read() as tx:
        return [(each.item, each.name) for each in evidence.of_form(tx, form_id)]


def refusal(services: Services, act: Doing) -> str:
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        act(tx)
    assert caught.value.words
    return caught.value.code


def every_act(services: Services, form_id: int, id: int, actor: str, now: Any) -> list[Doing]:
    stored = document(services, b"another")
    return [
        lambda tx: give_evidence(services, tx, actor, form_id, [stored], [], "page", now),
        lambda tx: sort_evidence(services, tx, actor, form_id, [id], ["A1-3-1"], now),
        lambda tx: replace_evidence(services, tx, actor, form_id, id, stored, "page", now),
        lambda tx: remove_evidence(services, tx, actor, form_id, id, now),
    ]


@pytest.mark.parametrize("actor", ["linfan", "zhouning", "wuheng", "hesui", "nobody"])
def test_only_contacts_change_evidence(
    services: Services, form_id: int, clock: Any, give: Callable[..., Given], actor: str
) -> None:
    (id,) = give(b"x").ids
    for act in every_act(services, form_id, id, actor, clock()):
        assert refusal(services, act) == "not_yours"
    assert rows(services, form_id) == [("", "a.pdf")]


@pytest.mark.parametrize("state", ["in_review", "approved", "delivered", "accepted"])
def test_evidence_changes_only_while_drafting(
    services: Services, form_id: int, clock: Any, give: Callable[..., Given], state: str
) -> None:
    (id,) = give(b"x").ids
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", state, clock())
    for act in every_act(services, form_id, id, "chenyu", clock()):
        assert refusal(services, act) == "evidence_not_drafting"
    assert rows(services, form_id) == [("", "a.pdf")]


def test_one_file_for_several_items(
    services: Services, form_id: int, give: Callable[..., Given]
) -> None:
    given = give(b"x", "A1-3-1", "B1-1-1", "A1-3-1")
    assert (len(given.ids), given.before, given.was_there) == (2, (), False)
    assert rows(services, form_id) == [("A1-3-1", "a.pdf"), ("B1-1-1", "a.pdf")]


def test_the_same_bytes_are_noted_once_for_an_item(
    services: Services, form_id: int, give: Callable[..., Given]
) -> None:
    give(b"x", "A1-3-1")
    again = give(b"x", "A1-3-1", name="b.pdf")
    assert (again.ids, again.before, again.was_there) == ((), ("A1-3-1",), True)
    unsorted = give(b"x", name="c.pdf")
    assert (unsorted.ids, unsorted.before) == ((), ("A1-3-1",))
    more = give(b"x", "A1-3-1", "A1-3-2", name="d.pdf")
    assert (len(more.ids), more.before) == (1, ("A1-3-1",))
    assert rows(services, form_id) == [("A1-3-1", "a.pdf"), ("A1-3-2", "a.pdf")]


def test_an_unsorted_file_given_again_with_its_item_is_sorted(
    services: Services, form_id: int, give: Callable[..., Given]
) -> None:
    first = give(b"x")
    assert give(b"x", "A1-3-1").ids == first.ids
    assert rows(services, form_id) == [("A1-3-1", "a.pdf")]


def test_a_removed_file_may_come_back(
    services: Services, form_id: int, clock: Any, give: Callable[..., Given]
) -> None:
    (id,) = give(b"x", "A1-3-1").ids
    with services.database.begin() as tx:
        remove_evidence(services, tx, "chenyu", form_id, id, clock())
    assert give(b"x", "A1-3-1").ids != ()
    with services.database.read() as tx:
        assert len(evidence.of_form(tx, form_id, with_removed=True)) == 2


def test_purged_bytes_do_not_come_back(
    services: Services, form_id: int, clock: Any, give: Callable[..., Given]
) -> None:
    (id,) = give(b"x", "A1-3-1").ids
    with services.database.begin() as tx:
        found = evidence.one(tx, form_id, id)
        assert found is not None
        files.purge(tx, found.file_key, clock())
    services.files.erase(found.file_key)
    for name in ("a.pdf", "b.pdf"):
        with pytest.raises(ActRefused, match="evidence_purged"):
            give(b"x", "A1-3-2", name=name)
    assert refusal(services, lambda tx: kept_before(tx, form_id, found.sha256)) == "evidence_purged"


def test_sorting_adds_items_and_drops_doubles(
    services: Services, form_id: int, clock: Any, give: Callable[..., Given]
) -> None:
    (one,) = give(b"1", name="1.pdf").ids
    (two,) = give(b"2", name="2.pdf").ids
    items = ["A1-3-1", "A1-3-2"]
    with services.database.begin() as tx:
        assert sort_evidence(services, tx, "chenyu", form_id, [one, two], items, clock()) == 2
    with services.database.begin() as tx:
        sort_evidence(services, tx, "chenyu", form_id, [one], ["A1-3-2", "B1-1-1"], clock())
    found = sorted(rows(services, form_id))
    assert found == [
        ("A1-3-1", "1.pdf"), ("A1-3-1", "2.pdf"), ("A1-3-2", "1.pdf"), ("A1-3-2", "2.pdf"),
        ("B1-1-1", "1.pdf"),
    ]  # fmt: skip


def test_replacing_one_use_leaves_the_others(
    services: Services, form_id: int, clock: Any, give: Callable[..., Given]
) -> None:
    first, _ = give(b"x", "A1-3-1", "A1-3-2").ids
    new = document(services, b"new", "new.pdf")
    with services.database.begin() as tx:
        replace_evidence(services, tx, "chenyu", form_id, first, new, "page", clock())
    assert sorted(rows(services, form_id)) == [("A1-3-1", "new.pdf"), ("A1-3-2", "a.pdf")]


def test_what_is_not_wanted_is_refused(
    services: Services,
    form_id: int,
    clock: Any,
    give: Callable[..., Given],
    whole_answers: dict[str, Value],
) -> None:
    for item in ("Z9-9-9", "A1-3", ""):
        with pytest.raises(ActRefused, match="evidence_no_such_item"):
            give(b"x", item)
    with services.database.begin() as tx:
        assert "B3-1-1" in wanted_now(services, tx, form_id)
        answers.record(
            tx, form_id, {"has_procurement": YesNo(False).plain()}, "无", "chenyu", clock()
        )
        assert "B3-1-1" not in wanted_now(services, tx, form_id)
    with pytest.raises(ActRefused, match="evidence_no_such_item"):
        give(b"x", "B3-1-1")


def test_evidence_of_another_form_is_gone(
    services: Services, form_id: int, clock: Any, give: Callable[..., Given], district_template: Any
) -> None:
    (id,) = give(b"x", "A1-3-1").ids
    other = district_template[1].forms["302"]
    acts = every_act(services, other, id, "hesui", clock())[1:]
    assert [refusal(services, act) for act in acts] == ["evidence_gone"] * 3

"""盖章: the sealed paper is matched by its code, passed on to finance, kept on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.acts.base import ActRefused
from bot.acts.deliver import deliver
from bot.acts.photos import PURPOSES
from bot.acts.return_form import return_form
from bot.acts.seal import Taken, give_seal, name_seal, remove_seal
from bot.paper import needs_seal
from bot.services import Services
from bot.stored import StoredDocument
from storage import deliveries, forms, interviews, seals

OLD, NEW, OTHER = "W62J-NQ", "W1X5-R7", "H4T2-8T"
REPORT = StoredDocument("a" * 64 + "-00000000.docx", "report.docx", 10, "x/y")


def scan(letter: str, name: str = "scan.pdf") -> StoredDocument:
    return StoredDocument(letter * 64 + "-00000000.pdf", name, 10, "application/pdf")


def waiting_for(services: Services, userid: str) -> list[str]:
    """All that waits for somebody: texts, and the names of files."""
    with services.database.read() as tx:
        rows = tx.exec_driver_sql(
            "SELECT payload, name FROM outbox LEFT JOIN files ON files.key = file_key"
            " WHERE userid = ? ORDER BY outbox.id",
            (userid,),
        )
        return [
            name or json.loads(payload).get("text", {}).get("content", "") for payload, name in rows
        ]


def owed(services: Services, form_id: int) -> bool:
    with services.database.read() as tx:
        standing = interviews.one(tx, form_id)
        assert standing is not None
        return needs_seal(services.settings, standing)


@pytest.fixture
def delivered(services: Services, filled: int, clock: Any) -> int:
    """The form with its first version at finance, under the code OLD."""
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        deliver(services, tx, filled, 1, [REPORT], clock(), code=OLD, submission=1)
    return filled


@pytest.fixture
def returned(services: Services, delivered: int, clock: Any) -> int:
    """The same after finance returned it: the second version is at finance, under NEW."""
    with services.database.begin() as tx:
        return_form(services, tx, "wuheng", delivered, "缺一张表", clock())
        forms.set_state(tx, delivered, "drafting", "approved", clock())
        deliver(services, tx, delivered, 2, [REPORT], clock(), code=NEW, submission=2)
    return delivered


@pytest.fixture
def give(services: Services, clock: Any) -> Callable[..., Taken]:
    def give_it(form_id: int, *scans: StoredDocument, said: str = "", **more: Any) -> Taken:
        with services.database.begin() as tx:
            return give_seal(services, tx, "chenyu", form_id, scans, said, clock(), **more)

    return give_it


def refused(act: Callable[[], object]) -> ActRefused:
    with pytest.raises(ActRefused) as caught:
        act()
    assert caught.value.words
    return caught.value


# ---- delivery ----


def test_the_contact_gets_the_papers_to_print(services: Services, delivered: int) -> None:
    *_, told, file = waiting_for(services, "chenyu")
    assert file == "report.docx"
    for words in ("待盖章", "第1版", OLD, "拍照"):
        assert words in told
    assert owed(services, delivered)
    assert any(OLD in said for said in waiting_for(services, "wuheng"))


def test_of_word_and_pdf_the_pdf_is_printed(services: Services, filled: int, clock: Any) -> None:
    documents = [
        REPORT,
        StoredDocument("b" * 64 + "-00000000.pdf", "report.pdf", 10, "application/pdf"),
        StoredDocument("c" * 64 + "-00000000.docx", "letter.docx", 10, "x/y"),
    ]
    documents = [replace(d, content_type=_type(d.name)) for d in documents]
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        deliver(services, tx, filled, 1, documents, clock(), code=OLD)
    assert waiting_for(services, "chenyu")[-2:] == ["report.pdf", "letter.docx"]
    assert [n for n in waiting_for(services, "wuheng") if n.endswith(("docx", "pdf"))] == [
        *("report.docx", "report.pdf", "letter.docx")
    ]


def _type(name: str) -> str:
    from bot.documents import DOCX, PDF

    return PDF if name.endswith("pdf") else DOCX


def test_where_no_paper_is_asked_for_nothing_waits(
    services: Services, filled: int, clock: Any
) -> None:
    settings = services.settings.model_copy(update={"paper_required": False})
    services = replace(services, settings=settings)
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        deliver(services, tx, filled, 1, [REPORT], clock(), code=OLD)
        found = refused(
            lambda: give_seal(services, tx, "chenyu", filled, [scan("d")], OLD, clock())
        )
    assert found.code == "seal_not_wanted"
    assert not owed(services, filled)
    (told,) = waiting_for(services, "chenyu")
    assert "待盖章" not in told


# ---- giving ----


def test_a_scan_with_its_code_goes_to_finance(
    services: Services, delivered: int, give: Callable[..., Taken]
) -> None:
    before = len(waiting_for(services, "wuheng"))
    taken = give(delivered, scan("d"), scan("e", "second.pdf"), said=f"已盖章 {OLD.lower()}")
    assert (taken.outcome, taken.passed_on) == ("seal_kept", 2)
    assert not owed(services, delivered)
    told, *scans = waiting_for(services, "wuheng")[before:]
    assert "第1版" in told
    assert OLD in told
    assert "共2份" in told
    assert scans == ["scan.pdf", "second.pdf"]


@pytest.mark.parametrize("where", ["name", "text"])
def test_the_code_is_read_from_name_or_text(
    services: Services, delivered: int, give: Callable[..., Taken], where: str
) -> None:
    name = f"盖章件{OLD}.pdf" if where == "name" else "scan.pdf"
    texts = [f"— 1 —\n版本码 {OLD}\n"] if where == "text" else [""]
    assert give(delivered, scan("d", name), texts=texts).passed_on == 1
    assert not owed(services, delivered)


def test_a_scan_without_a_code_waits_for_it(
    services: Services, delivered: int, give: Callable[..., Taken], clock: Any
) -> None:
    before = len(waiting_for(services, "wuheng"))
    assert give(delivered, scan("d"), texts=["2021年度"]).outcome == "seal_unnamed"
    assert owed(services, delivered)
    assert len(waiting_for(services, "wuheng")) == before
    with services.database.begin() as tx:
        name_seal(services, tx, "chenyu", delivered, OLD, clock())
    assert not owed(services, delivered)
    assert waiting_for(services, "wuheng")[-1] == "scan.pdf"
    assert "转给财政" in waiting_for(services, "chenyu")[-1]


def test_the_code_before_the_scan_is_only_checked(
    services: Services, delivered: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        name_seal(services, tx, "chenyu", delivered, OLD, clock())
    assert owed(services, delivered)
    assert "拍照" in waiting_for(services, "chenyu")[-1]


def test_more_pages_are_not_announced_again(
    services: Services, delivered: int, give: Callable[..., Taken]
) -> None:
    give(delivered, scan("d"), said=OLD)
    before = len(waiting_for(services, "wuheng"))
    assert give(delivered, scan("e", "second.pdf"), said=OLD).outcome == "seal_kept_more"
    assert waiting_for(services, "wuheng")[before:] == ["second.pdf"]


def test_the_same_scan_is_known(
    services: Services, delivered: int, give: Callable[..., Taken]
) -> None:
    give(delivered, scan("d"), said=OLD)
    before = len(waiting_for(services, "wuheng"))
    assert give(delivered, scan("d"), scan("d"), said=OLD).outcome == "seal_same"
    assert len(waiting_for(services, "wuheng")) == before
    with services.database.read() as tx:
        assert len(seals.of_form(tx, delivered)) == 1


def test_words_that_are_no_code_are_asked_again(delivered: int, give: Callable[..., Taken]) -> None:
    assert refused(lambda: give(delivered, scan("d"), said="盖好了")).code == "seal_unread"


@pytest.mark.parametrize("how", ["said", "name"])
def test_an_older_versions_paper_is_refused_naming_both(
    services: Services, returned: int, give: Callable[..., Taken], how: str
) -> None:
    given = scan("d", f"{OLD}.pdf") if how == "name" else scan("d")
    found = refused(lambda: give(returned, given, said=OLD if how == "said" else ""))
    assert found.code == "seal_old"
    for part in (OLD, NEW, "第1版", "第2版"):
        assert part in found.words
    with services.database.read() as tx:
        assert seals.of_form(tx, returned) == []
    assert owed(services, returned)


def test_a_strange_code_is_refused(returned: int, give: Callable[..., Taken]) -> None:
    found = refused(lambda: give(returned, scan("d"), said=OTHER))
    assert found.code == "seal_other"
    assert OTHER in found.words
    assert NEW in found.words


def test_a_returned_forms_new_version_needs_a_new_seal(
    services: Services, delivered: int, give: Callable[..., Taken], clock: Any
) -> None:
    give(delivered, scan("d"), said=OLD)
    with services.database.begin() as tx:
        return_form(services, tx, "wuheng", delivered, "缺一张表", clock())
    found = refused(lambda: give(delivered, scan("e"), said=OLD))
    assert found.code == "seal_not_now"
    with services.database.begin() as tx:
        forms.set_state(tx, delivered, "drafting", "approved", clock())
        deliver(services, tx, delivered, 2, [REPORT], clock(), code=NEW, submission=2)
    assert owed(services, delivered)
    give(delivered, scan("e"), said=NEW)
    assert not owed(services, delivered)


def test_a_seal_may_come_after_finance_accepted(
    services: Services, delivered: int, give: Callable[..., Taken], clock: Any
) -> None:
    with services.database.begin() as tx:
        forms.set_state(tx, delivered, "delivered", "accepted", clock())
    assert owed(services, delivered)
    give(delivered, scan("d"), said=OLD)
    assert not owed(services, delivered)
    with services.database.begin() as tx:
        (seal,) = seals.of_form(tx, delivered)
        found = refused(lambda: remove_seal(services, tx, "chenyu", delivered, seal.id, clock()))
    assert found.code == "seal_settled"


# ---- who may ----


@pytest.mark.parametrize("actor", ["linfan", "hesui", "zhouning", "wuheng", "nobody"])
def test_only_the_contact_hands_in_paper(
    services: Services, delivered: int, clock: Any, actor: str
) -> None:
    with services.database.begin() as tx:
        found = refused(
            lambda: give_seal(services, tx, actor, delivered, [scan("d")], OLD, clock())
        )
        assert found.code == "not_yours"
        found = refused(lambda: remove_seal(services, tx, actor, delivered, 1, clock()))
        assert found.code == "not_yours"


@pytest.mark.parametrize("state", ["drafting", "in_review", "approved"])
def test_before_the_delivery_there_is_nothing_to_seal(
    services: Services, filled: int, clock: Any, give: Callable[..., Taken], state: str
) -> None:
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", state, clock())
    assert refused(lambda: give(filled, scan("d"), said=OLD)).code == "seal_not_now"


def test_versions_from_before_codes_want_none(
    services: Services, filled: int, clock: Any, give: Callable[..., Taken]
) -> None:
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        deliver(services, tx, filled, 1, [REPORT], clock())
        assert deliveries.of_form(tx, filled)[0].code == ""
    assert not owed(services, filled)
    assert refused(lambda: give(filled, scan("d"), said=OLD)).code == "seal_not_wanted"


# ---- taking back ----


def test_taking_the_last_one_back_tells_finance(
    services: Services, delivered: int, give: Callable[..., Taken], clock: Any
) -> None:
    give(delivered, scan("d"), scan("e"), said=OLD)
    with services.database.read() as tx:
        first, second = seals.of_form(tx, delivered)
    before = len(waiting_for(services, "wuheng"))
    with services.database.begin() as tx:
        remove_seal(services, tx, "chenyu", delivered, first.id, clock())
    assert not owed(services, delivered)
    with services.database.begin() as tx:
        remove_seal(services, tx, "chenyu", delivered, second.id, clock())
        found = refused(lambda: remove_seal(services, tx, "chenyu", delivered, second.id, clock()))
    assert found.code == "seal_gone"
    assert owed(services, delivered)
    (told,) = waiting_for(services, "wuheng")[before:]
    assert "撤下" in told
    with services.database.read() as tx:
        assert [seal.removed_by for seal in seals.of_form(tx, delivered)] == ["chenyu"] * 2
    give(delivered, scan("d"), said=OLD)
    assert not owed(services, delivered)


# ---- by chat ----


def test_photos_are_taken_with_the_code_typed_before(
    services: Services, delivered: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        PURPOSES["seal"](services, tx, "chenyu", delivered, scan("d", "p.jpg"), OLD, clock())
    assert not owed(services, delivered)
    assert "对得上" in waiting_for(services, "chenyu")[-1]


def test_a_refused_photo_is_explained(services: Services, returned: int, clock: Any) -> None:
    with services.database.begin() as tx:
        PURPOSES["seal"](services, tx, "chenyu", returned, scan("d", "p.jpg"), OLD, clock())
    assert "第1版" in waiting_for(services, "chenyu")[-1]
    assert owed(services, returned)

"""报告, 材料 某单位: the files of a version once more, for whoever asked, once a turn."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.acts.base import ActRefused
from bot.acts.deliver import deliver
from bot.acts.send_again import send_again
from bot.bundling import ZIP, Bundle
from bot.lifecycle import By
from bot.services import Services
from bot.stored import StoredDocument
from dialogs import desk
from storage import files, forms, seals

SCAN, REPORT, PACKED = "盖章页.pdf", "报告.docx", "材料.zip"


@pytest.fixture
def stored(services: Services) -> Callable[..., StoredDocument]:
    def make(name: str, size: int = 10) -> StoredDocument:
        key = services.files.put(name.encode(), name)
        return StoredDocument(key, name, size, ZIP)

    return make


@pytest.fixture
def delivered(
    services: Services, filled: int, clock: Any, stored: Callable[..., StoredDocument]
) -> Callable[..., int]:
    """Delivers a version with a report, evidence of this size, and a seal."""

    def do(version: int = 1, size: int = 10) -> int:
        with services.database.begin() as tx:
            state = forms.get(tx, filled).state  # type: ignore[union-attr]
            forms.set_state(tx, filled, state, "approved", clock())
            bundle = Bundle(stored(f"{version}{PACKED}", size), 1) if size else None
            report = [stored(f"{version}{REPORT}")]
            deliver(services, tx, filled, version, report, clock(), code="H4T2-8K", bundle=bundle)
            scan = stored(f"{version}{SCAN}")
            files.keep(tx, scan.key, scan.name, scan.size, ZIP, clock())
            seals.add(tx, filled, version, scan.key, "H4T2-8K", "chenyu", clock())
            tx.exec_driver_sql("DELETE FROM outbox")
        return filled

    return do


def asked(
    services: Services, form_id: int, what: str = "all", version: int = 0, turn: int = 1
) -> list[str]:
    """What the coordinator is sent: words, then names of files."""
    with services.database.begin() as tx:
        now = services.clock()
        send_again(services, tx, "zhouning", By.COORDINATOR, form_id, what, version, now, turn)
        rows = tx.exec_driver_sql(
            "SELECT payload, file_key FROM outbox WHERE userid = 'zhouning' AND topic = 'reply'"
            " AND about = '301' ORDER BY id"
        ).all()
        names = [files.get(tx, key).name if key else None for _, key in rows]  # type: ignore[union-attr]
    return [
        name or json.loads(row[0])["text"]["content"] for name, row in zip(names, rows, strict=True)
    ]


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("all", [f"2{REPORT}", f"2{PACKED}", f"2{SCAN}"]),
        ("report", [f"2{REPORT}", f"2{SCAN}"]),
        ("evidence", [f"2{PACKED}"]),
    ],
)
def test_the_last_version_comes(
    services: Services, delivered: Callable[..., int], what: str, names: list[str]
) -> None:
    delivered(1)
    words, *got = asked(services, delivered(2), what)
    assert "第2版（5月9日报送）" in words
    assert got == names


def test_an_earlier_version_can_be_named(services: Services, delivered: Callable[..., int]) -> None:
    delivered(1)
    form_id = delivered(2)
    assert asked(services, form_id, "evidence", 1)[1:] == [f"1{PACKED}"]
    with pytest.raises(ActRefused) as refusal:
        asked(services, form_id, "all", 7)
    assert "没有第7版，最新的是第2版" in refusal.value.words


def test_the_same_turn_sends_no_file_twice(
    services: Services, delivered: Callable[..., int]
) -> None:
    form_id = delivered()
    asked(services, form_id)
    assert asked(services, form_id).count(f"1{REPORT}") == 1
    assert asked(services, form_id, turn=2).count(f"1{REPORT}") == 2


def test_what_is_too_large_or_missing_is_said(
    services: Services, delivered: Callable[..., int]
) -> None:
    (words,) = asked(services, delivered(1, 30 << 20), "evidence")
    assert "30.0MB" in words
    assert "没有开通网页" in words
    (*_, words) = asked(services, delivered(2, 0), "evidence")
    assert "没有随附佐证材料" in words


def test_what_was_purged_is_never_sent(
    services: Services, delivered: Callable[..., int], clock: Any
) -> None:
    form_id = delivered()
    with services.database.begin() as tx:
        key = tx.exec_driver_sql("SELECT evidence_key FROM deliveries").scalar_one()
        files.purge(tx, key, clock())
    (words,) = asked(services, form_id)
    assert "已经清除" in words


def test_a_form_that_was_never_delivered(services: Services, filled: int) -> None:
    with pytest.raises(ActRefused) as refusal:
        asked(services, filled)
    assert "还没有报送过" in refusal.value.words


def test_finance_asks_in_chat_for_what_lies_on_no_desk(
    services: Services, delivered: Callable[..., int], make_line: Any, clock: Any, reply: Any
) -> None:
    """Accepted long ago; the same message brought twice is answered once."""
    talking = replace(services, desk=desk.step)
    form_id = delivered()
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "delivered", "accepted", clock())
    line = make_line(talking)
    first = reply(line.say("wuheng", "商务局的报告", MsgId=77))
    again = reply(line.say("wuheng", "商务局的报告", MsgId=77))
    with services.database.begin() as tx:
        query = "SELECT count(*) FROM outbox WHERE userid = 'wuheng' AND kind = 'upload+send'"
        count = tx.exec_driver_sql(query).scalar_one()
    assert first == again
    assert count == 2

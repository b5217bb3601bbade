"""The audit sees what it is there to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, text

from storage import answers, outbox
from storage.database import Database
from tests.kills.scene import CONTACT, furnish
from tests.soak.audit import Seen, findings
from tests.soak.people import YUAN, Said

NOW = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
SAID = [Said(CONTACT, "900001.01"), Said(CONTACT, "900002.02")]
Harm = Callable[[Connection], object]


def bubble(number: int, words: str, msgid: str = "", kind: str = "text") -> dict[str, Any]:
    content = {"name": words} if kind == "file" else {"content": words}
    return {"id": number, "sender": "bot", "kind": kind, "content": content, "msgid": msgid}


TOLD = [
    bubble(1, "改好了：900001.01元"),
    bubble(2, "改好了：900002.02元"),
    bubble(3, "first", "m1"),
    bubble(4, "second", "m2"),
    bubble(5, "report.docx", kind="file"),
]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A form with both answers in its history, and two messages that were sent."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('audit') / 'a.db'}")
    furnish(database, NOW)
    with database.begin() as tx:
        for each in SAID:
            value = {"procurement_actual": each.figure + YUAN}
            answers.record(tx, 1, value, each.figure + YUAN, CONTACT, NOW)
        for msgid in ("m1", "m2"):
            row = outbox.add(tx, CONTACT, "{}", "send", NOW)
            sent = text("UPDATE outbox SET state = 'sent', msgid = :msgid WHERE id = :row")
            tx.execute(sent, {"msgid": msgid, "row": row})
    yield database
    database.close()


def found(
    database: Database, harm: Harm = lambda _: None, told: Any = TOLD, journal: Any = ()
) -> list[str]:
    """What the audit says after some harm, which is undone then."""
    with database.begin() as tx:
        point = tx.begin_nested()
        harm(tx)
        lines = list(findings(tx, SAID, Seen({CONTACT: told}, journal)))
        point.rollback()
    return lines


def sql(statement: str) -> Harm:
    return lambda tx: tx.execute(text(statement))


def test_where_all_is_well_nothing_is_found(furnished: Database) -> None:
    assert found(furnished) == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (
            lambda tx: answers.record(
                tx, 1, {"procurement_actual": "900001.01元"}, "900001.01元", CONTACT, NOW
            ),
            "stands 2 times",
        ),
        (
            sql("DELETE FROM present_answers WHERE fact = 'procurement_actual'"),
            "not what the history",
        ),
        (sql("UPDATE outbox SET state = 'failed' WHERE msgid = 'm1'"), "1 messages are failed"),
        (sql("UPDATE outbox SET state = 'pending' WHERE msgid = 'm1'"), "1 messages are pending"),
    ],
)
def test_what_is_stored_wrongly_is_found(furnished: Database, harm: Harm, said: str) -> None:
    assert said in " ".join(found(furnished, harm))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (TOLD[1:], "1 answers without a reply"),
        ([*TOLD, bubble(6, "first", "m9")], "came twice"),
        ([*TOLD[:2], bubble(3, "second", "m2"), bubble(4, "first", "m1")], "too early"),
        ([*TOLD, bubble(6, "report.docx", kind="file")], "report.docx came 2 times"),
    ],
)
def test_what_people_see_wrongly_is_found(furnished: Database, told: Any, said: str) -> None:
    assert said in " ".join(found(furnished, told=told))


def test_an_answer_that_is_gone_is_lost_unless_it_was_never_brought(furnished: Database) -> None:
    with furnished.read() as tx:
        seen = Seen({CONTACT: [*TOLD, bubble(9, "900003.03")]}, ())
        said = [*SAID, Said(CONTACT, "900003.03")]
        assert "1 answers lost" in " ".join(findings(tx, said, seen))
        brought = Seen(seen.messages, [{"kind": "undelivered", "userid": CONTACT}])
        assert list(findings(tx, said, brought)) == []

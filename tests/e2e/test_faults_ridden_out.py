"""Each fault of the emulator in the way of a conversation: nothing is lost, nothing comes twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from emulator.faults import AT_API, AT_CALLBACK, Fault
from emulator.storm import storm
from tests.e2e.conftest import CONTACT, District, Make

pytestmark = pytest.mark.slow
LOST_FOR_GOOD = {"drop", "invaliduser", "lost", "truncated"}
"""What WeChat Work itself loses without telling the app; a cut answer of the API is not among it."""
KINDS = [("api", kind) for kind in sorted(AT_API - {"drop", "invaliduser"})]
KINDS += [("callback", kind) for kind in sorted(AT_CALLBACK - LOST_FOR_GOOD)]
SAID = ("帮助", "AB", "进度")
PLACES = {"api": "message/send", "callback": "text"}
OUT_OF_ORDER = {"reorder", "parallel"}


def converse(district: District, said: tuple[str, ...] = SAID) -> Counter[str]:
    """Opens the chat and says a few things; what the contact then sees of the bot, and how often."""
    district.open(CONTACT)
    for words in said:
        district.say(CONTACT, words)
    district.world.postbag.release()
    district.drain()
    return Counter(bubble.words() for bubble in district.bubbles(CONTACT))


def history(district: District) -> list[tuple[Any, ...]]:
    with district.services.database.read() as tx:
        rows = "SELECT fact, raw, count(*) FROM answer_events GROUP BY fact, raw ORDER BY fact, raw"
        return [tuple(row) for row in tx.execute(text(rows))]


def unsent(district: District) -> int:
    with district.services.database.read() as tx:
        rows = "SELECT count(*) FROM outbox WHERE state <> 'sent'"
        return int(tx.execute(text(rows)).scalar_one())


def doubled(district: District) -> list[str]:
    """Requests that somebody got to see more than once."""
    sent = district.world.record.lines("sent")
    shown = Counter((line["sha256"], userid) for line in sent for userid in line["shown"])
    return [sha256 for (sha256, _), count in shown.items() if count > 1]


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, Any]:
    """What is seen and kept when nothing goes wrong; the first test finds it out."""
    return {}


@pytest.fixture
def wanted(make_district: Make, undisturbed: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    if not undisturbed:
        calm = make_district({"database_url": f"sqlite:///{tmp_path}/calm.db"})
        undisturbed.update(seen=converse(calm), kept=history(calm))
    return undisturbed


@pytest.mark.parametrize(("where", "kind"), KINDS, ids=[f"{w}-{k}" for w, k in KINDS])
def test_one_fault_is_not_noticed(
    make_district: Make, wanted: dict[str, Any], where: Any, kind: Any
) -> None:
    district = make_district()
    faults = district.world.faults
    # The second of its sort, so that the first has warmed everything up.
    faults.add(Fault(where=where, kind=kind, path=PLACES[where], skip=1))
    seen = converse(district)
    assert faults.as_json()["faults"] == [], "the fault was never in the way"
    assert (history(district), unsent(district), doubled(district)) == (wanted["kept"], 0, [])
    if kind not in OUT_OF_ORDER:
        assert seen == wanted["seen"]


@pytest.mark.parametrize("seed", range(4))
def test_a_storm_loses_nothing(make_district: Make, seed: int) -> None:
    district = make_district()
    district.world.faults.reseed(seed)
    for fault in storm(0.03):  # so that about every third call goes wrong in one way or another
        district.world.faults.add(fault)
    converse(district, ("帮助", "AB", *("进度", "得分", "上一题", "为什么") * 5))
    district.world.faults.clear()
    district.world.postbag.release()
    district.drain()
    record = district.world.record
    brought = {line["letter"]: line["outcome"] for line in record.lines("brought")}
    assert len(brought) == len(record.lines("told"))
    answered = {line["letter"]: line["how"] for line in record.lines("replied")}
    assert {n for n, how in answered.items() if how != "bad"} == {
        n for n, outcome in brought.items() if outcome == "accepted"
    }
    assert all(count == 1 for *_, count in history(district))
    assert (unsent(district), doubled(district)) == (0, [])

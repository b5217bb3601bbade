"""Confirming in the chat, and the list of an office: through the real turn and worker."""

import re
from typing import Any

import pytest
from sqlalchemy import text

from bot.acts.base import ActRefused
from bot.acts.bring import bring
from bot.acts.order_list import order_list
from bot.acts.take_over import record_taken, take_over
from bot.bringing import Handed
from bot.jobs.tasks import TaskWorker
from bot.services import Services
from scoring.loading import load
from scoring.plain import read_value
from storage import answers, files, proposals
from storage.proposals import Found

STANDARD = load("meijiang-2021")
SANGONG = Found("sangong_actual", "2.10万元", "“公开07表”G8")


def handed(*found: Found, source: str = "accounts") -> list[Handed]:
    return [Handed("决算.xlsx", source, found)]


def states(services: Services, form_id: int) -> list[tuple[str, str, str]]:
    with services.database.read() as tx:
        return [(e.fact, e.source, e.state) for e in proposals.of_form(tx, form_id)]


def test_what_no_fact_takes_is_left_out(services: Services, form_id: int) -> None:
    bad = (
        Found("no_such_fact", "1", "A1"),
        Found("sangong_budget", "-1万元", "A2"),
        Found("offices", [], "A3"),  # at least one row is needed
    )
    with services.database.begin() as tx:
        count = bring(tx, "chenyu", form_id, STANDARD, handed(SANGONG, *bad), services.clock())
    assert count == 1
    assert states(services, form_id) == [("sangong_actual", "accounts", "open")]


def test_a_secrecy_marking_is_refused_whole(services: Services, form_id: int) -> None:
    marked = Found("next_steps", "机密★1年\n下一步工作。", "二")
    with pytest.raises(ActRefused) as refused, services.database.begin() as tx:
        bring(tx, "chenyu", form_id, STANDARD, handed(SANGONG, marked), services.clock())
    assert refused.value.code == "secret"
    assert states(services, form_id) == []


@pytest.mark.parametrize("actor", ["linfan", "hesui", "zhouning", "wuheng", "nobody"])
def test_only_the_contact_brings_and_takes(services: Services, form_id: int, actor: str) -> None:
    now = services.clock()
    with services.database.begin() as tx:
        bring(tx, "chenyu", form_id, STANDARD, handed(SANGONG), now)
    with pytest.raises(ActRefused), services.database.begin() as tx:
        bring(tx, actor, form_id, STANDARD, handed(SANGONG), now)
    with pytest.raises(ActRefused), services.database.begin() as tx:
        take_over(services, tx, actor, form_id, [1], now)
    with pytest.raises(ActRefused), services.database.begin() as tx:
        order_list(tx, actor, form_id, "财务", now)
    with services.database.read() as tx:
        assert answers.present(tx, form_id) == {}


def test_of_two_sources_the_one_taken_settles_the_other(services: Services, form_id: int) -> None:
    now = services.clock()
    report = Found("sangong_actual", "3万元", "二（四）")
    with services.database.begin() as tx:
        bring(tx, "chenyu", form_id, STANDARD, handed(report, source="report"), now)
        bring(tx, "chenyu", form_id, STANDARD, handed(SANGONG), now)
        ids = {e.source: e.id for e in proposals.open_of_form(tx, form_id)}
        assert take_over(services, tx, "chenyu", form_id, [ids["report"]], now) == 1
        assert answers.present(tx, form_id) == {"sangong_actual": "3万元"}
    assert states(services, form_id) == [
        ("sangong_actual", "report", "taken"),
        ("sangong_actual", "accounts", "declined"),
    ]


def test_what_was_typed_beside_it_keeps_its_own_words(services: Services, form_id: int) -> None:
    now = services.clock()
    values = {
        name: read_value(STANDARD.facts[name], plain)
        for name, plain in (("sangong_actual", "2.10万元"), ("sangong_budget", "4.5万元"))
    }
    taken = {"sangong_actual": "“公开07表”G8"}
    with services.database.begin() as tx:
        bring(tx, "chenyu", form_id, STANDARD, handed(SANGONG), now)
        record_taken(services, tx, "chenyu", form_id, values, "4.5万", taken, now, None)
        raws = {e.fact: e.raw for e in answers.history(tx, form_id)}
    assert raws == {"sangong_actual": "取自“公开07表”G8", "sangong_budget": "4.5万"}
    assert states(services, form_id) == [("sangong_actual", "accounts", "taken")]


def test_a_list_is_sent_as_text_and_as_a_file(services: Services, form_id: int) -> None:
    with services.database.begin() as tx:
        order_list(tx, "chenyu", form_id, "采购", services.clock(), None)
    TaskWorker(services).work_due()
    with services.database.read() as tx:
        rows = tx.execute(
            text("SELECT payload, file_key FROM outbox WHERE userid = 'chenyu' ORDER BY id")
        ).all()
        stored: Any = files.get(tx, rows[-1].file_key)
    assert re.search("【采购】.*请提供", rows[0].payload)
    assert stored.name.endswith("采购清单.xlsx")
    assert services.files.get(rows[-1].file_key)[:2] == b"PK"

"""Finance reviews what was delivered: points, the opinion, the department's objections, to the end."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from docx import Document

from bot.acts.accept import accept
from bot.acts.appeal import agree_opinion, appeal
from bot.acts.base import ActRefused, standing_of
from bot.acts.deliver import deliver
from bot.acts.give_points import Wish, give_points
from bot.acts.issue_opinion import issue_opinion
from bot.acts.return_form import return_form
from bot.acts.settle_appeal import settle_appeal
from bot.jobs.tasks import TaskWorker
from bot.reviewing import review_of
from bot.services import Services
from bot.stored import StoredDocument
from dialogs import desk, machine
from dialogs.reviewed import Review, mark_of
from storage import answers, forms, reviewing

WISH = Wish("B3-1", Decimal("1.5"), "合同没附")
FINANCE, CONTACT, REVIEWER = "wuheng", "chenyu", "linfan"


@pytest.fixture
def live(services: Services) -> Services:
    """The service with its real conversation."""
    return replace(services, machine=machine.step, desk=desk.step)


@pytest.fixture
def delivered(live: Services, filled: int, clock: Any) -> int:
    with live.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        report = StoredDocument("a" * 64 + "-00000000.docx", "report.docx", 10, "text/plain")
        deliver(live, tx, filled, 1, [report], clock(), code="W62J-NQ")
    return filled


def review(services: Services, form_id: int, now: datetime) -> Review:
    with services.database.read() as tx:
        return review_of(services, tx, standing_of(tx, form_id), now)


def do(services: Services, act: Callable[[Any], object]) -> Any:
    with services.database.begin() as tx:
        return act(tx)


def refused(services: Services, act: Callable[[Any], object]) -> str:
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        act(tx)
    assert caught.value.words
    return caught.value.code


def give(services: Services, form_id: int, now: datetime, *wishes: Wish, version: int = 1) -> int:
    given = (FINANCE, form_id, version, wishes or (WISH,), now)
    return int(do(services, lambda tx: give_points(services, tx, *given)))


def issue(services: Services, form_id: int, now: datetime, final: bool = False) -> Any:
    mark = mark_of(review(services, form_id, now), 1, final)
    made = do(services, lambda tx: issue_opinion(services, tx, FINANCE, form_id, final, mark, now))
    assert TaskWorker(services).work_due() >= 1
    return made


def told(services: Services, userid: str, topic: str = "") -> list[dict[str, Any]]:
    """What waits for somebody, of a topic."""
    query = "SELECT payload FROM outbox WHERE userid = ? AND (topic = ? OR ? = '') ORDER BY id"
    with services.database.begin() as tx:
        rows = tx.exec_driver_sql(query, (userid, topic, topic)).all()
    return [json.loads(row[0]) for row in rows]


def acts_of(services: Services, form_id: int) -> list[str]:
    with services.database.read() as tx:
        return [event.act for event in forms.events(tx, form_id)]


def test_points_are_kept_once_with_an_event(live: Services, delivered: int, clock: Any) -> None:
    assert give(live, delivered, clock()) == 1
    assert give(live, delivered, clock()) == 0
    assert acts_of(live, delivered).count("give_points") == 1
    found = review(live, delivered, clock())
    assert found.points["B3-1"].points == Decimal("1.5")
    assert found.points["B3-1"].by == "吴衡"


def test_the_department_s_own_points_take_them_back(
    live: Services, delivered: int, clock: Any
) -> None:
    give(live, delivered, clock())
    assert give(live, delivered, clock(), Wish("B3-1", Decimal("2.95"))) == 1
    assert review(live, delivered, clock()).points == {}


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish("B3-1", Decimal("3.01"), "x"), "points_over"),
        (Wish("B3-1", Decimal("-0.5"), "x"), "points_over"),
        (Wish("B3-1", Decimal("1.555"), "x"), "points_fine"),
        (Wish("B3", Decimal(1), "x"), "points_unknown"),
        (Wish("B3-1", Decimal(1), "  "), "points_no_reason"),
        (Wish("B3-1", Decimal(1), "机密★10年 合同"), "secret"),
        (Wish("B3-1", Decimal(1), "长" * 601), "points_reason_long"),
    ],
)
def test_all_or_nothing(live: Services, delivered: int, clock: Any, wish: Wish, code: str) -> None:
    good = Wish("A1-3", Decimal(1), "少算")
    given = (FINANCE, delivered, 1, [good, wish], clock())
    assert refused(live, lambda tx: give_points(live, tx, *given)) == code
    assert review(live, delivered, clock()).points == {}


def test_only_what_finance_looked_at(live: Services, delivered: int, clock: Any) -> None:
    given = (FINANCE, delivered, 2, [WISH], clock())
    assert refused(live, lambda tx: give_points(live, tx, *given)) == "page_moved"
    do(live, lambda tx: return_form(live, tx, FINANCE, delivered, "缺表", clock()))
    given = (FINANCE, delivered, 1, [WISH], clock())
    assert refused(live, lambda tx: give_points(live, tx, *given)) == "not_reviewable"


def test_an_opinion_reaches_the_department_once(live: Services, delivered: int, clock: Any) -> None:
    give(live, delivered, clock())
    mark = mark_of(review(live, delivered, clock()), 1, False)
    made = issue(live, delivered, clock())
    assert (made.number, made.total, made.grade) == (1, Decimal("94.00"), "优")
    again = (FINANCE, delivered, False, mark, clock())
    assert refused(live, lambda tx: issue_opinion(live, tx, *again)) == "review_moved"
    TaskWorker(live).work_due()
    for who, cards in ((CONTACT, 1), (REVIEWER, 0), (FINANCE, 0)):
        kinds = [each["msgtype"] for each in told(live, who, "opinion")]
        assert kinds.count("file") == 1
        assert kinds.count("template_card") == cards
    with live.database.read() as tx:
        (opinion,) = reviewing.opinions(tx, delivered)
    assert opinion.file_key
    text = docx_text(live.files.get(opinion.file_key))
    assert "复核得分94分" in text
    assert "合同没附" in text
    # Five working days later: 2022-05-16.
    assert "2022年5月16日（含当日）前" in text


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    lines = [each.text for each in document.paragraphs]
    for table in document.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def test_the_document_says_what_was_confirmed(live: Services, delivered: int, clock: Any) -> None:
    """Points that are changed before the worker comes belong to the next opinion."""
    give(live, delivered, clock())
    mark = mark_of(review(live, delivered, clock()), 1, False)
    do(live, lambda tx: issue_opinion(live, tx, FINANCE, delivered, False, mark, clock()))
    give(live, delivered, clock(), Wish("B3-1", Decimal(0), "没有合同"))
    TaskWorker(live).work_due()
    with live.database.read() as tx:
        (opinion,) = reviewing.opinions(tx, delivered)
    assert "复核得分94分" in docx_text(live.files.get(opinion.file_key or ""))


def test_agreeing_with_the_department_is_final_at_once(
    live: Services, delivered: int, clock: Any
) -> None:
    made = issue(live, delivered, clock())
    assert (made.final, made.appeal_until) == (True, None)
    said = (CONTACT, delivered, [("B3-1", "不同意")], clock())
    assert refused(live, lambda tx: appeal(live, tx, *said)) == "opinion_final"


def test_what_is_on_paper_must_be_settled(live: Services, delivered: int, clock: Any) -> None:
    with live.database.begin() as tx:
        offline = {"income_adjusted_budget": {"offline": True}}
        answers.record(tx, delivered, offline, "x", CONTACT, clock())
    mark = mark_of(review(live, delivered, clock()), 1, False)
    given = (FINANCE, delivered, False, mark, clock())
    assert refused(live, lambda tx: issue_opinion(live, tx, *given)) == "opinion_undecided"
    give(live, delivered, clock(), Wish("A1-3", Decimal(3), "线下核对"))
    assert issue(live, delivered, clock()).total == Decimal("95.95")


def test_appeals_until_the_day_and_the_final_opinion(
    live: Services, delivered: int, clock: Any
) -> None:
    said = (CONTACT, delivered, [("B3-1", "合同在第3份材料里")], clock())
    assert refused(live, lambda tx: appeal(live, tx, *said)) == "no_opinion"
    give(live, delivered, clock())
    issue(live, delivered, clock())
    do(live, lambda tx: accept(live, tx, FINANCE, delivered, clock()))
    other = (CONTACT, delivered, [("A1-3", "也不同意")], clock())
    assert refused(live, lambda tx: appeal(live, tx, *other)) == "appeal_unchanged"
    do(live, lambda tx: appeal(live, tx, *said))
    (card,) = told(live, FINANCE, "appeal")
    assert "合同在第3份材料里" in json.dumps(card, ensure_ascii=False)
    assert refused(live, lambda tx: agree_opinion(live, tx, CONTACT, delivered, clock())) == (
        "agree_appealed"
    )
    mark = mark_of(review(live, delivered, clock()), 1, True)
    ended = (FINANCE, delivered, True, mark, clock())
    assert refused(live, lambda tx: issue_opinion(live, tx, *ended)) == "opinion_appeals"
    settle = (FINANCE, delivered, "B3-1", True, None, "已核实", clock())
    do(live, lambda tx: settle_appeal(live, tx, *settle))
    assert refused(live, lambda tx: settle_appeal(live, tx, *settle)) == "appeal_settled"
    assert refused(live, lambda tx: appeal(live, tx, *said)) in (
        "appeal_settled",
        "appeal_nothing",
    )
    final = issue(live, delivered, clock(), final=True)
    assert (final.number, final.total, final.final) == (2, Decimal("95.45"), True)
    with live.database.read() as tx:
        key = reviewing.opinions(tx, delivered)[-1].file_key
    text = docx_text(live.files.get(key or ""))
    assert "经研究，予以采纳：已核实。" in text
    assert acts_of(live, delivered)[-4:] == [
        "appeal",
        "give_points",
        "settle_appeal",
        "issue_opinion",
    ]


def test_after_the_day_nothing_is_taken(live: Services, delivered: int, clock: Any) -> None:
    give(live, delivered, clock())
    issue(live, delivered, clock())
    until = review(live, delivered, clock()).opinion
    assert until is not None
    assert until.until is not None
    last = until.until
    said = (CONTACT, delivered, [("B3-1", "合同在第3份材料里")])
    after = last + timedelta(seconds=1)
    assert refused(live, lambda tx: appeal(live, tx, *said, after)) == "appeal_over"
    assert refused(live, lambda tx: agree_opinion(live, tx, CONTACT, delivered, after)) == (
        "appeal_over"
    )
    do(live, lambda tx: appeal(live, tx, *said, last))


def test_the_department_agrees(live: Services, delivered: int, clock: Any) -> None:
    give(live, delivered, clock())
    issue(live, delivered, clock())
    do(live, lambda tx: agree_opinion(live, tx, CONTACT, delivered, clock()))
    assert refused(live, lambda tx: agree_opinion(live, tx, CONTACT, delivered, clock())) == (
        "opinion_final"
    )
    assert "没有异议" in told(live, FINANCE, "appeal")[-1]["text"]["content"]


def test_a_new_version_is_reviewed_anew(live: Services, delivered: int, clock: Any) -> None:
    give(live, delivered, clock())
    issue(live, delivered, clock())
    do(live, lambda tx: return_form(live, tx, FINANCE, delivered, "缺表", clock()))
    said = (CONTACT, delivered, [("B3-1", "合同在第3份材料里")], clock())
    assert refused(live, lambda tx: appeal(live, tx, *said)) == "no_opinion"
    with live.database.begin() as tx:
        forms.set_state(tx, delivered, "drafting", "approved", clock())
        report = StoredDocument("b" * 64 + "-00000000.docx", "report.docx", 10, "text/plain")
        assert deliver(live, tx, delivered, 2, [report], clock(), code="W62J-NR")
    found = review(live, delivered, clock())
    assert (found.points, found.opinion, found.issued) == ({}, None, 1)
    assert found.earlier["B3-1"].points == Decimal("1.5")


def test_by_chat_from_points_to_the_end(
    live: Services, delivered: int, clock: Any, make_line: Any, reply: Any
) -> None:
    line = make_line(live)

    def say(userid: str, text: str) -> str:
        return str(reply(line.say(userid, text))) or last_text(live, userid)

    assert "现在核定94分" in say(FINANCE, "核定 科工商务局 B3-1 1.5 合同没附")
    line.say(FINANCE, "复核意见")
    assert "正在生成" in say(FINANCE, "发出")
    TaskWorker(live).work_due()
    assert told(live, CONTACT, "opinion")
    assert "核定94分" in say(CONTACT, "复核意见")
    assert "请写明理由" in say(CONTACT, "申辩 B3-1")
    assert "已提交申辩" in say(CONTACT, "合同在第3份材料里")
    assert "不采纳" in say(FINANCE, "不采纳 B3-1 那是2020年的合同")
    assert "没有采纳" in last_text(live, CONTACT)
    with live.database.read() as tx:
        (found,) = reviewing.appeals(tx, delivered)
    assert (found.words, found.upheld, found.reply) == (
        "合同在第3份材料里",
        False,
        "那是2020年的合同",
    )


def last_text(services: Services, userid: str) -> str:
    texts = [each for each in told(services, userid) if each["msgtype"] == "text"]
    return str(texts[-1]["text"]["content"])

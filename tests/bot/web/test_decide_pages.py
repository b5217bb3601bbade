"""The pages on which a form is judged and its versions are compared."""

from __future__ import annotations

from typing import Any

import pytest

from bot.acts.base import standing_of
from bot.acts.send_in import send_in
from bot.acts.withdraw import withdraw
from bot.views import waiting_of
from dialogs.waiving import open_blockers
from scoring.waiving import figures_of
from storage import answers, deliveries, evidence, files, forms, returned, waivers


@pytest.fixture
def sent_in(services: Any, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    return filled


def state_of(services: Any, form_id: int) -> str:
    with services.database.read() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        return form.state


def seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_every_indicator_stands_there_with_score_reason_and_files(
    services: Any, browse: Any, sent_in: int, clock: Any, standard: Any
) -> None:
    with services.database.begin() as tx:
        files.keep(tx, "k" * 64 + "-1.pdf", "决算表.pdf", 3, "application/pdf", clock())
        evidence.add(tx, sent_in, "A1-3-1", "k" * 64 + "-1.pdf", "chenyu", clock())
    page = browse("linfan").get(f"/pages/decide/{sent_in}").text
    for indicator in standard.indicators:
        assert f"{indicator.code} {indicator.name}" in page
    assert "决算表.pdf" in page
    assert "没有材料：" in page
    assert "2.5/4分" in page
    assert "扣分原因：" in page
    assert "2.95/3分" in page


def test_single_indicators_are_returned_with_their_words(
    services: Any, browse: Any, sent_in: int
) -> None:
    browser = browse("linfan")
    page = browser.get(f"/pages/decide/{sent_in}").text
    data = {
        "seen": seen(page),
        "point": ["C1-2", "B3-1"],
        "words.C1-2": "三公经费对不上",
        "words.B3-1": "合同少了",
    }
    assert browser.post(f"/pages/decide/{sent_in}/return", data).status_code == 303
    assert "已退回2处" in browser.get(f"/pages/decide/{sent_in}").text
    assert state_of(services, sent_in) == "drafting"
    with services.database.read() as tx:
        found = [(point.indicator, point.words) for point, _ in returned.latest(tx, sent_in)]
    assert found == [("C1-2", "三公经费对不上"), ("B3-1", "合同少了")]


@pytest.mark.parametrize(
    "data",
    [
        {"point": ["C1-2"], "words.C1-2": " "},
        {"words": ""},
        {"point": ["X9"], "words.X9": "x"},
        {"words": "x", "words.A1-1": "没有勾上"},
    ],
)
def test_a_return_without_words_is_refused_kindly(
    services: Any, browse: Any, sent_in: int, data: dict[str, Any]
) -> None:
    browser = browse("linfan")
    page = browser.get(f"/pages/decide/{sent_in}").text
    response = browser.post(f"/pages/decide/{sent_in}/return", {"seen": seen(page), **data})
    assert response.status_code == 409
    assert "退回" in response.text
    assert state_of(services, sent_in) == "in_review"


def test_a_reviewer_approves_and_finance_accepts(
    services: Any, browse: Any, sent_in: int, clock: Any
) -> None:
    browser = browse("linfan")
    page = browser.get(f"/pages/decide/{sent_in}").text
    browser.post(f"/pages/decide/{sent_in}/agree", {"seen": seen(page)})
    assert state_of(services, sent_in) == "approved"
    with services.database.begin() as tx:
        forms.next_version(tx, sent_in, clock())
        forms.set_state(tx, sent_in, "approved", "delivered", clock())
    finance = browse("wuheng")
    page = finance.get(f"/pages/decide/{sent_in}").text
    assert f"/pages/decide/{sent_in}/agree" in page
    assert "还没轮到" not in page
    finance.post(f"/pages/decide/{sent_in}/agree", {"seen": seen(page)})
    assert state_of(services, sent_in) == "accepted"


def test_nobody_decides_about_a_version_that_the_page_did_not_show(
    services: Any, browse: Any, sent_in: int, clock: Any
) -> None:
    browser = browse("linfan")
    page = browser.get(f"/pages/decide/{sent_in}").text
    with services.database.begin() as tx:
        withdraw(services, tx, "chenyu", sent_in, clock())
        send_in(services, tx, "chenyu", sent_in, clock())
    for what in ("agree", "return"):
        data = {"seen": seen(page), "words": "x"}
        response = browser.post(f"/pages/decide/{sent_in}/{what}", data)
        assert response.status_code == 409
        assert "刚刚有了变化" in response.text
    assert state_of(services, sent_in) == "in_review"


def test_finance_sees_nothing_before_it_was_delivered(browse: Any, sent_in: int) -> None:
    page = browse("wuheng").get(f"/pages/decide/{sent_in}").text
    assert "不在您这里" in page
    assert "A1-1" not in page
    assert "95.45" not in page


def test_finance_does_not_look_on_while_a_returned_form_is_changed(
    services: Any, browse: Any, sent_in: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        forms.next_version(tx, sent_in, clock())
        forms.set_state(tx, sent_in, "in_review", "drafting", clock())
    page = browse("wuheng").get(f"/pages/decide/{sent_in}").text
    assert "A1-1" not in page
    assert "95.45" not in page
    assert "A1-1" in browse("linfan").get(f"/pages/decide/{sent_in}").text


@pytest.mark.parametrize("who", ["linfan", "zhouning"])
def test_a_contradiction_is_let_pass_on_the_page(
    services: Any, browse: Any, filled: int, clock: Any, who: str
) -> None:
    with services.database.begin() as tx:
        answers.record(tx, filled, {"income_general": "3000万元"}, "x", "chenyu", clock())
        (finding,) = open_blockers(waiting_of(services, tx, standing_of(tx, filled)))
    browser = browse(who)
    page = browser.get(f"/pages/decide/{filled}").text
    assert "3000万元" in page
    data = {"finding": finding.key, "figures": figures_of(finding), "reason": "决算口径不同"}
    assert browser.post(f"/pages/decide/{filled}/waive", data).status_code == 303
    with services.database.read() as tx:
        (kept,) = waivers.of_form(tx, filled)
    assert (kept.by, kept.reason) == (who, "决算口径不同")
    assert "决算口径不同" in browser.get(f"/pages/decide/{filled}").text


def test_versions_are_compared_with_the_one_before(
    services: Any, browse: Any, sent_in: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        withdraw(services, tx, "chenyu", sent_in, clock())
        answers.record(tx, sent_in, {"procurement_actual": "50万元"}, "x", "chenyu", clock())
        send_in(services, tx, "chenyu", sent_in, clock())
    for who in ("chenyu", "linfan", "zhouning"):
        page = browse(who).get(f"/pages/compare/{sent_in}").text
        assert "98.31万元" in page
        assert "50万元" in page
        assert "B3-1 政府采购执行率：2.95分 → <strong>1.5分" in page
        assert "95.45分" in page
    turned = browse("linfan").get(f"/pages/compare/{sent_in}?old=2&new=1").text
    assert "1.5分 → <strong>2.95分" in turned


def test_the_contact_compares_what_they_write_with_what_was_sent_in(
    services: Any, browse: Any, sent_in: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        withdraw(services, tx, "chenyu", sent_in, clock())
        answers.record(tx, sent_in, {"procurement_actual": "60万元"}, "x", "chenyu", clock())
    assert "60万元" in browse("chenyu").get(f"/pages/compare/{sent_in}").text
    assert "60万元" not in browse("linfan").get(f"/pages/compare/{sent_in}?new=0&old=1").text


def test_finance_compares_only_what_was_delivered(
    services: Any, browse: Any, sent_in: int, clock: Any
) -> None:
    page = browse("wuheng").get(f"/pages/compare/{sent_in}").text
    assert "还没有送审过" in page
    with services.database.begin() as tx:
        deliveries.add(tx, sent_in, 1, [], clock(), 1, "ABCD")
    page = browse("wuheng").get(f"/pages/compare/{sent_in}").text
    assert "报送第1版" in page

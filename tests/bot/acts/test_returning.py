"""Single indicators come back: what the act writes, who is told, what stays closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.acts.base import ActRefused
from bot.acts.record_answer import record_answer
from bot.acts.record_units import record_units
from bot.acts.return_form import return_form, send_back
from bot.acts.send_in import send_in
from bot.acts.settle_point import settle_point
from bot.services import Services
from dialogs.case import Person, Role
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.values import YesNo
from storage import forms, interviews, returned, units

POINTS = (("C1-2", "三公经费对不上"), ("B3-1", "合同少了"))
CONTACT = Person("chenyu", "陈宇", frozenset({Role.CONTACT}))


def told(services: Services, userid: str) -> list[str]:
    """The texts that wait for somebody."""
    with services.database.read() as tx:
        rows = tx.exec_driver_sql(
            "SELECT payload FROM outbox WHERE userid = ? ORDER BY id", (userid,)
        )
        payloads = [json.loads(row[0]) for row in rows]
    return [each["text"]["content"] for each in payloads if each.get("msgtype") == "text"]


def refusal(services: Services, act: Callable[[Any], object]) -> ActRefused:
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        act(tx)
    assert caught.value.words
    return caught.value


@pytest.fixture
def sent_in(services: Services, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    return filled


@pytest.fixture
def came_back(services: Services, sent_in: int, clock: Any) -> int:
    clock.advance(60)
    with services.database.begin() as tx:
        send_back(services, tx, "linfan", sent_in, "两处", clock(), POINTS)
    clock.advance(60)
    return sent_in


def answer(services: Services, standard: Standard, form_id: int, clock: Any, **plain: Any) -> None:
    values = {fact: read_value(standard.facts[fact], given) for fact, given in plain.items()}
    with services.database.begin() as tx:
        record_answer(services, tx, "chenyu", form_id, values, "typed", clock())


def test_the_points_are_kept_told_and_written_down(services: Services, came_back: int) -> None:
    with services.database.read() as tx:
        found = returned.latest(tx, came_back)
        form = forms.get(tx, came_back)
        event = forms.events(tx, came_back)[-1]
    assert [(point.indicator, point.words, name) for point, name in found] == [
        ("C1-2", "三公经费对不上", "林帆"),
        ("B3-1", "合同少了", "林帆"),
    ]
    assert event.data == {"points": [list(point) for point in POINTS]}
    assert form is not None
    # Monday the 9th of May 2022 and three working days, 18:00 in Shanghai.
    assert form.due_at == datetime(2022, 5, 12, 10, 0, tzinfo=UTC)
    (text,) = [text for text in told(services, "chenyu") if "退回" in text]
    for part in ("林帆退回了", "C1-2 公用经费控制率：三公经费对不上", "5月12日前"):
        assert part in text


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([("C9-9", "x")], "no_such_indicator"),
        ([("#nothing", "x")], "no_such_indicator"),
        ([("C1-2", " ")], "no_words"),
        ([("", "x")], "no_words"),
    ],
)
def test_a_return_that_is_not_clear_is_refused(
    services: Services, sent_in: int, clock: Any, points: list[tuple[str, str]], code: str
) -> None:
    found = refusal(
        services, lambda tx: send_back(services, tx, "linfan", sent_in, "x", clock(), points)
    )
    assert found.code == code
    with services.database.read() as tx:
        assert returned.latest(tx, sent_in) == []


def test_only_what_came_back_may_change(
    services: Services, came_back: int, clock: Any, standard: Standard
) -> None:
    answer(services, standard, came_back, clock, sangong_actual="2.2万元")
    found = refusal(
        services,
        lambda tx: record_answer(
            services, tx, "chenyu", came_back, {"assets_counted": YesNo(False)}, "x", clock()
        ),
    )
    assert found.code == "not_returned"
    assert "B3-1 政府采购执行率" in found.words
    # The same answer once more changes nothing and is no matter.
    answer(services, standard, came_back, clock, assets_counted=True)


def test_what_contradicts_a_mended_figure_may_be_mended_too(
    services: Services, sent_in: int, clock: Any, standard: Standard
) -> None:
    clock.advance(60)
    with services.database.begin() as tx:
        send_back(services, tx, "linfan", sent_in, "x", clock(), [("A1-3", "合计不对")])
    clock.advance(60)
    with pytest.raises(ActRefused):
        answer(services, standard, sent_in, clock, income_general="1000万元")
    answer(services, standard, sent_in, clock, income_total="3000万元")
    answer(services, standard, sent_in, clock, income_general="1000万元")


def test_the_whole_form_is_open_when_it_came_back_whole(
    services: Services, sent_in: int, clock: Any, standard: Standard
) -> None:
    with services.database.begin() as tx:
        send_back(services, tx, "linfan", sent_in, "都看看", clock())
    answer(services, standard, sent_in, clock, assets_counted=False)
    with services.database.read() as tx:
        ((point, _),) = returned.latest(tx, sent_in)
    assert (point.indicator, point.words) == ("", "都看看")


def test_withdrawing_does_not_open_the_rest(
    services: Services, came_back: int, clock: Any, standard: Standard
) -> None:
    from bot.acts.withdraw import withdraw

    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", came_back, clock())
        withdraw(services, tx, "chenyu", came_back, clock())
    with pytest.raises(ActRefused):
        answer(services, standard, came_back, clock, assets_counted=False)


def test_the_answer_to_the_words_goes_back_with_what_changed(
    services: Services, came_back: int, clock: Any, standard: Standard
) -> None:
    answer(services, standard, came_back, clock, sangong_actual="2.2万元")
    with services.database.begin() as tx:
        settle_point(tx, "chenyu", came_back, "B3-1", " 合同另交 ", clock())
        send_in(services, tx, "chenyu", came_back, clock())
    text = next(text for text in reversed(told(services, "linfan")) if "上次退回" in text)
    assert "合同少了（答复：合同另交）" in text
    assert "2.1万元 → 2.2万元" in text
    with services.database.read() as tx:
        found = {point.indicator: point for point, _ in returned.latest(tx, came_back)}
    assert all(point.settled_at for point in found.values())
    assert (found["B3-1"].reply, found["B3-1"].settled_by) == ("合同另交", "chenyu")


def test_only_the_contact_settles_and_only_once(
    services: Services, came_back: int, clock: Any
) -> None:
    found = refusal(services, lambda tx: settle_point(tx, "linfan", came_back, "B3-1", "", clock()))
    assert found.code == "not_yours"
    with services.database.begin() as tx:
        settle_point(tx, "chenyu", came_back, "B3-1", "first", clock())
        settle_point(tx, "chenyu", came_back, "B3-1", "second", clock())
    with services.database.read() as tx:
        replies = [point.reply for point, _ in returned.latest(tx, came_back)]
    assert replies == ["", "first"]


def test_a_later_return_replaces_the_earlier_and_keeps_it_on_record(
    services: Services, came_back: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", came_back, clock())
        forms.set_state(tx, came_back, "in_review", "delivered", clock())
        clock.advance(60)
        return_form(services, tx, "wuheng", came_back, "x", clock(), [("A1-3", "口径")])
    with services.database.read() as tx:
        assert [point.indicator for point, _ in returned.latest(tx, came_back)] == ["A1-3"]
        assert len(returned.of_form(tx, came_back)) == 3
        standing = interviews.one(tx, came_back)
    assert standing is not None
    assert standing.due_at is not None


def test_units_too_give_only_what_came_back(
    services: Services, came_back: int, standard: Standard, clock: Any
) -> None:
    with services.database.begin() as tx:
        unit = units.upsert(tx, 1, "01", "电子商务管理中心")

    def give(fact: str) -> Callable[[Any], object]:
        figures = {unit: {fact: read_value(standard.facts[fact], "3万元")}}
        return lambda tx: record_units(services, tx, "chenyu", came_back, figures, "", clock())

    assert refusal(services, give("income_total")).code == "not_returned"
    with services.database.begin() as tx:
        give("sangong_actual")(tx)
        assert [each.fact for each in units.figures(tx, came_back)] == ["sangong_actual"]

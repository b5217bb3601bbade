"""分单位报: who may, when, and for which units."""

from decimal import Decimal
from typing import Any

import pytest

from bot.acts.base import ActRefused
from bot.acts.record_units import record_units
from bot.services import Services
from scoring.values import Money
from storage import forms, units

FIGURE = {"income_total": Money(Decimal(100), "yuan")}


@pytest.fixture
def unit(services: Services) -> int:
    with services.database.begin() as tx:
        return units.upsert(tx, 1, "01", "电子商务管理中心")


def record(
    services: Services, actor: str, form_id: int, unit: int, now: Any, raw: str = ""
) -> None:
    with services.database.begin() as tx:
        record_units(services, tx, actor, form_id, {unit: FIGURE}, raw, now)


def test_a_contact_gives_a_units_figure(
    services: Services, form_id: int, unit: int, clock: Any
) -> None:
    record(services, "chenyu", form_id, unit, clock())
    with services.database.read() as tx:
        (figure,) = units.figures(tx, form_id)
    assert (figure.fact, figure.value, figure.actor) == ("income_total", "100元", "chenyu")


@pytest.mark.parametrize("actor", ["hesui", "linfan", "zhouning", "wuheng", "nobody"])
def test_nobody_else_does(
    services: Services, form_id: int, unit: int, clock: Any, actor: str
) -> None:
    with pytest.raises(ActRefused, match="not_yours"):
        record(services, actor, form_id, unit, clock())


def test_not_for_another_departments_unit(services: Services, form_id: int, clock: Any) -> None:
    with services.database.begin() as tx:
        foreign = units.upsert(tx, 2, "01", "救助站")
    with pytest.raises(ActRefused, match="no_such_unit"):
        record(services, "chenyu", form_id, foreign, clock())


def test_not_while_the_form_is_away(
    services: Services, form_id: int, unit: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "in_review", clock())
    with pytest.raises(ActRefused, match="not_drafting"):
        record(services, "chenyu", form_id, unit, clock())


def test_a_marking_is_refused(services: Services, form_id: int, unit: int, clock: Any) -> None:
    with pytest.raises(ActRefused):
        record(services, "chenyu", form_id, unit, clock(), "机密★1年 100元")
    with services.database.read() as tx:
        assert units.figures(tx, form_id) == []

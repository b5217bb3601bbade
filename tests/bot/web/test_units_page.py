"""The page where a department types the figures of its units."""

from typing import Any

import pytest

from bot.services import Services
from storage import answers, units


@pytest.fixture
def with_units(services: Services, form_id: int) -> tuple[int, int]:
    with services.database.begin() as tx:
        head = units.upsert(tx, 1, "0", "本级")
        return head, units.upsert(tx, 1, "01", "电子商务管理中心")


def figure(name: str, value: str) -> dict[str, str]:
    return {f"figure.{name}": value}


def test_what_all_units_gave_is_added_up(
    services: Services, browse: Any, form_id: int, with_units: tuple[int, int]
) -> None:
    browser = browse("chenyu")
    head, centre = with_units
    path = f"/pages/units/{form_id}"
    assert "还差" in browser.get(path).text
    assert browser.post(f"{path}/{head}", figure("income_total", "2000万元")).status_code == 303
    with services.database.read() as tx:
        assert "income_total" not in answers.present(tx, form_id)
    browser.post(f"{path}/{centre}", figure("income_total", "587.01"))
    with services.database.read() as tx:
        assert answers.present(tx, form_id)["income_total"] == "2587.01万元"
    assert "2587.01万元＝本级 2000万元＋电子商务管理中心 587.01万元" in browser.get(path).text


def test_an_odd_figure_is_asked_and_the_others_are_kept(
    services: Services, browse: Any, form_id: int, with_units: tuple[int, int]
) -> None:
    browser = browse("chenyu")
    path = f"/pages/units/{form_id}/{with_units[0]}"
    sent = figure("income_total", "很多") | figure("income_adjusted_budget", "3万元")
    response = browser.post(path, sent)
    assert response.status_code == 200
    assert 'value="很多"' in response.text
    assert "没看出金额" in response.text
    with services.database.read() as tx:
        assert [f.fact for f in units.figures(tx, form_id)] == ["income_adjusted_budget"]


def test_an_old_page_takes_nothing_back(
    services: Services, browse: Any, form_id: int, with_units: tuple[int, int]
) -> None:
    """What was changed since the page was opened stays, unless the person has seen it."""
    browser = browse("chenyu")
    path = f"/pages/units/{form_id}/{with_units[0]}"
    browser.post(path, figure("income_total", "1万元"))
    opened = figure("income_total", "1万元") | {"was.income_total": "1万元"}
    assert 'name="was.income_total" value="1万元"' in browser.get(path).text
    browser.post(path, figure("income_total", "2万元"))
    browser.post(path, opened | figure("income_adjusted_budget", "3万元"))

    def given() -> dict[str, Any]:
        with services.database.read() as tx:
            return {f.fact: f.value for f in units.figures(tx, form_id)}

    assert given() == {"income_total": "2万元", "income_adjusted_budget": "3万元"}
    page = browser.post(path, opened | figure("income_total", "5万元")).text
    assert "已经改成2万元" in page
    assert 'value="5万元"' in page
    assert given()["income_total"] == "2万元"
    browser.post(path, figure("income_total", "5万元") | {"was.income_total": "2万元"})
    assert given()["income_total"] == "5万元"


def test_nobody_else_gets_in(browse: Any, form_id: int, with_units: tuple[int, int]) -> None:
    head, _ = with_units
    for userid in ("hesui", "linfan", "wuheng", "zhouning"):
        assert browse(userid).get(f"/pages/units/{form_id}").status_code == 404
        response = browse(userid).post(f"/pages/units/{form_id}/{head}", figure("x", "1"))
        assert response.status_code == 404


def test_another_departments_unit_is_not_there(
    services: Services, browse: Any, form_id: int, with_units: tuple[int, int]
) -> None:
    with services.database.begin() as tx:
        foreign = units.upsert(tx, 2, "01", "救助站")
    browser = browse("chenyu")
    assert browser.get(f"/pages/units/{form_id}/{foreign}").status_code == 404
    sent = figure("income_total", "1万元")
    assert browser.post(f"/pages/units/{form_id}/{foreign}", sent).status_code == 404


def test_a_department_without_units_is_told(browse: Any, form_id: int) -> None:
    assert "没有设下属单位" in browse("chenyu").get(f"/pages/units/{form_id}").text

"""The page 清除: asked by one, settled by another, with the tombstone to be seen."""

from typing import Any

import pytest

from bot.services import Services
from storage import answers, purges

SECRET = "北山三号库存放四十七套"
REASON = "误填了不宜上网的内容"


@pytest.fixture
def path(services: Services, form_id: int) -> str:
    with services.database.begin() as tx:
        answers.record(tx, form_id, {"yearly_work": SECRET}, SECRET, "chenyu", services.clock())
    return f"/pages/purge/{form_id}"


def asked(browser: Any, path: str, target: str = "fact:yearly_work", reason: str = REASON) -> Any:
    return browser.post(f"{path}/ask", {"target": target, "reason": reason})


def test_two_people_on_the_page(services: Services, browse: Any, form_id: int, path: str) -> None:
    contact, reviewer = browse("chenyu"), browse("linfan")
    page = contact.get(path).text
    assert "年度总体工作" in page
    assert SECRET not in page
    assert asked(contact, path).status_code == 303
    assert "同意清除</button>" not in contact.get(path).text  # not one's own
    assert "同意清除</button>" in reviewer.get(path).text
    assert reviewer.post(f"{path}/agree", {"purge": "1"}).status_code == 303
    page = contact.get(path).text
    assert "同意，已清除" in page
    assert 'value="fact:yearly_work"' not in page
    with services.database.read() as tx:
        assert answers.present(tx, form_id) == {}


def test_a_no_on_the_page(services: Services, browse: Any, form_id: int, path: str) -> None:
    asked(browse("chenyu"), path)
    coordinator = browse("zhouning")
    assert coordinator.post(f"{path}/refuse", {"purge": "1"}).status_code == 303
    assert "没有同意，内容还在" in coordinator.get(path).text
    with services.database.read() as tx:
        assert answers.present(tx, form_id)["yearly_work"] == SECRET


def test_who_asked_can_t_agree_by_hand(
    services: Services, browse: Any, form_id: int, path: str
) -> None:
    reviewer = browse("linfan")
    asked(reviewer, path)
    response = reviewer.post(f"{path}/agree", {"purge": "1"})
    assert response.status_code == 409
    assert "两个人" in response.text
    with services.database.read() as tx:
        assert purges.of_form(tx, form_id)[0].is_open


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("", REASON),
        ("people:chenyu", REASON),
        ("fact:no_such", REASON),
        ("evidence:99", REASON),
        ("fact:yearly_work", ""),
        ("fact:yearly_work", "机密★1年"),
    ],
)
def test_odd_orders_are_refused(browse: Any, path: str, target: str, reason: str) -> None:
    assert asked(browse("chenyu"), path, target, reason).status_code == 409


@pytest.mark.parametrize("number", ["", "99", "x", "9" * 30])
def test_odd_numbers_are_refused(browse: Any, path: str, number: str) -> None:
    assert browse("linfan").post(f"{path}/agree", {"purge": number}).status_code == 409


def test_another_department_s_order_is_not_settled_here(
    services: Services, browse: Any, form_id: int, path: str
) -> None:
    asked(browse("chenyu"), path)
    response = browse("zhouning").post(f"/pages/purge/{form_id + 1}/agree", {"purge": "1"})
    assert response.status_code == 409
    with services.database.read() as tx:
        assert purges.of_form(tx, form_id)[0].is_open


def test_nothing_marked_is_taken_by_any_page(services: Services, browse: Any, path: str) -> None:
    response = asked(browse("chenyu"), path, reason="密级：机密")
    assert response.status_code == 409
    assert "没有收，也没有保存" in response.text

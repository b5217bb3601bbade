"""Which of several hats an event is meant for, and how a person chooses."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.hats import CARD, Hat, Unclear, hat_for, hats_of
from bot.services import Services
from dialogs.case import Role
from dialogs.events import Chosen, Event, Opened, Said
from storage import departments, people
from storage.interviews import Standing

ONE, TWO = Hat(Role.CONTACT, 1, 11), Hat(Role.CONTACT, 2, 12)
REVIEWER, FINANCE, COORDINATOR = Hat(Role.REVIEWER), Hat(Role.FINANCE), Hat(Role.COORDINATOR)
WAITS = {"pending": {"kind": "send_back"}, "hat": "reviewer"}
ASKED = {"asked_hat": True}


def standing(form_id: int) -> Standing:
    day = datetime(2022, 6, 15, tzinfo=UTC)
    return Standing(form_id, "drafting", 0, form_id + 10, "x", 1, 2021, day, "h", "")


def test_the_hats_of_a_person() -> None:
    both = hats_of(frozenset({Role.CONTACT, Role.REVIEWER}), [standing(2), standing(1)])
    assert both == (ONE, TWO, REVIEWER)
    assert hats_of(frozenset({Role.CONTACT}), []) == (Hat(Role.CONTACT),)
    assert hats_of(frozenset({Role.CONTACT, Role.FINANCE}), []) == (FINANCE,)
    assert hats_of(frozenset(), []) == ()


@pytest.mark.parametrize(
    ("hats", "event", "form_id", "talk", "hat"),
    [
        ((ONE,), Said("x"), None, None, ONE),
        ((REVIEWER,), Opened(), None, None, REVIEWER),
        ((), Said("x"), None, None, None),
        ((ONE,), Said("通过"), None, None, ONE),
        ((ONE,), Said("换身份"), None, None, ONE),
        # Several: asked, then the one that is worn.
        ((ONE, TWO), Said("12"), None, None, Unclear()),
        ((ONE, REVIEWER), Opened(), None, None, Unclear()),
        ((ONE, TWO), Said("12"), None, {"wears": "contact:2"}, TWO),
        ((ONE, REVIEWER), Opened(), None, {"wears": "reviewer"}, REVIEWER),
        ((ONE, TWO), Said("12"), None, {"wears": "contact:3"}, Unclear()),
        ((ONE, TWO), Said("换身份"), None, {"wears": "contact:2"}, Unclear()),
        # The words of a decision.
        ((ONE, REVIEWER), Said("通过"), None, {"wears": "contact:1"}, REVIEWER),
        ((ONE, REVIEWER), Said(" 退回 数字不对"), None, None, REVIEWER),
        ((ONE, FINANCE), Said("接收"), None, None, FINANCE),
        ((ONE, COORDINATOR), Said("通过"), None, {"wears": "contact:1"}, ONE),
        ((ONE, REVIEWER), Said("通过加强管理"), None, {"wears": "contact:1"}, ONE),
        ((ONE, REVIEWER), Said("通过，没意见"), None, {"wears": "contact:1"}, REVIEWER),
        ((ONE, COORDINATOR), Said("换人 甲局 乙 丙"), None, {"wears": "contact:1"}, COORDINATOR),
        # Words of several desks go to the one worn, else it is asked.
        ((REVIEWER, FINANCE), Said("退回 数不对"), None, {"wears": "finance"}, FINANCE),
        ((REVIEWER, COORDINATOR), Said("代审 甲"), None, {"wears": "coordinator"}, COORDINATOR),
        ((ONE, REVIEWER, FINANCE), Said("退回"), None, {"wears": "contact:1"}, Unclear()),
        # A desk that asked for words gets them, but not those that choose a hat.
        ((ONE, REVIEWER), Said("换身份"), None, WAITS, Unclear()),
        ((ONE, REVIEWER), Said("1"), None, {**WAITS, **ASKED}, ONE),
        ((REVIEWER,), Said("换身份"), None, WAITS, REVIEWER),
        ((ONE, REVIEWER), Said("第3题要改"), None, WAITS, REVIEWER),
        ((ONE,), Said("第3题要改"), None, WAITS, ONE),
        # A card says it itself.
        ((ONE, REVIEWER), Chosen("review:1:0", ("approve",)), 1, None, REVIEWER),
        ((ONE, TWO), Chosen("ask:q", ("yes",)), 2, {"wears": "contact:1"}, TWO),
        ((ONE, REVIEWER), Chosen("ask:q", ("yes",)), 1, WAITS, ONE),
        ((ONE,), Chosen("ask:q", ("yes",)), 7, None, None),
        ((ONE,), Chosen("review:1:0", ("approve",)), 1, None, None),
        ((REVIEWER,), Chosen("ask:q", ("yes",)), 1, None, None),
        # The answer to the question which one.
        ((ONE, TWO), Chosen(CARD, ("contact:2",)), None, None, TWO),
        ((ONE, TWO), Chosen(CARD, ("contact:9",)), None, None, Unclear()),
        ((ONE, TWO), Said("2"), None, ASKED, TWO),
        ((ONE, TWO), Said("2。"), None, ASKED, TWO),
        ((ONE, TWO), Said("3"), None, ASKED, Unclear()),
        ((ONE, TWO), Said("0"), None, ASKED, Unclear()),
        ((ONE, TWO), Said("我要填表"), None, ASKED, Unclear()),
    ],
)
def test_which_hat_is_meant(
    hats: tuple[Hat, ...],
    event: Event,
    form_id: int | None,
    talk: dict[str, Any] | None,
    hat: Hat | Unclear | None,
) -> None:
    assert hat_for(hats, event, form_id, talk) == hat


def test_a_tap_chooses_and_every_header_says_the_hat(
    services: Services, line: Any, form_id: int, reply: Any
) -> None:
    with services.database.begin() as tx:
        other = departments.by_code(tx, "302")
        assert other is not None
        people.grant(tx, "chenyu", "contact", other.id)
    assert reply(line.event("chenyu", "enter_agent")) == ""
    (card,) = queued(services, "chenyu")
    assert [b["text"] for b in card["button_list"]] == ["填报人·科工商务局", "填报人·民政局"]
    assert reply(line.click("chenyu", card["task_id"], card["button_list"][1]["key"])) != ""
    assert "〔填报人·民政局〕\n梅州市梅江区民政局: Opened()" in texts(services, "chenyu")[-1]
    drain(services)
    said = reply(line.say("chenyu", "12"))
    assert said == "〔填报人·民政局〕\n梅州市梅江区民政局: Said(text='12')"
    line.say("chenyu", "换单位")
    drain(services)
    assert "科工商务局: Opened()" in reply(line.say("chenyu", "1"))
    assert "科工商务局: Said(text='12')" in reply(line.say("chenyu", "12"))


def test_what_was_said_before_choosing_is_asked_for_again(
    services: Services, line: Any, reply: Any
) -> None:
    with services.database.begin() as tx:
        people.grant(tx, "chenyu", "coordinator")
    assert reply(line.say("chenyu", "2587.01万元")) == ""
    assert "请再发一次" in texts(services, "chenyu")[0]


def test_somebody_with_one_hat_sees_no_header(line: Any, reply: Any) -> None:
    assert reply(line.say("chenyu", "x")).startswith("梅州市梅江区科工商务局")


def queued(services: Services, userid: str) -> list[Any]:
    return [body["template_card"] for body in _bodies(services, userid) if "template_card" in body]


def texts(services: Services, userid: str) -> list[str]:
    return [body["text"]["content"] for body in _bodies(services, userid) if "text" in body]


def _bodies(services: Services, userid: str) -> list[Any]:
    query = "SELECT payload FROM outbox WHERE userid = ? AND state = 'pending' ORDER BY id"
    with services.database.read() as tx:
        return [json.loads(row[0]) for row in tx.exec_driver_sql(query, (userid,))]


def drain(services: Services) -> None:
    with services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent'")

"""Role matrix: each of the cast tries every page with every method; roles.yaml says who gets in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import create_app
from bot.web.frame import page_rule
from storage import deliveries, evidence, files, hands, people, stand_ins, units

TABLE = yaml.safe_load(Path(__file__).with_name("roles.yaml").read_text(encoding="utf-8"))
BASE = "https://jixiao.example.gov.cn"
CAST = {
    "contact": "chenyu",
    "other_contact": "hesui",
    "reviewer": "linfan",
    "stand_in": "gaolan",
    "coordinator": "zhouning",
    "other_coordinator": "luping",
    "finance": "wuheng",
    "colleague": "wenqing",  # who has no pages
}
# What else may stand in an address.
PARTS = {"question_id": "yearly_work", "name": "home"}
SHUT = 404


@pytest.fixture
def app(services, clock, form_id):
    """The app; one coordinator is there for another department only, one leader is away, and
    the form has one file as evidence, the department a unit below it; a colleague helps."""
    with services.database.begin() as tx:
        ours = people.roles(tx, "linfan")[0].department_id
        other = people.roles(tx, "hesui")[0].department_id
        for role in people.roles(tx, "luping"):
            people.revoke(tx, "luping", role.role, role.department_id)
        people.grant(tx, "luping", "coordinator", other)
        stand_ins.add(tx, ours, "linfan", "gaolan", "linfan", clock())
        key = services.files.put(b"%PDF", "a.pdf")
        files.keep(tx, key, "a.pdf", 4, "application/pdf", clock())
        evidence.add(tx, form_id, "", key, "chenyu", clock())
        deliveries.add(tx, form_id, 1, [key], clock(), evidence_key=key)
        units.upsert(tx, ours, "01", "招商服务中心")
        people.grant(tx, "wenqing", "colleague", ours)
        hand = hands.offer(tx, form_id, "section:work", "chenyu", "wenqing", "", clock())
        hands.answer(tx, hand, True, "", clock())
    return create_app(services=services)


def rules(app) -> dict[str, Any]:
    """Every page by "method rule"."""
    found = {}
    for rule in app.url_map.iter_rules():
        page = page_rule(app, rule.endpoint)
        if page:
            found[f"{'POST' if page.post else 'GET'} {rule.rule}"] = rule
    return found


def address(app, rule, form_id: int) -> str:
    values = {name: form_id if name == "form_id" else PARTS.get(name, 1) for name in rule.arguments}
    return app.url_map.bind("jixiao.example.gov.cn").build(rule.endpoint, values)


def test_every_page_has_a_row_and_every_row_a_page(app):
    assert set(rules(app)) == set(TABLE)


def test_the_cast_of_the_table_is_known():
    named = {who for row in TABLE.values() if row != "all" for who in row}
    assert named <= set(CAST)


@pytest.mark.parametrize("who", CAST)
def test_who_gets_in_where(app, browser_of, form_id, who):
    browser = browser_of(app, CAST[who])
    token = browser.token()
    wrong = []
    # Looking first: what is done may take away what there is to see.
    for key, rule in sorted(rules(app).items()):
        if key not in TABLE:
            continue  # said by the test above
        path = address(app, rule, form_id)
        if key.startswith("POST"):
            data = {"csrf_token": token}
            status = browser.client.post(path, base_url=BASE, data=data).status_code
        else:
            status = browser.client.get(path, base_url=BASE).status_code
        let_in = TABLE[key] == "all" or who in TABLE[key]
        if (status == SHUT) == let_in or status == 500:
            wrong.append(f"{key}: {who} got {status}")
    assert wrong == []


def test_nobody_gets_in_anywhere(app, form_id):
    client = app.test_client()
    for key, rule in rules(app).items():
        path = address(app, rule, form_id)
        if key.startswith("POST"):
            assert client.post(path, base_url=BASE).status_code == 401, key
        else:
            response = client.get(path, base_url=BASE)
            assert response.status_code == 302, key
            assert response.headers["Location"].startswith("https://open.weixin.qq.com/"), key


def test_every_post_needs_the_token(app, browser_of, form_id):
    for who in CAST.values():
        browser = browser_of(app, who)
        browser.get("/pages/home")
        for key, rule in rules(app).items():
            if key.startswith("POST"):
                path = address(app, rule, form_id)
                assert browser.client.post(path, base_url=BASE).status_code == 403, key


def test_who_is_no_longer_active_gets_in_nowhere(app, services, browser_of, form_id):
    browsers = {who: browser_of(app, userid) for who, userid in CAST.items()}
    for browser in browsers.values():
        assert browser.get("/pages/home").status_code == 200
    with services.database.begin() as tx:
        for userid in CAST.values():
            people.upsert(tx, userid, "x", active=False)
    for browser in browsers.values():
        for key, rule in rules(app).items():
            if key.startswith("GET"):
                path = address(app, rule, form_id)
                assert browser.client.get(path, base_url=BASE).status_code == 403, key


def test_addresses_that_are_no_pages_are_known(app):
    """Whatever else answers: the callback, the login's return, files, what operators look at."""
    others = {rule.rule for rule in app.url_map.iter_rules() if not page_rule(app, rule.endpoint)}
    assert others == {
        "/wecom/callback",
        "/pages/login",
        "/pages/static/<path:filename>",
        "/healthz",
        "/readyz",
        "/metrics",
    }

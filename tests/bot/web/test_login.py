"""Sign-in by WeChat Work: there and back, used codes, forged answers, strangers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.web.keys import mark_of
from bot.web.links import link
from bot.wecom.errors import UnknownOutcome
from storage import people

HOME = "/pages/home"
BASE = "https://jixiao.example.gov.cn"


def get(browser, path):
    return browser.client.get(path, base_url=BASE)


def state_of(response):
    return parse_qs(urlsplit(response.headers["Location"]).query)["state"][0]


def test_the_login_is_asked_in_the_order_that_clients_need(browse):
    address = get(browse("chenyu"), HOME).headers["Location"]
    assert address.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?")
    assert address.endswith("#wechat_redirect")
    query = urlsplit(address).query
    names = ["appid", "redirect_uri", "response_type", "scope", "state", "agentid"]
    assert list(parse_qs(query)) == names
    assert parse_qs(query)["redirect_uri"] == [f"{BASE}/pages/login"]
    assert parse_qs(query)["scope"] == ["snsapi_base"]


def test_a_state_is_fresh_each_time_and_of_letters_and_digits(browse):
    browser = browse("chenyu")
    states = {state_of(get(browser, HOME)) for _ in range(5)}
    assert len(states) == 5
    assert all(state.isalnum() and state.isascii() and len(state) <= 128 for state in states)


def test_who_signed_in_lands_on_the_page_that_was_asked_for(browse, form_id):
    response = browse("chenyu").get(f"/pages/texts/{form_id}")
    assert response.status_code == 200
    assert response.request.path == f"/pages/texts/{form_id}"
    assert "梅州市梅江区科工商务局" in response.text


def test_the_session_cookie_is_guarded(browse):
    browser = browse("chenyu")
    response = browser.follow(get(browser, HOME))
    cookie = next(c for c in response.headers.getlist("Set-Cookie") if c.startswith("jixiao="))
    for part in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/pages"):
        assert part in cookie


def test_a_state_of_another_browser_signs_nobody_in(browse, door):
    """The link of somebody who wants another to work under their name."""
    victim, attacker = browse("hesui"), browse("chenyu")
    state = state_of(get(attacker, HOME))
    response = get(victim, f"/pages/login?code={door.give('chenyu')}&state={state}")
    assert response.status_code == 400
    assert "登录没有完成" in response.text
    assert not door.spent


@pytest.mark.parametrize("query", ["", "code=x", "state=", "code=x&state=nothing"])
def test_a_bare_answer_is_refused(browse, query):
    assert get(browse("chenyu"), f"/pages/login?{query}").status_code == 400


def test_a_used_code_starts_the_login_over_once(browse, door):
    browser = browse("chenyu")
    used = door.give("chenyu")
    door.spent.add(used)
    first = get(browser, HOME)
    again = get(browser, f"/pages/login?code={used}&state={state_of(first)}")
    assert urlsplit(again.headers["Location"]).netloc == "open.weixin.qq.com"
    assert state_of(again) != state_of(first)
    last = get(browser, f"/pages/login?code={used}&state={state_of(again)}")
    assert last.status_code == 400
    assert "登录没有完成" in last.text


def test_after_one_restart_a_good_code_signs_in(browse, door):
    browser = browse("chenyu")
    first = get(browser, "/pages/texts/1")
    again = get(browser, f"/pages/login?code=old&state={state_of(first)}")
    response = get(browser, f"/pages/login?code={door.give('chenyu')}&state={state_of(again)}")
    assert response.headers["Location"] == "/pages/texts/1"


def test_a_step_back_into_a_used_state_leads_home(browse, door):
    browser = browse("chenyu")
    first = get(browser, HOME)
    there = f"/pages/login?code={door.give('chenyu')}&state={state_of(first)}"
    assert get(browser, there).headers["Location"] == HOME
    assert get(browser, there).headers["Location"] == HOME


def test_a_login_is_over_after_ten_minutes(browse, door, clock):
    browser = browse("chenyu")
    state = state_of(get(browser, HOME))
    clock.advance(601)
    response = get(browser, f"/pages/login?code={door.give('chenyu')}&state={state}")
    assert response.status_code == 400


def test_outsiders_and_unknown_members_hear_whom_to_ask(browse):
    for userid in (None, "passer-by"):
        response = browse(userid).get(HOME)
        assert response.status_code == 403
        assert "周宁" in response.text


def test_an_account_in_other_letters_is_the_same_person(browse):
    assert "陈宇" in browse("ChenYu").get(HOME).text


def test_when_wechat_work_does_not_answer_nothing_is_promised(browse, api):
    def fail(code):
        raise UnknownOutcome("auth/getuserinfo", "no answer")

    browser = browse("chenyu")
    api.oauth_user = fail
    response = browser.get(HOME)
    assert response.status_code == 503
    assert "Traceback" not in response.text


def test_a_link_for_somebody_else_signs_in_anew(browse, settings):
    browser = browse("chenyu")
    assert "陈宇" in browser.get(HOME).text
    browser.userid = "hesui"
    theirs = link(settings, "home", userid="hesui").removeprefix(BASE)
    assert "何穗" in browser.get(theirs).text


def test_a_forwarded_link_shows_the_reader_their_own_page(browse, settings):
    """The mark opens nothing, and the login isn't asked for ever."""
    response = browse("hesui").get(link(settings, "home", userid="chenyu").removeprefix(BASE))
    assert response.status_code == 200
    assert "何穗" in response.text


def test_a_mark_does_not_tell_who_it_stands_for(settings):
    mark = mark_of(settings, "chenyu")
    assert len(mark) == 12
    assert mark != mark_of(settings.model_copy(update={"corp_id": "wwother"}), "chenyu")


def test_no_address_outside_is_ever_gone_to(browse):
    for path in ("//evil.example/", "/pages/login?state=x&next=https://evil.example"):
        response = get(browse("chenyu"), path)
        assert "evil" not in response.headers.get("Location", "")


@pytest.mark.parametrize(
    "path", ["/pages/a%0d%0aSet-Cookie:b=c", "/pages/home%3Fx", "/pages/%E9%A1%B5"]
)
def test_odd_addresses_are_come_back_to_as_they_were(browse, path):
    browser = browse("chenyu")
    landed = browser.follow(get(browser, path))
    assert landed.status_code == 303
    assert landed.headers["Location"].lower() == path.lower().replace(":", "%3a").replace(
        "=", "%3d"
    )


def test_a_session_ends_after_hours_without_a_request(browse, clock, settings):
    browser = browse("chenyu")
    browser.get(HOME)
    clock.advance(settings.session_hours * 3600 - 10)
    assert get(browser, HOME).status_code == 200
    clock.advance(settings.session_hours * 3600 - 10)
    assert get(browser, HOME).status_code == 200
    clock.advance(settings.session_hours * 3600 + 10)
    assert get(browser, HOME).status_code == 302


@pytest.mark.parametrize(
    ("origin", "shown"), [(BASE, True), ("https://elsewhere.example", False), ("", False)]
)
def test_what_is_sent_after_the_session_ended_stands_on_the_page(
    browse, form_id, clock, origin, shown
):
    """Only for who wrote it on our page: others must not make us show words of theirs."""
    browser = browse("chenyu")
    data = {"csrf_token": browser.token(), "text.yearly_work": "全年<b>工作</b>平稳"}
    clock.advance(100 * 3600)
    path = f"/pages/texts/{form_id}/yearly_work"
    headers = {"Origin": origin} if origin else {}
    response = browser.client.post(path, base_url=BASE, data=data, headers=headers)
    assert response.status_code == 401
    assert ("全年&lt;b&gt;工作&lt;/b&gt;平稳" in response.text) is shown
    assert ("先复制下来" in response.text) is shown


def test_access_ends_at_once_with_the_role_and_with_the_person(browse, services, form_id):
    browser = browse("chenyu")
    path = f"/pages/texts/{form_id}"
    assert browser.get(path).status_code == 200
    with services.database.begin() as tx:
        department = people.roles(tx, "chenyu")[0].department_id
        people.revoke(tx, "chenyu", "contact", department)
    assert browser.get(path).status_code == 404
    with services.database.begin() as tx:
        people.upsert(tx, "chenyu", "陈宇", active=False)
    assert browser.get(HOME).status_code == 403


def test_another_secret_ends_all_sessions(browse, services, settings, door):
    from bot.web.keys import derive

    other = settings.model_copy(update={"agent_id": 7})
    assert derive(settings, "session") != derive(other, "session")
    assert derive(settings, "session") != derive(settings, "login")


def test_without_a_public_address_pages_say_so(services, door):
    from dataclasses import replace

    from bot.app import create_app

    bare = services.settings.model_copy(update={"public_url": ""})
    client = create_app(services=replace(services, settings=bare)).test_client()
    response = client.get(HOME)
    assert response.status_code == 503
    assert "JIXIAO_PUBLIC_URL" in response.text
    assert link(bare, "home") == ""

"""Contacts, agent and menu calls, and web login."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from emulator.clock import ManualClock
from emulator.world import World

TARGET = "http://127.0.0.1:5000/page?x=1"


def test_members_and_departments(api: Any) -> None:
    member = api.get("user/get", userid="WANG.fang")
    assert (member["userid"], member["department"], member["status"]) == ("Wang.Fang", [2], 1)
    assert "mobile" not in member
    assert api.get("user/get", userid="nobody")["errcode"] == 60111
    assert api.get("user/get", userid="gone")["errcode"] == 60011
    listed = api.get("user/simplelist", department_id=1, fetch_child=1)["userlist"]
    assert [m["userid"] for m in listed] == ["li", "Wang.Fang"]
    direct = api.get("user/simplelist", department_id=1)["userlist"]
    assert [m["userid"] for m in direct] == ["li"]
    assert [d["id"] for d in api.get("department/list")["department"]] == [1, 2]
    assert api.get("department/list", id=9)["errcode"] == 60003


def test_a_member_changes(api: Any) -> None:
    def change(**fields: object) -> Any:
        return api.client.post("/emulator/members", json=fields)

    assert change(userid="li", name="李清", status=2).status_code == 200
    member = api.get("user/get", userid="li")
    assert (member["name"], member["status"]) == ("李清", 2)
    assert api.send("text", {"content": "x"})["errcode"] == 81013
    assert change(userid="LI", status=1, in_range=False).status_code == 200
    assert api.get("user/get", userid="li")["errcode"] == 60011
    assert change(userid="li", gone=True).status_code == 200
    assert api.get("user/get", userid="li")["errcode"] == 60111
    assert change(userid="li", status=1).status_code == 404
    assert change(userid="Wang.Fang", status=3).status_code == 400


def test_agent(api: Any) -> None:
    agent = api.get("agent/get", agentid=1000002)
    assert [u["userid"] for u in agent["allow_userinfos"]["user"]] == ["li", "Wang.Fang"]
    assert agent["redirect_domain"] == "127.0.0.1:5000"
    assert api.get("agent/get", agentid=5)["errcode"] == 301002


def click(name: str = "进度", key: str = "k") -> dict[str, Any]:
    return {"type": "click", "name": name, "key": key}


@pytest.mark.parametrize(
    ("buttons", "errcode"),
    [
        ([], 40016),
        ([click()] * 4, 40016),
        ([click(name="六个字的名字")], 40018),
        ([click(name="")], 41102),
        ([click(key="")], 40019),
        ([{"type": "dance", "name": "x", "key": "k"}], 40017),
        ([{"type": "view", "name": "x", "url": "a.cn"}], 40055),
        ([{"name": "x", "sub_button": [click()] * 6}], 40023),
        ([{"name": "x", "sub_button": [click() | {"sub_button": [click()]}]}], 40022),
        ([{"name": "x", "sub_button": [click(name="长" * 14)]}], 40025),
        ([{"name": "x", "sub_button": [{"type": "view", "name": "y", "url": "a"}]}], 40054),
        ([click(), {"name": "更多", "sub_button": [click(name="帮助", key="h")]}], 0),
    ],
)
def test_menu_rules(api: Any, buttons: list[dict[str, Any]], errcode: int) -> None:
    answer = api.post("menu/create", {"button": buttons}, agentid=1000002)
    assert answer["errcode"] == errcode


def test_menu_get_and_delete(api: Any) -> None:
    assert api.get("menu/get", agentid=1000002)["errcode"] == 46003
    api.post("menu/create", {"button": [click()]}, agentid=1000002)
    assert api.get("menu/get", agentid=1000002)["button"] == [click()]
    assert api.get("menu/delete", agentid=1000002)["errcode"] == 0
    assert api.get("menu/get", agentid=1000002)["errcode"] == 46003


class TestLogin:
    """The authorize page and the code it hands out."""

    def authorize(self, api: Any, **more: str) -> Any:
        query = {
            "appid": "wwemu0001",
            "redirect_uri": TARGET,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": "abc123",
            "wwemu_as": "li",
        }
        return api.client.get("/connect/oauth2/authorize", query_string=query | more)

    def code(self, api: Any, **more: str) -> str:
        where = urlsplit(self.authorize(api, **more).headers["Location"])
        return parse_qs(where.query)["code"][0]

    def test_it_leads_back_with_code_and_state(self, api: Any) -> None:
        where = urlsplit(self.authorize(api).headers["Location"])
        assert (where.netloc, where.path) == ("127.0.0.1:5000", "/page")
        found = parse_qs(where.query)
        assert (found["x"], found["state"]) == (["1"], ["abc123"])

    def test_a_code_works_once(self, api: Any) -> None:
        code = self.code(api)
        assert api.get("auth/getuserinfo", code=code)["userid"] == "li"
        assert api.get("auth/getuserinfo", code=code)["errcode"] == 42022
        assert api.get("auth/getuserinfo", code="?")["errcode"] == 40029

    def test_a_code_lives_five_minutes(self, api: Any, clock: ManualClock) -> None:
        code = self.code(api)
        clock.advance(timedelta(minutes=5))
        assert api.get("auth/getuserinfo", code=code)["errcode"] == 42003

    def test_somebody_outside_has_no_userid(self, api: Any) -> None:
        answer = api.get("auth/getuserinfo", code=self.code(api, wwemu_as="@outsider"))
        assert "userid" not in answer
        assert answer["openid"]

    def test_members_outside_the_range_get_in_all_the_same(self, api: Any) -> None:
        code = self.code(api, wwemu_as="gone")
        assert api.get("user/getuserinfo", code=code)["UserId"] == "gone"

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"redirect_uri": "http://127.0.0.1:5001/page"}, "50001"),
            ({"redirect_uri": "http://127.0.0.1/page"}, "50001"),
            ({"appid": "wwemu9"}, "40013"),
            ({"state": "a-b"}, "84025"),
            ({"scope": "all"}, "40058"),
        ],
    )
    def test_refusals_are_pages(self, api: Any, more: dict[str, str], code: str) -> None:
        response = self.authorize(api, **more)
        assert response.status_code == 200
        assert code in response.text

    def test_links_of_the_chat_page_open_as_their_owner(self, api: Any) -> None:
        opened = api.client.get(
            "/emulator/open", query_string={"userid": "Wang.Fang", "url": TARGET}
        )
        assert opened.headers["Location"] == TARGET
        code = self.code(api, wwemu_as="")
        assert api.get("auth/getuserinfo", code=code)["userid"] == "Wang.Fang"

    def test_another_members_client_has_no_cookies_of_the_one_before(self, api: Any) -> None:
        for userid in ("li", "Wang.Fang"):
            query = {"userid": userid, "url": TARGET}
            opened = api.client.get("/emulator/open", query_string=query)
            if userid == "Wang.Fang":
                assert opened.headers["Clear-Site-Data"] == '"cookies"'
                opened = api.client.get(opened.headers["Location"])
            assert "Clear-Site-Data" not in opened.headers
            assert opened.headers["Location"] == TARGET

    def test_without_an_owner_it_asks(self, api: Any) -> None:
        page = self.authorize(api, wwemu_as="").text
        assert "李青" in page
        assert "wwemu_as=li" in page

    def test_a_link_must_be_a_web_address(self, api: Any) -> None:
        query = {"userid": "li", "url": "javascript:alert(1)"}
        response = api.client.get("/emulator/open", query_string=query)
        assert response.status_code == 200
        assert "45034" in response.text

    def test_odd_order_is_noted(self, api: Any, world: World) -> None:
        self.authorize(api)
        assert world.journal.entries() == []
        api.client.get(
            "/connect/oauth2/authorize?redirect_uri=http://127.0.0.1:5000/&appid=wwemu0001"
            "&response_type=code&scope=snsapi_base&wwemu_as=li"
        )
        assert [e.code for e in world.journal.entries()] == ["authorize_order"]

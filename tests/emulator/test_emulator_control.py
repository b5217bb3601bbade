"""The control API and the page."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import emulator
from emulator.app import create_app
from emulator.clock import FileClock, ManualClock
from emulator.phrases import phrase
from emulator.settings import Settings
from emulator.world import World

HOME = Path(emulator.__file__).parent


def test_a_member_acts_and_the_state_shows_it(
    api: Any, bot: Any, button_card: dict[str, Any], vote_card: dict[str, Any]
) -> None:
    client = api.client
    bot.answer = lambda root: (
        {"MsgType": "text", "Content": "在"} if root.findtext("MsgType") == "text" else None
    )
    said = client.post("/emulator/say", json={"userid": "li", "text": "在吗"}).get_json()
    assert [b["content"]["content"] for b in said["bubbles"]] == ["在"]
    api.send("template_card", button_card)
    api.send("template_card", vote_card)
    press = {"userid": "li", "message_id": 3, "key": "no"}
    assert client.post("/emulator/press", json=press).status_code == 200
    submit = {"userid": "li", "message_id": 4, "picked": ["b"]}
    assert client.post("/emulator/submit", json=submit).status_code == 200
    state = client.get("/emulator/state").get_json()
    messages = state["messages"]["li"]
    assert [(m["sender"], m["kind"]) for m in messages[:2]] == [("member", "text"), ("bot", "text")]
    assert messages[2]["card"]["pressed"] == "no"
    assert messages[3]["card"]["selected"] == {"q": ["b"]}
    assert state["journal"] == []


def test_messages_since_a_revision_include_changed_ones(
    api: Any, world: World, button_card: dict[str, Any]
) -> None:
    code = api.send("template_card", button_card)["response_code"]
    api.send("text", {"content": "x"})
    first = api.client.get("/emulator/messages?userid=LI").get_json()
    assert [m["id"] for m in first["messages"]] == [1, 2]
    update = {"userids": ["li"], "agentid": 1000002, "response_code": code}
    api.post("message/update_template_card", update | {"button": {"replace_name": "好"}})
    later = api.client.get(f"/emulator/messages?userid=li&since={first['rev']}").get_json()
    assert [(m["id"], m["card"]["grey"]) for m in later["messages"]] == [(1, True)]
    assert api.client.get("/emulator/messages?userid=nobody").status_code == 404


def test_what_cannot_be_done_is_said_in_chinese(api: Any) -> None:
    answer = api.client.post("/emulator/say", json={"userid": "gone", "text": "x"})
    assert answer.status_code == 409
    assert "可见范围" in answer.get_json()["error"]
    missing = api.client.post("/emulator/say", json={"userid": "li"})
    assert (missing.status_code, "text" in missing.get_json()["error"]) == (400, True)


def test_photos_go_and_files_do_not(api: Any, bot: Any, jpeg: bytes) -> None:
    def upload(content: bytes, name: str, way: str) -> None:
        form = {"file": (io.BytesIO(content), name)}
        url = f"/emulator/send_file?userid=li&as={way}"
        assert api.client.post(url, data=form).status_code == 200

    upload(jpeg, "照片.jpg", "photo")
    assert bot.last("MsgType") == "image"
    upload(jpeg, "照片.jpg", "file")
    upload(b"PK....", "表.xlsx", "photo")
    assert len(bot.got) == 1


def test_the_feed_carries_everything_the_page_needs(api: Any, clock: ManualClock) -> None:
    api.send("text", {"content": "x"}, touser="@all")
    feed = api.client.get("/emulator/feed").get_json()
    assert feed["now"] == clock().isoformat()
    assert [m["name"] for m in feed["members"]] == ["李青", "王芳", "赵远"]
    assert len(feed["messages"]) == 2
    assert feed["player"]["available"] is False
    again = api.client.get(f"/emulator/feed?since={feed['rev']}").get_json()
    assert again["messages"] == []


def test_the_clock_is_steered_by_http(settings: Settings, tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock.json", real=lambda: 1000.0)
    client = create_app(World(settings, clock)).test_client()
    before = clock()
    client.post("/emulator/clock", json={"advance": 3600})
    assert clock() - before == timedelta(hours=1)
    client.post("/emulator/clock", json={"speed": 60})
    assert client.get("/emulator/feed").get_json()["speed"] == 60
    client.post("/emulator/clock", json={"set": "2026-05-01T00:00:00+08:00"})
    assert clock().isoformat() == "2026-04-30T16:00:00+00:00"
    assert client.post("/emulator/clock", json={"speed": -5}).status_code == 400
    assert client.post("/emulator/clock", json={}).status_code == 400


def test_tokens_and_address_by_http(api: Any) -> None:
    assert api.get("getcallbackip")["errcode"] == 0
    api.client.post("/emulator/tokens/invalidate")
    assert api.get("getcallbackip")["errcode"] == 40014
    assert api.client.post("/emulator/verify").get_json() == {"ok": True, "reason": ""}


def test_the_page_and_all_its_files_are_served_from_here(api: Any) -> None:
    page = api.client.get("/").text
    assert "企业微信模拟器" in page
    sources = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert len(sources) == 3
    for source in sources:
        with api.client.get(source) as response:
            assert response.status_code == 200
    for path in (HOME / "static").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "://" not in text.replace("https?:\\/\\/", ""), path
        for name in re.findall(r'from "\./([^"]+)"', text):
            assert (HOME / "static" / name).exists()


def test_every_code_in_the_source_has_its_sentence() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in HOME.rglob("*.py"))
    for code in re.findall(r'Refused\("(\w+)"', source):
        assert phrase_exists("refused", code)
    noted = re.findall(
        r'(?:journal|_state\.journal|state\.journal)\.note\(\s*"(\w+)",\s*"(\w+)"', source
    )
    assert len(noted) > 10
    for kind, code in noted:
        assert phrase("kinds", kind)
        assert phrase_exists("journal", code)


def phrase_exists(group: str, code: str) -> bool:
    names = ("key", "names", "option", "userid", "limit", "msgtype", "seconds", "what", "size")
    more = ("most", "path", "why", "status", "tries")
    return bool(phrase(group, code, **dict.fromkeys(names + more, "x")))

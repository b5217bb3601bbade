"""Events and messages that no click on the chat page makes."""

from typing import Any

import pytest

from emulator.events import UNASKED, USUAL, WITHOUT_AGENT
from emulator.world import World


@pytest.mark.parametrize("event", sorted(USUAL))
def test_every_event_arrives(world: World, bot: Any, event: str) -> None:
    world.happen(event, "li")
    assert (bot.last("MsgType"), bot.last("Event"), bot.last("MsgId")) == ("event", event, None)
    assert bot.last("FromUserName") == ("sys" if event in UNASKED else "li")
    assert (bot.last("AgentID") is None) == (event in WITHOUT_AGENT)


def test_fields_can_be_given(world: World, bot: Any) -> None:
    world.happen("change_contact", fields={"ChangeType": "delete_user", "UserID": "gone"})
    assert (bot.last("ChangeType"), bot.last("UserID")) == ("delete_user", "gone")
    world.happen("something_new", "li", {"Deep": {"Er": [1, 2]}})
    assert [each.text for each in bot.got[-1].findall("Deep/Er")] == ["1", "2"]


def test_by_http(bot: Any, api: Any) -> None:
    order = {"userid": "li", "event": "scancode_waitmsg", "fields": {"EventKey": "scan"}}
    assert api.client.post("/emulator/event", json=order).status_code == 200
    assert bot.last("EventKey") == "scan"
    assert bot.last("ScanCodeInfo/ScanResult") == "1"
    order = {"userid": "li", "msgtype": "sticker", "fields": {"Sticker": "x"}}
    assert api.client.post("/emulator/message", json=order).status_code == 200
    assert (bot.last("MsgType"), bot.last("Sticker")) == ("sticker", "x")
    assert api.client.post("/emulator/event", json={"event": "view"}).status_code == 409


def test_videos_may_be_untold(world: World, bot: Any) -> None:
    world.switch(deliver_video_messages=False)
    assert world.send_video("li", b"....ftypmp4") == []
    assert bot.got == []
    assert [entry.code for entry in world.journal.entries()] == ["video_untold"]

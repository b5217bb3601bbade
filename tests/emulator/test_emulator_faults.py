"""Switched faults: what goes wrong on the way, and what was processed all the same."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from emulator.app import create_app
from emulator.faults import Fault
from emulator.transport import wsgi_session
from emulator.world import World

BASE = "https://qyapi.example/cgi-bin"


@pytest.fixture
def send(world: World) -> Callable[[], requests.Response]:
    """Sends a text over a session that ends in the emulator."""
    session = wsgi_session(create_app(world))
    query = {"corpid": world.settings.corp_id, "corpsecret": world.settings.secret}
    token = session.get(f"{BASE}/gettoken", params=query).json()["access_token"]
    body = {"touser": "li", "msgtype": "text", "agentid": 1000002, "text": {"content": "x"}}
    return lambda: session.post(f"{BASE}/message/send", params={"access_token": token}, json=body)


Send = Callable[[], requests.Response]


def test_reset_before_processes_nothing(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="reset_before", path="message/send"))
    with pytest.raises(requests.ConnectionError):
        send()
    assert world.seen("li") == []
    assert send().json()["errcode"] == 0


def test_reset_after_has_processed_everything(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="reset_after", path="message/send"))
    with pytest.raises(requests.ConnectionError):
        send()
    assert len(world.seen("li")) == 1


def test_bad_gateway_is_html(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="bad_gateway"))
    response = send()
    assert response.status_code == 502
    assert response.headers["Content-Type"].startswith("text/html")
    assert world.seen("li") == []


def test_truncated_json_after_processing(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="truncated", path="message/send"))
    with pytest.raises(requests.exceptions.JSONDecodeError):
        send().json()
    assert len(world.seen("li")) == 1


def test_any_errcode_so_many_times(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="errcode", errcode=45033, times=2))
    assert [send().json()["errcode"] for _ in range(3)] == [45033, 45033, 0]


def test_silent_drop_is_noted(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="drop"))
    assert send().json()["errcode"] == 0
    assert world.seen("li") == []
    assert [e.code for e in world.journal.entries("dropped")] == ["fault_drop"]


def test_latency_waits_in_real_time(world: World, send: Send) -> None:
    waited: list[float] = []
    world.pause = waited.append
    world.faults.add(Fault(kind="latency", seconds=7))
    world.faults.add(Fault(kind="latency", seconds=3, where="callback"))
    send()
    world.say("li", "1")
    assert waited == [7, 3]


def test_stopped_app_and_refused_address(world: World, send: Send) -> None:
    world.faults.agent_disabled = True
    assert send().json()["errcode"] == 50003
    world.faults.address_refused = True
    answer = send().json()
    assert answer["errcode"] == 60020
    assert "from ip: 203.0.113.7" in answer["errmsg"]
    world.faults.clear()
    assert send().json()["errcode"] == 0


def test_lost_and_doubled_callbacks(world: World, bot: Any) -> None:
    bot.answer = lambda _root: {"MsgType": "text", "Content": "ok"}
    world.faults.add(Fault(where="callback", kind="lost"))
    assert world.say("li", "1") == []
    assert bot.got == []
    world.faults.add(Fault(where="callback", kind="duplicate"))
    assert len(world.say("li", "2")) == 1
    first, second = bot.got
    assert first.findtext("MsgId") == second.findtext("MsgId")
    assert [e.code for e in world.journal.entries()] == ["fault_lost", "fault_again"]


def test_switching_by_http(world: World, api: Any) -> None:
    client = api.client
    assert client.post("/emulator/faults", json={"kind": "nonsense"}).status_code == 400
    client.post("/emulator/faults", json={"kind": "bad_gateway", "path": "gettoken"})
    assert client.get("/cgi-bin/gettoken").status_code == 502
    client.post("/emulator/switches", json={"agent_disabled": True})
    assert client.get("/emulator/faults").get_json()["agent_disabled"] is True
    assert client.delete("/emulator/faults").get_json()["agent_disabled"] is False

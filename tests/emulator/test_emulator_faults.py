"""Switched faults: what goes wrong on the way, and what was processed all the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
import requests
from pydantic import ValidationError

from emulator.app import create_app
from emulator.faults import AT_API, AT_CALLBACK, EVERYWHERE, Fault, Faults, Kind
from emulator.settings import SWITCHES
from emulator.storm import storm
from emulator.transport import wsgi_session
from emulator.world import World

BASE = "https://qyapi.example/cgi-bin"
Send = Callable[..., requests.Response]


@pytest.fixture
def send(world: World) -> Send:
    """Sends a text over a session that ends in the emulator."""
    session = wsgi_session(create_app(world))
    query = {"corpid": world.settings.corp_id, "corpsecret": world.settings.secret}
    token = session.get(f"{BASE}/gettoken", params=query).json()["access_token"]
    body = {"touser": "li", "msgtype": "text", "agentid": 1000002, "text": {"content": "x"}}

    def send(**more: Any) -> requests.Response:
        url = f"{BASE}/message/send"
        return session.post(url, params={"access_token": token}, json=body | more)

    return send


class TestOnTheWayIn:
    """Nothing was processed."""

    def test_reset_before(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="reset_before", path="message/send"))
        with pytest.raises(requests.ConnectionError):
            send()
        assert world.seen("li") == []
        assert send().json()["errcode"] == 0

    @pytest.mark.parametrize(("kind", "status"), [("bad_gateway", 502), ("portal", 200)])
    def test_somebody_elses_page(self, world: World, send: Send, kind: Any, status: int) -> None:
        world.faults.add(Fault(kind=kind))
        response = send()
        assert response.status_code == status
        assert response.headers["Content-Type"].startswith("text/html")
        assert response.text.startswith("<html>")
        assert world.seen("li") == []

    def test_any_errcode_so_many_times(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="errcode", errcode=45033, times=2))
        assert [send().json()["errcode"] for _ in range(3)] == [45033, 45033, 0]
        assert len(world.seen("li")) == 1

    def test_tokens_die_early(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="token_death"))
        assert [send().json()["errcode"] for _ in range(2)] == [40014, 40014]


class TestOnTheWayOut:
    """Everything was processed, and the caller can't know."""

    @pytest.fixture(autouse=True)
    def _seen(self, world: World) -> Any:
        yield
        assert len(world.seen("li")) == 1

    def test_reset_after(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="reset_after", path="message/send"))
        with pytest.raises(requests.ConnectionError):
            send()

    def test_gateway_timeout(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="gateway_timeout"))
        response = send()
        assert (response.status_code, response.text[:6]) == (504, "<html>")

    def test_truncated_json(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="truncated", path="message/send"))
        with pytest.raises(requests.exceptions.JSONDecodeError):
            send().json()

    def test_empty(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="empty"))
        response = send()
        assert (response.status_code, response.content) == (200, b"")

    def test_wrong_content_type(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="wrong_type"))
        response = send()
        assert response.headers["Content-Type"].startswith("text/html")
        assert response.json()["errcode"] == 0


class TestSilentLosses:
    """errcode 0, and nobody sees it."""

    def test_drop_is_noted(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="drop"))
        assert "invaliduser" not in send().json()
        assert world.seen("li") == []
        noted = [(e.code, e.userid) for e in world.journal.entries("dropped")]
        assert noted == [("fault_drop", "li")]

    def test_invaliduser_inside_errcode_0(self, world: World, send: Send) -> None:
        world.faults.add(Fault(kind="invaliduser", userid="wang.fang"))
        answer = send(touser="li|Wang.Fang").json()
        assert (answer["errcode"], answer["invaliduser"]) == (0, "wang.fang")
        assert (len(world.seen("li")), len(world.seen("Wang.Fang"))) == (1, 0)


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


def test_a_fault_may_concern_one_member(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="bad_gateway", userid="Wang.Fang"))
    assert send().status_code == 200
    assert send(touser="wang.fang").status_code == 502


def test_a_fault_may_spare_the_first(world: World, send: Send) -> None:
    world.faults.add(Fault(kind="bad_gateway", skip=2))
    assert [send().status_code for _ in range(4)] == [200, 200, 502, 200]


class TestDice:
    """With a rate below 1 a fault strikes now and then, until cleared."""

    def struck(self, faults: Faults) -> list[bool]:
        return [bool(faults.take("api", "empty", "message/send")) for _ in range(200)]

    def test_the_same_seed_the_same_strikes(self) -> None:
        series = []
        for seed in (1, 1, 2):
            faults = Faults(seed)
            faults.add(Fault(kind="empty", rate=0.3))
            series.append(self.struck(faults))
        first, again, other = series
        assert first == again != other
        assert 30 < sum(first) < 90

    def test_other_faults_do_not_change_the_dice_of_one(self) -> None:
        alone, beside = Faults(1), Faults(1)
        for faults in (alone, beside):
            faults.add(Fault(kind="empty", rate=0.3))
        beside.add(Fault(kind="latency", rate=0.3))
        beside.take("api", "latency", "message/send")
        assert self.struck(alone) == self.struck(beside)

    def test_a_rate_can_be_bounded(self) -> None:
        faults = Faults()
        faults.add(Fault(kind="empty", rate=0.5, times=3))
        assert sum(self.struck(faults)) == 3

    def test_a_storm_has_every_fault_that_loses_nothing(self) -> None:
        calm, wild = storm(0.05), storm(0.05, losses=True)
        assert all(fault.times is None and 0 < fault.rate <= 0.05 for fault in wild)
        kinds = {(fault.where, fault.kind) for fault in wild}
        left_out = {("callback", "skew"), ("api", "invaliduser")}
        wanted = {("api", kind) for kind in AT_API} | {("callback", kind) for kind in AT_CALLBACK}
        assert kinds == wanted - left_out
        lost = kinds - {(fault.where, fault.kind) for fault in calm}
        assert lost == {("api", "drop"), ("callback", "lost"), ("callback", "truncated")}


class TestSwitching:
    """What can be switched on, and what makes no sense."""

    def test_a_kind_belongs_somewhere(self) -> None:
        assert Fault(kind="lost").where == "callback"
        assert {Fault(kind=kind).where for kind in EVERYWHERE} == {"api"}  # type: ignore[arg-type]
        with pytest.raises(ValidationError, match="empty does not happen at callback"):
            Fault(kind="empty", where="callback")

    @pytest.mark.parametrize(
        "given",
        [
            {"kind": "nonsense"},
            {"kind": "latency", "seconds": -1},
            {"kind": "latency", "seconds": 61},
            {"kind": "empty", "rate": 0},
            {"kind": "empty", "times": 0},
            {"kind": "empty", "unknown": 1},
            ["empty"],
        ],
    )
    def test_bad_ones_are_refused(self, api: Any, given: object) -> None:
        assert api.client.post("/emulator/faults", json=given).status_code == 400

    def test_by_http(self, world: World, api: Any) -> None:
        client = api.client
        client.post("/emulator/faults", json={"kind": "bad_gateway", "path": "gettoken"})
        assert client.get("/cgi-bin/gettoken").status_code == 502
        client.post("/emulator/switches", json={"agent_disabled": True})
        assert client.get("/emulator/faults").get_json()["agent_disabled"] is True
        several = [{"kind": "lost"}, {"kind": "empty", "rate": 0.5}]
        listed = client.post("/emulator/faults", json=several).get_json()["faults"]
        assert [(f["kind"], f["where"], f["times"]) for f in listed] == [
            ("lost", "callback", 1),
            ("empty", "api", None),
        ]
        cleared = client.delete("/emulator/faults").get_json()
        assert (cleared["faults"], cleared["agent_disabled"]) == ([], False)

    def test_a_storm_by_http(self, api: Any) -> None:
        answer = api.client.post("/emulator/storm", json={"rate": 0.1, "seed": 7}).get_json()
        assert (answer["seed"], len(answer["faults"])) == (7, len(storm(0.1)))
        assert api.client.post("/emulator/storm", json={"rate": 2}).status_code == 400
        assert api.client.post("/emulator/storm", json={}).status_code == 400

    def test_open_points_of_the_protocol_are_switches(self, world: World, api: Any) -> None:
        client = api.client
        wish = {"retries": 0, "retry_signs_afresh": False, "cards_supported": False}
        assert client.post("/emulator/switches", json=wish).status_code == 200
        settings = world.settings
        assert (settings.retries, settings.retry_signs_afresh) == (0, False)
        for bad in ({"corp_id": "wwemu2"}, {"retries": -1}, {"callback_seconds": "soon"}):
            assert client.post("/emulator/switches", json=bad).status_code == 400
        assert settings.corp_id == "wwemu0001"


def test_every_kind_and_switch_stands_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "howto-faults.md").read_text(encoding="utf-8")
    missing = [name for name in (*get_args(Kind), *SWITCHES) if f"`{name}`" not in guide]
    assert missing == []

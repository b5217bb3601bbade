"""Over real sockets: what only a network shows, and the commands that steer a running emulator."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result

from emulator.__main__ import main
from emulator.app import create_app
from emulator.clock import FileClock
from emulator.faults import Fault
from emulator.serving import Door, make_http_server
from emulator.settings import Settings
from emulator.transport import HttpTransport
from emulator.world import World

PATIENCE = 20
"""Seconds after which something that should come at once is held to be missing."""
POLL = 0.01


@pytest.fixture
def bot_on_air(bot: Any, settings: Settings) -> Iterator[Any]:
    server = make_http_server(bot.app, "127.0.0.1", 0)
    settings.callback_url = f"http://127.0.0.1:{server.server_port}/callback"
    thread = threading.Thread(target=server.serve_forever, args=(POLL,))
    thread.start()
    yield bot
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def world(settings: Settings, tmp_path: Any) -> World:
    settings.retry_pause = 0
    return World(settings, FileClock(tmp_path / "clock.json"), HttpTransport())


@pytest.fixture
def returned() -> threading.Event:
    """Set where the emulator, having gone away, would come back; it waits for that."""
    return threading.Event()


@pytest.fixture
def page(world: World, returned: threading.Event) -> Iterator[str]:
    """The address of the emulator's page."""
    door = Door(create_app(world), "127.0.0.1", 0, pause=lambda _s: _await(returned))
    world.shut = door.shut
    thread = threading.Thread(target=door.serve_forever, args=(POLL,))
    thread.start()
    yield f"http://127.0.0.1:{door.port}"
    returned.set()
    door.stop()
    thread.join()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


Steer = Callable[..., Result]


@pytest.fixture
def steer(page: str) -> Steer:
    return lambda command, *more: CliRunner().invoke(main, [command, "--page", page, *more])


def _await(event: threading.Event) -> None:
    assert event.wait(PATIENCE)


def send(session: requests.Session, page: str, settings: Settings) -> requests.Response:
    query = {"corpid": settings.corp_id, "corpsecret": settings.secret}
    answer = session.get(f"{page}/cgi-bin/gettoken", params=query, timeout=PATIENCE).json()
    body = {"touser": "li", "msgtype": "text", "agentid": 1000002, "text": {"content": "x"}}
    token = {"access_token": answer["access_token"]}
    url = f"{page}/cgi-bin/message/send"
    return session.post(url, params=token, json=body, timeout=PATIENCE)


@pytest.mark.parametrize(("kind", "seen"), [("reset_before", 0), ("reset_after", 1)])
def test_a_connection_is_cut(
    world: World, page: str, session: requests.Session, kind: Any, seen: int
) -> None:
    world.faults.add(Fault(kind=kind, path="message/send"))
    with pytest.raises(requests.ConnectionError) as caught:
        send(session, page, world.settings)
    assert not isinstance(caught.value, requests.ConnectTimeout)
    assert len(world.seen("li")) == seen
    assert send(session, page, world.settings).json()["errcode"] == 0


def test_half_an_answer_is_whole_for_http(
    world: World, page: str, session: requests.Session
) -> None:
    world.faults.add(Fault(kind="truncated", path="message/send"))
    response = send(session, page, world.settings)
    assert int(response.headers["Content-Length"]) == len(response.content)
    with pytest.raises(ValueError):
        response.json()


def test_a_slow_app_hears_the_same_message_again_while_it_works(
    world: World, bot_on_air: Any
) -> None:
    again = threading.Event()

    def answer(_root: Any) -> dict[str, object] | None:
        if len(bot_on_air.got) == 1:
            _await(again)  # works until WeChat Work has hung up and come back
        again.set()
        return {"MsgType": "text", "Content": f"{len(bot_on_air.got)}"}

    bot_on_air.answer = answer
    world.faults.add(Fault(kind="hang_up"))
    (bubble,) = world.say("li", "1")
    assert bubble.content == {"content": "2"}
    assert len({root.findtext("MsgId") for root in bot_on_air.got}) == 1
    outcomes = [(line["outcome"], line["fault"]) for line in world.record.lines("tried")]
    assert outcomes == [("no_answer", "hang_up"), ("accepted", None)]


def test_an_app_that_is_slow_by_itself_is_hung_up_on_four_times(
    world: World, bot_on_air: Any
) -> None:
    over = threading.Event()
    bot_on_air.answer = lambda _root: _await(over)
    world.settings.callback_seconds = 0.1
    assert world.say("li", "1") == []
    over.set()
    assert len({root.findtext("MsgId") for root in bot_on_air.got}) == 1
    tried = [line["outcome"] for line in world.record.lines("tried")]
    assert tried == ["no_answer"] * 4
    assert [entry.code for entry in world.journal.entries("undelivered")] == ["given_up"]


def test_nobody_listens_where_the_app_is_down(world: World) -> None:
    with socket.socket() as held:  # bound, so that nobody else can listen there
        held.bind(("127.0.0.1", 0))
        world.settings.callback_url = f"http://127.0.0.1:{held.getsockname()[1]}/callback"
        assert world.say("li", "1") == []
    assert [line["outcome"] for line in world.record.lines("tried")] == ["no_answer"] * 4


def test_an_answer_that_drips_is_late() -> None:
    times = iter([0.0, 5.1])
    reply = requests.Response()
    reply.status_code, reply._content = 200, b"ok"
    session = requests.Session()
    session.request = lambda *_a, **_k: reply  # type: ignore[method-assign, assignment]
    with pytest.raises(Exception, match="late"):
        HttpTransport(session, monotonic=lambda: next(times))("POST", "http://127.0.0.1/", "", 5)


def test_while_away_every_connection_is_refused(
    page: str, session: requests.Session, steer: Steer, returned: threading.Event
) -> None:
    assert steer("away", "--seconds", "5").exit_code == 0
    refused = False
    while not refused:  # the door shuts a moment after it has said so
        try:
            session.get(f"{page}/emulator/faults", timeout=PATIENCE)
        except requests.ConnectionError:
            refused = True
    assert "no emulator listens" in steer("fault").output
    returned.set()
    found = None
    while found is None:
        try:
            found = session.get(f"{page}/emulator/faults", timeout=PATIENCE).json()
        except requests.ConnectionError:
            continue
    assert found["faults"] == []


def test_faults_by_command(world: World, steer: Steer) -> None:
    more = ("--path", "message/send", "--rate", "0.5", "--userid", "li", "--seconds", "2")
    listed = json.loads(steer("fault", "latency", *more).output)["faults"]
    wanted = {"path": "message/send", "rate": 0.5, "userid": "li", "seconds": 2, "times": None}
    assert {name: listed[0][name] for name in wanted} == wanted
    steer("fault", "empty", "--until-cleared")
    assert [f["times"] for f in json.loads(steer("fault").output)["faults"]] == [None, None]
    assert steer("fault", "empty", "--where", "callback").exit_code == 1
    assert json.loads(steer("fault", "--clear").output)["faults"] == []
    stormy = json.loads(steer("storm", "--rate", "0.05", "--seed", "3").output)
    assert (stormy["seed"], len(stormy["faults"]) > 20) == (3, True)


def test_everything_else_by_command(
    world: World, page: str, session: requests.Session, steer: Steer
) -> None:
    assert send(session, page, world.settings).json()["errcode"] == 0
    lines = [json.loads(line) for line in steer("record", "--what", "sent").output.splitlines()]
    assert [line["shown"] for line in lines] == [{"li": 1}]
    before = world.clock()
    steer("clock", "--advance", "3d")
    assert (world.clock() - before).days == 3
    assert "no span of time" in steer("clock", "--advance", "soon").output
    steer("switch", "address_refused", "on")
    assert send(session, page, world.settings).json()["errcode"] == 60020
    steer("switch", "address_refused", "off")
    steer("switch", "retries", "1")
    assert world.settings.retries == 1
    steer("switch", "retry_signs_afresh", "off")
    assert world.settings.retry_signs_afresh is False
    assert steer("switch", "agent_disabled", "5").exit_code == 1
    for command in (("expire", "tokens", "media"), ("invalidate",)):
        assert steer(*command).exit_code == 0
    assert "can't expire" in steer("expire", "patience").output


def test_only_an_emulator_on_this_machine_is_steered() -> None:
    result = CliRunner().invoke(main, ["fault", "--page", "https://bot.example.gov.cn/"])
    assert (result.exit_code, "not on this machine" in result.output) == (1, True)


def test_without_a_subcommand_settings_are_needed() -> None:
    result = CliRunner().invoke(main, [])
    assert (result.exit_code, "--config" in result.output) == (2, True)

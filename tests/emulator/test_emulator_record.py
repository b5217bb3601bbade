"""The record: every callback and every call, with what came of it."""

import json
from pathlib import Path
from typing import Any

from emulator.app import create_app
from emulator.clock import ManualClock
from emulator.faults import Fault
from emulator.settings import Settings
from emulator.world import World


def story(world: World) -> list[tuple[str, Any]]:
    told = {"brought": "outcome", "tried": "outcome", "told": "name", "replied": "how"}
    told |= {"called": "path", "sent": "shown"}
    return [(line["what"], line[told[line["what"]]]) for line in world.record.lines()]


def test_a_message_and_its_answer(world: World, bot: Any) -> None:
    bot.answer = lambda _root: {"MsgType": "text", "Content": "ok"}
    world.say("li", "1")
    assert story(world) == [
        ("told", "text"),
        ("tried", "accepted"),
        ("brought", "accepted"),
        ("replied", "message"),
    ]
    told, *_, replied = world.record.lines()
    assert {line["letter"] for line in world.record.lines()} == {1}
    assert (told["userid"], told["key"]) == ("li", bot.last("MsgId"))
    assert len(told["sha256"]) == 64
    assert replied["shown"] == [2]


def test_replies_of_every_sort(world: World, bot: Any) -> None:
    for body in ("", "success", "nonsense"):
        bot.raw_answer = body
        world.say("li", "1")
    assert [line["how"] for line in world.record.lines("replied")] == ["empty", "empty", "bad"]


def test_a_send_says_who_saw_it_and_who_did_not(world: World, api: Any) -> None:
    for _ in range(2):
        api.send("text", {"content": "x"}, enable_duplicate_check=1)
    world.faults.add(Fault(kind="drop"))
    api.send("text", {"content": "y"})
    first, again, dropped = world.record.lines("sent")
    assert (first["shown"], first["unseen"]) == ({"li": 1}, {})
    assert (again["shown"], again["unseen"]) == ({}, {"li": "repeated"})
    assert dropped["unseen"] == {"li": "fault_drop"}
    assert first["sha256"] == again["sha256"] != dropped["sha256"]
    assert first["msgid"] == world.seen("li")[0].msgid


def test_calls_tell_whether_they_were_processed(world: World, api: Any) -> None:
    api.get("getcallbackip")
    world.faults.add(Fault(kind="bad_gateway"))
    world.faults.add(Fault(kind="empty", skip=1))
    api.client.get(api.url("getcallbackip"))
    api.get("user/get", userid="nobody")
    api.client.get(api.url("getcallbackip"))
    calls = world.record.lines("called")[1:]
    assert [(c["processed"], c["errcode"], c["fault"]) for c in calls] == [
        (True, 0, None),
        (False, None, "bad_gateway"),
        (False, 60111, None),
        (True, 0, "empty"),
    ]


def test_it_is_read_piece_by_piece(world: World, api: Any) -> None:
    for _ in range(3):
        api.send("text", {"content": "x"})
    client = api.client
    first = client.get("/emulator/record?most=2").get_json()
    rest = client.get("/emulator/record", query_string={"since": first[-1]["number"]}).get_json()
    assert [line["number"] for line in first + rest] == list(
        range(1, len(world.record.lines()) + 1)
    )
    sent = client.get("/emulator/record?what=sent").get_json()
    assert [line["what"] for line in sent] == ["sent"] * 3


def test_it_outlives_the_emulator(settings: Settings, clock: ManualClock, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    for _ in range(2):
        world = World(settings, clock, lambda *_: None, record_path=path)  # type: ignore[arg-type, return-value]
        create_app(world).test_client().get("/cgi-bin/gettoken")
        world.record.close()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["path"] for line in lines] == ["gettoken"] * 2

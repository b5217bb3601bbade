"""What may happen to a callback: tried again, held back, overtaken, brought twice, or lost."""

import threading
from typing import Any

import pytest

from emulator.faults import Fault
from emulator.transport import Answer
from emulator.world import World


def contents(bot: Any) -> list[str]:
    """What the app heard, in order."""
    return [root.findtext("Content") for root in bot.got]


def codes(world: World) -> list[str]:
    return [entry.code for entry in world.journal.entries()]


def outcomes(world: World) -> list[tuple[str, str | None]]:
    return [(line["outcome"], line["fault"]) for line in world.record.lines("tried")]


@pytest.fixture(autouse=True)
def _echo(bot: Any) -> None:
    bot.answer = lambda root: {"MsgType": "text", "Content": f"re {root.findtext('Content')}"}


def replies(world: World) -> list[str]:
    return [b.content["content"] for b in world.seen("li") if b.sender == "bot"]


TRIES = [
    ("reset_before", 1, "unsent"),
    ("reset_after", 2, "no_answer"),
    ("bad_gateway", 1, "status"),
    ("hang_up", 2, "no_answer"),
]


@pytest.mark.parametrize(("kind", "heard", "outcome"), TRIES, ids=[case[0] for case in TRIES])
def test_a_broken_try_is_made_again(
    world: World, bot: Any, kind: Any, heard: int, outcome: str
) -> None:
    world.faults.add(Fault(where="callback", kind=kind))
    assert len(world.say("li", "1")) == 1
    assert contents(bot) == ["1"] * heard
    assert len({root.findtext("MsgId") for root in bot.got}) == 1
    assert outcomes(world) == [(outcome, kind), ("accepted", None)]
    assert replies(world) == ["re 1"]


def test_half_an_envelope_can_only_be_refused(world: World) -> None:
    bodies: list[str] = []

    def app(_method: str, _url: str, body: str, _seconds: float) -> Answer:
        bodies.append(body)
        return Answer(200 if body.endswith("</xml>") else 400, "")

    world.caller._transport = app
    world.faults.add(Fault(kind="garbled"))
    world.say("li", "1")
    assert [len(body) for body in bodies] == [len(bodies[1]) // 2, len(bodies[1])]
    assert outcomes(world) == [("status", "garbled"), ("accepted", None)]


def test_what_always_fails_is_given_up(world: World, bot: Any) -> None:
    world.faults.add(Fault(where="callback", kind="bad_gateway", times=None))
    assert world.say("li", "1") == []
    assert contents(bot) == []
    (brought,) = world.record.lines("brought")
    assert (brought["outcome"], brought["tries"]) == ("given_up", 4)


def test_a_lost_one_never_comes(world: World, bot: Any) -> None:
    world.faults.add(Fault(kind="lost"))
    assert world.say("li", "1") == []
    assert contents(bot) == []
    (entry,) = world.journal.entries("lost")
    assert (entry.code, entry.userid) == ("fault_lost", "li")


def test_a_cut_answer_is_accepted_and_shows_nothing(world: World, bot: Any) -> None:
    world.faults.add(Fault(where="callback", kind="truncated"))
    assert world.say("li", "1") == []
    assert contents(bot) == ["1"]
    assert codes(world) == ["bad_reply"]


def test_duplicates_and_twins_show_one_answer(world: World, bot: Any) -> None:
    world.faults.add(Fault(kind="duplicate"))
    world.faults.add(Fault(kind="twins", skip=1))
    world.say("li", "1")
    world.say("li", "2")
    assert contents(bot) == ["1", "1", "2", "2"]
    assert len({root.findtext("MsgId") for root in bot.got}) == 2
    assert replies(world) == ["re 1", "re 2"]
    assert codes(world) == ["fault_again", "fault_twin"]
    copies = [line["copy"] for line in world.record.lines("tried")]
    assert sorted(copies) == [False, False, True, True]


def test_a_late_copy_comes_after_the_next(world: World, bot: Any) -> None:
    world.faults.add(Fault(kind="late"))
    world.say("li", "1")
    world.say("Wang.Fang", "other")
    assert contents(bot) == ["1", "other"]
    world.say("li", "2")
    assert contents(bot) == ["1", "other", "2", "1"]
    assert replies(world) == ["re 1", "re 2"]


def test_two_messages_change_places(world: World, bot: Any) -> None:
    world.faults.add(Fault(kind="reorder", path="text"))
    assert world.say("li", "1") == []
    world.say("Wang.Fang", "other")
    (second,) = world.say("li", "2")
    assert contents(bot) == ["other", "2", "1"]
    assert second.content == {"content": "re 2"}
    assert replies(world) == ["re 2", "re 1"]


def test_what_is_held_back_can_be_let_go(world: World, bot: Any, api: Any) -> None:
    world.faults.add(Fault(kind="reorder", times=2))
    world.say("li", "1")
    world.say("li", "2")
    assert api.client.get("/emulator/faults").get_json()["held"] == 2
    assert api.client.post("/emulator/release").get_json() == {"released": 2}
    assert contents(bot) == ["1", "2"]
    assert replies(world) == ["re 1", "re 2"]
    world.faults.add(Fault(kind="reorder"))
    world.say("li", "3")
    assert api.client.delete("/emulator/faults").get_json()["held"] == 0
    assert contents(bot) == ["1", "2", "3"]


def test_what_is_held_back_leaves_by_itself(world: World, bot: Any) -> None:
    world.faults.add(Fault(kind="reorder", seconds=0.01))
    world.say("li", "1")
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(10)
    assert contents(bot) == ["1"]
    world.say("li", "2")
    assert contents(bot) == ["1", "2"]


def test_two_messages_arrive_at_the_same_moment(world: World) -> None:
    both = threading.Barrier(2, timeout=10)

    def app(*_call: object) -> Answer:
        both.wait()  # only two calls under way at once get past
        return Answer(200, "")

    world.caller._transport = app
    world.faults.add(Fault(kind="parallel"))
    world.say("li", "1")
    world.say("li", "2")
    assert [line["outcome"] for line in world.record.lines("brought")] == ["accepted"] * 2


def test_a_wrong_clock_stamps_the_envelope(world: World, bot: Any) -> None:
    world.faults.add(Fault(kind="skew", seconds=-400))
    world.say("li", "1")
    world.say("li", "2")
    first, second = (int(query["timestamp"]) for query in bot.queries)
    assert second - first == 400


def test_a_fault_may_concern_one_event(world: World, bot: Any) -> None:
    world.faults.add(Fault(kind="lost", path="enter_agent"))
    world.say("li", "1")
    world.open_app("li")
    world.open_app("li")
    assert [root.findtext("MsgType") for root in bot.got] == ["text", "event"]

"""Plays against a tiny bot that asks three questions."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from emulator.app import create_app
from emulator.clock import ManualClock
from emulator.player import Player, Report
from emulator.script import Script
from emulator.world import World


class Seconds:
    """Real time for the player that passes only when it sleeps; the shared clock runs along."""

    def __init__(self, clock: ManualClock) -> None:
        self.now = 0.0
        self.clock = clock

    def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 0.01)
        self.clock.advance(timedelta(seconds=max(seconds, 0.01) * self.clock.speed))

    def monotonic(self) -> float:
        return self.now


Play = Callable[..., Report]


@pytest.fixture
def play(world: World, clock: ManualClock) -> Play:
    def run(rules: list[dict[str, Any]], **more: Any) -> Report:
        script = Script.model_validate({"rules": rules, "patience": 3} | more)
        seconds = Seconds(clock)
        return Player(world, script, seconds.sleep, seconds.monotonic).run()

    return run


@pytest.fixture
def interview(api: Any, bot: Any, button_card: dict[str, Any], vote_card: dict[str, Any]) -> None:
    """Any text -> button card; yes -> vote card; vote -> thanks to li and a word to Wang."""

    def answer(root: Any) -> dict[str, object] | None:
        if root.findtext("MsgType") == "text":
            api.send("template_card", button_card)
            return None
        if root.findtext("TaskId") == "t1":
            api.send("template_card", vote_card)
        else:
            api.send("text", {"content": "谢谢"})
            api.send("text", {"content": "请审核"}, touser="Wang.Fang")
        return {"MsgType": "update_button", "Button": {"ReplaceName": "已提交"}}

    bot.answer = answer


RULES: list[dict[str, Any]] = [
    {"who": "li", "when": "^$", "say": ["你好"]},
    {"who": "li", "when": "请确认", "press": "是"},
    {"who": "li", "when": "请选择", "submit": ["a", "选项c"]},
]


@pytest.mark.usefixtures("interview")
def test_a_whole_play_by_real_callbacks(world: World, bot: Any, play: Play) -> None:
    report = play(RULES, speed=30, stop_when={"who": "Wang.Fang", "when": "请审核"})
    assert report.stopped_by == "stop_when"
    assert [(s.who, s.message_id, s.rule) for s in report.steps] == [
        ("li", 0, 0),
        ("li", 2, 1),
        ("li", 3, 2),
    ]
    assert report.steps[1].did == "press 是"
    options = bot.got[-1].findall("SelectedItems/SelectedItem/OptionIds/OptionId")
    assert [o.text for o in options] == ["a", "c"]
    assert all(b.card.grey for b in world.seen("li") if b.card)


@pytest.mark.usefixtures("interview")
def test_the_speed_is_set_and_put_back(clock: ManualClock, play: Play) -> None:
    clock.set_speed(2)
    seen: list[float] = []
    clock.set_speed = lambda speed: seen.append(speed)  # type: ignore[method-assign]
    play(RULES, speed=30, patience=0.1)
    assert seen == [30, 2]


@pytest.mark.usefixtures("interview")
def test_a_message_without_a_rule_ends_the_play_by_name(play: Play) -> None:
    report = play(RULES[:2])
    assert report.stopped_by == "no_rule"
    assert [(u["who"], u["message_id"]) for u in report.unanswered] == [("li", 3)]
    assert "请选择" in report.unanswered[0]["text"]


def test_a_silent_bot_ends_the_play(play: Play) -> None:
    report = play([{"who": "li", "when": "^$", "say": ["你好"]}])
    assert (report.stopped_by, len(report.steps)) == ("silent", 1)


def test_times_limits_a_rule_and_null_does_not(bot: Any, play: Play) -> None:
    bot.answer = lambda _root: {"MsgType": "text", "Content": "再来"}
    start = {"who": "li", "when": "^$", "say": ["一"]}
    assert len(play([start, {"when": "再来", "say": ["二"], "times": 3}]).steps) == 4
    report = play([{"who": "li", "when": "再来", "say": ["三"], "times": None}], most_steps=7)
    assert (report.stopped_by, len(report.steps)) == ("steps", 7)


def test_the_player_keeps_clear_of_the_limit(world: World, api: Any, bot: Any, play: Play) -> None:
    def chatter(_root: Any) -> None:
        for number in range(4):
            api.send("text", {"content": f"第{number}句"})

    bot.answer = chatter
    start = {"who": "li", "when": "^$", "say": ["一"]}
    more = {"who": "li", "when": "第3句", "say": ["二"], "times": None}
    report = play([start, more], speed=30, most_steps=30, patience=20, pace=0.1, settle=0)
    assert len(report.steps) == 30
    assert report.dropped == 0
    assert world.journal.entries("dropped") == []


def test_several_texts_menu_and_moving_the_clock(
    world: World, bot: Any, clock: ManualClock, play: Play
) -> None:
    world.menu = {"button": [{"type": "click", "name": "帮助", "key": "help"}]}
    bot.answer = lambda root: (
        {"MsgType": "text", "Content": f"帮助{root.findtext('EventKey')}"}
        if root.findtext("MsgType") == "event"
        else None
    )
    before = clock()
    play(
        [
            {"who": "li", "when": "^$", "menu": "help"},
            {"who": "li", "when": "帮助help", "say": ["一", "二"], "advance": 3600},
        ]
    )
    assert [root.findtext("Content") for root in bot.got] == [None, "一", "二"]
    assert clock() - before >= timedelta(hours=1)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"when": "x"}, "must do one of"),
        ({"when": "(", "say": ["x"]}, "no regular expression"),
        ({"when": "x", "say": ["x"], "click": "y"}, "click"),
    ],
)
def test_scripts_are_checked(rule: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Script.model_validate({"rules": [rule]})


@pytest.mark.usefixtures("interview")
def test_a_play_is_started_and_read_by_http(world: World) -> None:
    quick = {"pace": 0, "settle": 0, "stop_when": {"when": "谢谢"}}
    client = create_app(world, Script.model_validate({"rules": RULES} | quick)).test_client()
    assert client.get("/emulator/play").get_json()["available"] is True
    assert client.post("/emulator/play").get_json()["running"] is True
    for thread in threading.enumerate():
        if thread.name.startswith("Thread-") and thread.daemon:
            thread.join(10)
    state = client.get("/emulator/play").get_json()
    assert (state["running"], state["stopped_by"]) == (False, "stop_when")
    assert [step["rule"] for step in state["report"]["steps"]] == [0, 1, 2]
    assert client.delete("/emulator/play").status_code == 200


def test_without_a_script_nothing_starts(api: Any) -> None:
    assert api.client.post("/emulator/play").status_code == 400
    assert api.client.post("/emulator/play", json={"rules": [{}]}).status_code == 400

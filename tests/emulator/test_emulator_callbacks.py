"""Callbacks as the bot gets them, and passive replies as the member sees them."""

import base64
from datetime import timedelta
from typing import Any

import pytest

from emulator import xml
from emulator.clock import ManualClock
from emulator.transport import Answer, NoAnswer
from emulator.world import World


def codes(world: World, kind: Any = None) -> list[str]:
    return [entry.code for entry in world.journal.entries(kind)]


def test_a_text_arrives_with_every_field(world: World, bot: Any, clock: ManualClock) -> None:
    world.say("LI", "金额 2,587.01万 ]]> &<b>\x00😀")
    found = {child.tag: child.text for child in bot.got[0]}
    assert found.pop("MsgId").isdigit()
    assert found == {
        "ToUserName": "wwemu0001",
        "FromUserName": "li",
        "CreateTime": str(int(clock().timestamp())),
        "MsgType": "text",
        "Content": "金额 2,587.01万 ]]> &<b>😀",
        "AgentID": "1000002",
    }
    assert bot.queries[0]["timestamp"] == str(int(clock().timestamp()))


def test_message_numbers_differ_and_envelopes_too(world: World, bot: Any) -> None:
    world.say("li", "1")
    world.say("li", "1")
    assert bot.got[0].findtext("MsgId") != bot.got[1].findtext("MsgId")
    assert bot.bodies[0] != bot.bodies[1]
    assert len(base64.b64decode(bot.bodies[0])) % 32 == 0


@pytest.mark.parametrize(("statuses", "tries"), [([500], 2), ([500, 302, 204], 4)])
def test_refused_deliveries_come_again_with_the_same_message(
    world: World, bot: Any, statuses: list[int], tries: int
) -> None:
    bot.statuses = list(statuses)
    bot.answer = lambda _root: {"MsgType": "text", "Content": "收到"}
    (bubble,) = world.say("li", "1")
    assert bubble.content == {"content": "收到"}
    assert len(bot.got) == tries
    assert len({xml.one(root, "MsgId") for root in bot.got}) == 1
    assert len(set(bot.bodies)) == tries
    assert codes(world, "retry") == ["bad_status"] * (tries - 1)


def test_after_four_deliveries_it_is_given_up(world: World, bot: Any) -> None:
    bot.statuses = [500] * 9
    assert world.say("li", "1") == []
    assert len(bot.got) == 4
    assert codes(world, "undelivered") == ["given_up"]


def test_retries_can_keep_the_same_envelope(world: World, bot: Any) -> None:
    world.settings.retry_signs_afresh = False
    bot.statuses = [500]
    world.say("li", "1")
    assert bot.bodies[0] == bot.bodies[1]
    assert bot.queries[0] == bot.queries[1]


def test_no_answer_within_five_seconds_is_retried(world: World) -> None:
    calls: list[float] = []

    def slow(_method: str, _url: str, _body: str, seconds: float) -> Answer:
        calls.append(seconds)
        if len(calls) == 1:
            raise NoAnswer("ReadTimeout")
        return Answer(200, "")

    world.caller._transport = slow
    world.say("li", "1")
    assert calls == [5, 5]
    assert codes(world) == ["no_answer"]


def test_the_address_check_wants_exactly_the_plain_text(world: World, bot: Any) -> None:
    assert world.verify_url().ok
    bot.echo = lambda text: f'"{text}"'
    assert "not exactly" in world.verify_url().reason
    bot.echo = lambda text: text + "\n"
    assert not world.verify_url().ok


EVENTS = [
    ("open_app", (), {"Event": "enter_agent", "EventKey": ""}),
    ("subscribe", (), {"Event": "subscribe"}),
    ("unsubscribe", (), {"Event": "unsubscribe"}),
    ("send_voice", (b"#!AMR\nxx",), {"MsgType": "voice", "Format": "amr"}),
    ("send_video", (b"....ftypmp4",), {"MsgType": "video"}),
    ("send_location", (23.1, 113.2, "路口"), {"Location_X": "23.1", "Label": "路口"}),
    ("send_link", ("题", "述", "http://a/?x=1&y=2"), {"Url": "http://a/?x=1&y=2", "Title": "题"}),
]


@pytest.mark.parametrize(("act", "given", "wanted"), EVENTS, ids=[case[0] for case in EVENTS])
def test_other_messages_and_events(
    world: World, bot: Any, act: str, given: tuple[Any, ...], wanted: dict[str, str]
) -> None:
    getattr(world, act)("li", *given)
    assert {name: bot.last(name) or "" for name in wanted} == wanted
    is_event = bot.last("MsgType") == "event"
    assert (bot.last("MsgId") is None) == is_event


def test_leaving_the_range_makes_sends_invalid(world: World, api: Any) -> None:
    world.unsubscribe("li")
    assert api.send("text", {"content": "x"})["errcode"] == 81013
    world.subscribe("li")
    assert api.send("text", {"content": "x"})["errcode"] == 0


def test_a_file_reaches_nobody_unless_switched_on(world: World, bot: Any) -> None:
    assert world.send_file("li", b"content", "通知.docx") == []
    assert bot.got == []
    (bubble,) = world.seen("li")
    assert (bubble.kind, bubble.hint) == ("file", "file_not_delivered")
    world.settings.deliver_file_messages = True
    world.send_file("li", b"content", "通知.docx")
    assert (bot.last("MsgType"), bot.last("FileName")) == ("file", "通知.docx")


def test_menu_clicks(world: World, bot: Any, api: Any) -> None:
    menu = {"button": [{"type": "click", "name": "进度", "key": "progress"}]}
    assert api.post("menu/create", menu, agentid=1000002)["errcode"] == 0
    bot.answer = lambda _root: {"MsgType": "text", "Content": "一半"}
    (bubble,) = world.menu_click("li", "progress")
    assert (bot.last("Event"), bot.last("EventKey")) == ("click", "progress")
    assert bubble.content == {"content": "一半"}


class TestPassiveReplies:
    """Good ones are shown; bad ones are ignored and noted."""

    def test_text_is_cut_at_2048_bytes(self, world: World, bot: Any) -> None:
        bot.answer = lambda _root: {"MsgType": "text", "Content": "长" * 700}
        (bubble,) = world.say("li", "1")
        assert bubble.content["content"] == "长" * 682
        assert codes(world) == ["text_cut"]

    @pytest.mark.parametrize("body", ["", "success", " \n"])
    def test_an_empty_body_or_success_shows_nothing(
        self, world: World, bot: Any, body: str
    ) -> None:
        bot.raw_answer = body
        assert world.say("li", "1") == []
        assert codes(world) == []

    @pytest.mark.parametrize(
        "fields",
        [
            {"MsgType": "file", "MediaId": "x"},
            {"MsgType": "text"},
            {"MsgType": "text", "Content": ""},
            {"MsgType": "text", "Content": "x", "ToUserName": "Wang.Fang"},
            {"MsgType": "text", "Content": "x", "FromUserName": "wwother"},
            {"MsgType": "text", "Content": "x", "CreateTime": "now"},
            {"MsgType": "image", "Image": {"MediaId": "unknown"}},
            {"MsgType": "update_button", "Button": {"ReplaceName": "x"}},
        ],
    )
    def test_bad_fields(self, world: World, bot: Any, fields: dict[str, object]) -> None:
        bot.answer = lambda _root: fields
        assert world.say("li", "1") == []
        assert codes(world) == ["bad_reply"]

    def test_bad_envelopes(self, world: World, bot: Any) -> None:
        good = bot.seal({"ToUserName": "li", "MsgType": "text", "Content": "x"})
        spoilt = [
            "plain text",
            '{"errcode": 0}',
            good.replace("<TimeStamp>1<", "<TimeStamp>2<"),
            good.replace("<Nonce>", "<Nonse>").replace("</Nonce>", "</Nonse>"),
            "<!DOCTYPE x>" + good,
            xml.write({"MsgType": "text", "Content": "not encrypted"}),
        ]
        for body in spoilt:
            bot.raw_answer = body
            assert world.say("li", "1") == []
        assert codes(world) == ["bad_reply"] * len(spoilt)

    def test_a_text_is_no_answer_to_a_card(
        self, world: World, bot: Any, api: Any, button_card: dict[str, Any]
    ) -> None:
        api.send("template_card", button_card)
        bot.answer = lambda _root: {"MsgType": "text", "Content": "x"}
        assert world.press("li", 1, "yes") == []
        assert codes(world) == ["bad_reply"]

    def test_a_whole_card_takes_the_clicked_ones_place(
        self, world: World, bot: Any, api: Any, vote_card: dict[str, Any]
    ) -> None:
        api.send("template_card", vote_card)
        options = [{"Id": i, "Text": f"选项{i}", "IsChecked": i == "a"} for i in "ab"]
        card: dict[str, object] = {
            "CardType": "vote_interaction",
            "MainTitle": {"Title": "已选"},
            "CheckBox": "",
            "Checkbox": {"QuestionKey": "q", "Mode": 1, "OptionList": options},
            "SubmitButton": {"Text": "提交", "Key": "go"},
            "ReplaceText": "已提交",
        }
        del card["CheckBox"]
        bot.answer = lambda _root: {"MsgType": "update_template_card", "TemplateCard": card}
        world.submit("li", 1, ["a"])
        (bubble,) = world.seen("li")
        assert bubble.content["main_title"] == {"title": "已选"}
        assert bubble.content["checkbox"]["mode"] == 1
        assert [o["is_checked"] for o in bubble.content["checkbox"]["option_list"]] == [True, False]
        assert bubble.card
        assert (bubble.card.grey, bubble.card.selected) == (True, {"q": ["a"]})


def test_the_clock_stamps_every_bubble(world: World, bot: Any, clock: ManualClock) -> None:
    bot.answer = lambda _root: {"MsgType": "text", "Content": "x"}
    clock.advance(timedelta(days=2))
    world.say("li", "1")
    assert {bubble.time for bubble in world.seen("li")} == {clock()}

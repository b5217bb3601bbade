"""message/send and recall: receivers, cuts, silent losses."""

from datetime import timedelta
from typing import Any

import pytest

from emulator.clock import ManualClock
from emulator.world import World


def texts(world: World, userid: str = "li") -> list[str]:
    return [bubble.content["content"] for bubble in world.seen(userid)]


def codes(world: World, kind: Any = None) -> list[str]:
    return [entry.code for entry in world.journal.entries(kind)]


def test_a_text_reaches_each_receiver_in_order(api: Any, world: World) -> None:
    assert api.send("text", {"content": "一"}, touser="li|wang.fang")["errcode"] == 0
    answer = api.send("text", {"content": "二"})
    assert answer["msgid"]
    assert texts(world) == ["一", "二"]
    assert texts(world, "Wang.Fang") == ["一"]


def test_unknown_and_out_of_range_receivers_come_back_in_lower_case(api: Any) -> None:
    answer = api.send("text", {"content": "x"}, touser="li|NoBody|gone")
    assert answer["errcode"] == 0
    assert answer["invaliduser"] == "nobody|gone"


@pytest.mark.parametrize(
    ("head", "errcode"),
    [
        ({"touser": "NoBody"}, 81013),
        ({"touser": ""}, 82001),
        ({"touser": "|".join(["li"] * 1001)}, 40032),
        ({"touser": "", "toparty": "|".join(["1"] * 101)}, 82002),
        ({"touser": "", "totag": "|".join(["1"] * 101)}, 82003),
        ({"touser": ["li"]}, 40035),
        ({"agentid": None}, 41011),
        ({"agentid": 1000003}, 301002),
        ({"agentid": "abc"}, 40056),
        ({"msgtype": "nonsense"}, 40008),
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": None}, 44004),
        ({"msgtype": "markdown", "markdown": {"content": "长" * 683}}, 45002),
        ({"msgtype": "file", "file": {}}, 41006),
        ({"msgtype": "file", "file": {"media_id": "x"}}, 40007),
        ({"msgtype": "news", "news": {"articles": []}}, 45008),
        ({"msgtype": "textcard", "textcard": {"description": "d", "url": "http://a"}}, 41016),
        ({"msgtype": "textcard", "textcard": {"title": "t", "url": "http://a"}}, 41033),
        (
            {"msgtype": "textcard", "textcard": {"title": "t", "description": "d", "url": "a.cn"}},
            45034,
        ),
    ],
)
def test_refusals(api: Any, world: World, head: dict[str, Any], errcode: int) -> None:
    base = {"touser": "li", "msgtype": "text", "agentid": 1000002, "text": {"content": "x"}}
    answer = api.post("message/send", base | head)
    assert answer["errcode"] == errcode
    assert world.seen("li") == []


def test_departments_and_everybody(api: Any, world: World) -> None:
    head = {"touser": "", "toparty": "2|9"}
    answer = api.post(
        "message/send",
        {"msgtype": "text", "agentid": 1000002, "text": {"content": "科"}} | head,
    )
    assert answer["invalidparty"] == "9"
    api.send("text", {"content": "全"}, touser="@all")
    assert texts(world) == ["全"]
    assert texts(world, "Wang.Fang") == ["科", "全"]
    assert world.seen("gone") == []


def test_text_is_cut_silently_at_2048_bytes_between_characters(api: Any, world: World) -> None:
    assert api.send("text", {"content": "长" * 700})["errcode"] == 0
    assert texts(world) == ["长" * 682]
    assert codes(world) == ["text_cut"]


def test_textcard_is_cut_by_bytes(api: Any, world: World) -> None:
    card = {
        "title": "题" * 50,
        "description": "述" * 200,
        "url": "http://a",
        "btntxt": "看看详细情况",
    }
    assert api.send("textcard", card)["errcode"] == 0
    shown = world.seen("li")[0].content
    assert (len(shown["title"]), len(shown["description"])) == (42, 170)
    assert shown["btntxt"] == "看看详细"
    assert sorted(codes(world, "cut")) == ["label_cut", "text_cut", "text_cut"]


def test_the_31st_in_a_minute_is_dropped_with_errcode_0(
    api: Any, world: World, clock: ManualClock
) -> None:
    for number in range(32):
        assert api.send("text", {"content": str(number)})["errcode"] == 0
    assert len(texts(world)) == 30
    assert codes(world, "dropped") == ["over_minute", "over_minute"]
    api.send("text", {"content": "other"}, touser="Wang.Fang")
    assert texts(world, "Wang.Fang") == ["other"]
    clock.advance(timedelta(minutes=1))
    api.send("text", {"content": "again"})
    assert texts(world)[-1] == "again"


def test_identical_requests_are_swallowed_within_the_interval(
    api: Any, world: World, clock: ManualClock
) -> None:
    check = {"enable_duplicate_check": 1, "duplicate_check_interval": 120}
    for _ in range(2):
        answer = api.send("text", {"content": "x"}, **check)
        assert answer["errcode"] == 0
        assert answer["msgid"]
    api.send("text", {"content": "y"}, **check)
    assert texts(world) == ["x", "y"]
    assert codes(world) == ["repeated"]
    clock.advance(timedelta(seconds=120))
    api.send("text", {"content": "x"}, **check)
    assert texts(world) == ["x", "y", "x"]


def test_without_the_check_repeats_are_shown(api: Any, world: World) -> None:
    api.send("text", {"content": "x"})
    api.send("text", {"content": "x"})
    assert texts(world) == ["x", "x"]


def test_recall_within_a_day(api: Any, world: World, clock: ManualClock) -> None:
    msgid = api.send("text", {"content": "x"}, touser="li|Wang.Fang")["msgid"]
    late = api.send("text", {"content": "y"})["msgid"]
    assert api.post("message/recall", {"msgid": msgid})["errcode"] == 0
    assert [b.recalled for b in world.seen("li")] == [True, False]
    assert world.seen("Wang.Fang")[0].recalled
    clock.advance(timedelta(hours=25))
    api.token = ""
    assert api.post("message/recall", {"msgid": late})["errcode"] == 40058
    assert api.post("message/recall", {"msgid": "?"})["errcode"] == 40058


def test_broken_json_and_escapes(api: Any, world: World) -> None:
    assert api.post("message/send", b"{")["errcode"] == 40035
    assert api.post("message/send", b"[]")["errcode"] == 40035
    raw = b'{"touser":"li","msgtype":"text","agentid":"1000002","text":{"content":"\\u4e00"}}'
    assert api.post("message/send", raw)["errcode"] == 0
    assert codes(world) == ["json_escapes", "agentid_text"]


def test_daily_account_limit(api: Any, world: World) -> None:
    world.day.limit = 2
    assert api.send("text", {"content": "x"}, touser="@all")["errcode"] == 0
    assert api.send("text", {"content": "x"})["errcode"] == 45009


@pytest.mark.parametrize(
    ("path", "body", "errcode"),
    [
        ("message/send", {"news": {"articles": ["x"]}, "msgtype": "news"}, 40058),
        ("message/send", {"enable_duplicate_check": 1, "duplicate_check_interval": "x"}, 40035),
        ("message/update_template_card", {"userids": "li", "button": {"replace_name": "x"}}, 40035),
        ("message/update_template_card", {"partyids": ["x"], "button": {}}, 40035),
        ("menu/create", {"button": ["x"]}, 40016),
        ("menu/create", {"button": [{"name": "x", "sub_button": ["y"]}]}, 40023),
    ],
)
def test_senseless_shapes_are_answered(
    api: Any, path: str, body: dict[str, Any], errcode: int
) -> None:
    head = {"touser": "li", "agentid": 1000002, "msgtype": "text", "text": {"content": "x"}}
    assert api.post(path, head | body, agentid=1000002)["errcode"] == errcode


def test_a_number_written_as_text_is_grumbled_about(api: Any) -> None:
    answer = api.send("text", {"content": "x"}, agentid="1000002")
    assert answer["errcode"] == 0
    assert "Warning: wrong json format." in answer["errmsg"]

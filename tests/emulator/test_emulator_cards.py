"""Template cards: which are taken, what a click sends, and how they are updated."""

import copy
from datetime import timedelta
from typing import Any

import pytest

from emulator.clicks import Refused
from emulator.clock import ManualClock
from emulator.world import World

NOTICE = {
    "card_type": "text_notice",
    "main_title": {"title": "通知"},
    "card_action": {"type": 1, "url": "http://127.0.0.1/x"},
}


def changed(card: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with one field set; None removes it."""
    fresh = copy.deepcopy(card)
    *way, last = path.split(".")
    node: Any = fresh
    for step in way:
        node = node[int(step)] if isinstance(node, list) else node[step]
    key: Any = int(last) if isinstance(node, list) else last
    if value is None:
        del node[key]
    else:
        node[key] = value
    return fresh


def rows(count: int) -> list[dict[str, str]]:
    return [{"keyname": "k", "value": "v"}] * count


def options(count: int) -> list[dict[str, str]]:
    return [{"id": str(n), "text": "t"} for n in range(count)]


COMMON = [
    ("card_type", "poster", 42031),
    ("task_id", "", 42014),
    ("task_id", "有汉字", 42014),
    ("task_id", "x" * 129, 42014),
    ("task_id", None, 42014),
    ("horizontal_content_list", rows(7), 42035),
    ("horizontal_content_list", [{"value": "v"}], 42027),
    ("horizontal_content_list", [{"keyname": "k", "type": 1}], 42028),
    ("horizontal_content_list", [{"keyname": "k", "type": 2, "media_id": "?"}], 42029),
    ("horizontal_content_list", [{"keyname": "k", "type": 3, "userid": "nobody"}], 42050),
    ("jump_list", [{"title": "t"}] * 4, 42042),
    ("jump_list", [{"type": 1, "url": "http://a"}], 42033),
    ("jump_list", [{"title": "t", "type": 1}], 42028),
    ("jump_list", [{"title": "t", "type": 2}], 42030),
    ("card_action", {"type": 1}, 42028),
    ("card_action", {"type": 2}, 42030),
    ("action_menu", {"action_list": [{"text": "a", "key": "k"}] * 2}, 42051),
    ("action_menu", {"action_list": []}, 40058),
]


@pytest.mark.parametrize(("path", "value", "errcode"), COMMON)
def test_common_parts(
    api: Any, button_card: dict[str, Any], path: str, value: object, errcode: int
) -> None:
    assert api.send("template_card", changed(button_card, path, value))["errcode"] == errcode


@pytest.mark.parametrize(
    ("path", "value", "errcode"),
    [
        ("button_list", [], 40058),
        ("button_list", [{"text": "t", "key": str(n)} for n in range(7)], 40058),
        ("button_list.0.text", "", 42038),
        ("button_list.0.key", "no", 42039),
        ("button_list.0.key", "k" * 1025, 42039),
        ("button_list.0", {"text": "t", "type": 1}, 42028),
        ("button_selection", {"option_list": options(2)}, 42043),
        ("button_selection", {"question_key": "q", "option_list": options(11)}, 40058),
    ],
)
def test_button_cards(
    api: Any, button_card: dict[str, Any], path: str, value: object, errcode: int
) -> None:
    assert api.send("template_card", changed(button_card, path, value))["errcode"] == errcode


@pytest.mark.parametrize(
    ("path", "value", "errcode"),
    [
        ("checkbox.option_list", options(21), 42037),
        ("checkbox.option_list", [], 42037),
        ("checkbox.option_list.0.id", "b", 42040),
        ("checkbox.option_list.0.id", "x" * 129, 42040),
        ("checkbox.option_list.0.text", "", 42041),
        ("checkbox.question_key", None, 42043),
        ("checkbox.mode", 2, 40058),
        ("submit_button.key", None, 42046),
        ("submit_button.text", None, 42049),
    ],
)
def test_vote_cards(
    api: Any, vote_card: dict[str, Any], path: str, value: object, errcode: int
) -> None:
    assert api.send("template_card", changed(vote_card, path, value))["errcode"] == errcode


@pytest.mark.parametrize(
    ("path", "value", "errcode"),
    [
        ("select_list", [], 42047),
        ("select_list.0.question_key", "q", 42043),
        ("select_list.0.option_list", options(11), 40058),
        ("select_list.0.option_list.0.id", "y", 42040),
        ("submit_button", None, 42046),
    ],
)
def test_multiple_cards(
    api: Any, multiple_card: dict[str, Any], path: str, value: object, errcode: int
) -> None:
    assert api.send("template_card", changed(multiple_card, path, value))["errcode"] == errcode


@pytest.mark.parametrize(
    ("path", "value", "errcode"),
    [
        ("card_action", None, 42045),
        ("card_action.type", 0, 42045),
        ("main_title", None, 41016),
        ("card_type", "news_notice", 42044),
    ],
)
def test_notices(api: Any, path: str, value: object, errcode: int) -> None:
    assert api.send("template_card", changed(NOTICE, path, value))["errcode"] == errcode


def test_a_picture_notice_has_at_most_four_paragraphs(api: Any) -> None:
    card = NOTICE | {"card_type": "news_notice", "card_image": {"url": "http://a/b.png"}}
    paragraphs = [{"title": "t"}] * 5
    assert (
        api.send("template_card", card | {"vertical_content_list": paragraphs})["errcode"] == 42036
    )
    assert (
        api.send("template_card", card | {"vertical_content_list": paragraphs[:4]})["errcode"] == 0
    )


def test_a_task_id_is_used_up_for_ever(api: Any, world: World, button_card: dict[str, Any]) -> None:
    assert api.send("template_card", button_card)["response_code"]
    assert api.send("template_card", button_card, touser="Wang.Fang")["errcode"] == 42014
    assert len(world.seen("li")) == 1
    assert world.seen("Wang.Fang") == []


def test_a_refused_card_does_not_use_up_its_task_id(api: Any, button_card: dict[str, Any]) -> None:
    assert api.send("template_card", button_card, touser="nobody")["errcode"] == 81013
    assert api.send("template_card", button_card)["errcode"] == 0


def test_notices_need_no_task_id_and_give_no_code(api: Any) -> None:
    answer = api.send("template_card", NOTICE)
    assert answer["errcode"] == 0
    assert "response_code" not in answer


def test_without_a_callback_address_such_cards_are_refused(
    api: Any, world: World, button_card: dict[str, Any]
) -> None:
    world.settings.callback_url = None
    assert api.send("template_card", button_card)["errcode"] == 43012
    assert api.send("template_card", NOTICE)["errcode"] == 0


def test_long_texts_are_remarked_not_refused(
    api: Any, world: World, vote_card: dict[str, Any]
) -> None:
    card = changed(vote_card, "checkbox.option_list.0.text", "很" * 18)
    assert api.send("template_card", card)["errcode"] == 0
    (entry,) = world.journal.entries("long")
    assert entry.values == {"path": "checkbox.option_list.text", "size": 18, "most": 17}
    assert "18" in entry.text


def test_a_press_sends_key_task_and_code(
    api: Any, world: World, bot: Any, button_card: dict[str, Any]
) -> None:
    api.send("template_card", button_card)
    assert world.press("li", 1, "yes") == []
    found = {
        name: bot.last(name) for name in ("Event", "EventKey", "TaskId", "CardType", "AgentID")
    }
    assert found == {
        "Event": "template_card_event",
        "EventKey": "yes",
        "TaskId": "t1",
        "CardType": "button_interaction",
        "AgentID": "1000002",
    }
    assert bot.last("MsgId") is None
    update = {"userids": ["LI"], "agentid": 1000002, "button": {"replace_name": "已选“是”"}}
    code = bot.last("ResponseCode")
    assert (
        api.post("message/update_template_card", update | {"response_code": code})["errcode"] == 0
    )
    card = world.seen("li")[0].card
    assert card
    assert (card.grey, card.replace_text) == (True, "已选“是”")


def test_a_grey_card_can_only_be_pressed_by_force(
    api: Any, world: World, bot: Any, button_card: dict[str, Any]
) -> None:
    api.send("template_card", button_card)
    bot.answer = lambda _root: {"MsgType": "update_button", "Button": {"ReplaceName": "已提交"}}
    world.press("li", 1, "yes")
    with pytest.raises(Refused) as refusal:
        world.press("li", 1, "yes")
    assert refusal.value.code == "greyed"
    world.press("li", 1, "yes", force=True)
    assert len(bot.got) == 2


def test_a_vote_sends_its_options_in_the_cards_order(
    api: Any, world: World, bot: Any, vote_card: dict[str, Any]
) -> None:
    api.send("template_card", vote_card)
    world.submit("li", 1, ["c", "a"])
    item = bot.got[-1].find("SelectedItems/SelectedItem")
    assert item.findtext("QuestionKey") == "q"
    assert [o.text for o in item.findall("OptionIds/OptionId")] == ["a", "c"]
    assert bot.last("EventKey") == "go"
    world.submit("li", 1, [])
    assert bot.got[-1].findall("SelectedItems/SelectedItem/OptionIds/OptionId") == []


def test_what_a_person_cannot_do_is_refused(
    api: Any, world: World, vote_card: dict[str, Any], multiple_card: dict[str, Any]
) -> None:
    api.send("template_card", changed(vote_card, "checkbox.mode", 0))
    api.send("template_card", multiple_card)
    tries: list[tuple[str, Any]] = [
        ("single_choice", lambda: world.submit("li", 1, ["a", "b"])),
        ("unknown_option", lambda: world.submit("li", 1, ["z"])),
        ("no_button", lambda: world.press("li", 1, "go")),
        ("needs_questions", lambda: world.submit("li", 2, ["x"])),
        ("unknown_question", lambda: world.submit("li", 2, {"r": "x"})),
        ("no_card", lambda: world.press("Wang.Fang", 1, "go")),
        ("nobody", lambda: world.say("nobody", "x")),
        ("out_of_range", lambda: world.say("gone", "x")),
    ]
    for code, deed in tries:
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == code


def test_a_multiple_card_sends_one_item_a_question(
    api: Any, world: World, bot: Any, multiple_card: dict[str, Any]
) -> None:
    api.send("template_card", multiple_card)
    world.submit("li", 1, {"p": "y"})
    items = bot.got[-1].findall("SelectedItems/SelectedItem")
    found = [(i.findtext("QuestionKey"), i.findtext("OptionIds/OptionId")) for i in items]
    assert found == [("p", "y"), ("q", "x")]


def test_a_menu_entry_of_a_card(
    api: Any, world: World, bot: Any, button_card: dict[str, Any]
) -> None:
    menu = {"desc": "更多", "action_list": [{"text": "不再提醒", "key": "mute"}]}
    api.send("template_card", button_card | {"action_menu": menu})
    bot.answer = lambda _root: {"MsgType": "text", "Content": "好"}
    (bubble,) = world.press("li", 1, "mute")
    assert bot.last("Event") == "template_card_menu_event"
    assert bubble.content == {"content": "好"}


class TestUpdating:
    """response_code: once, within 72 hours, only for those who may."""

    def update(self, api: Any, code: str, **more: Any) -> dict[str, Any]:
        api.token = ""
        body = {"userids": ["li"], "agentid": 1000002, "response_code": code}
        return api.post(
            "message/update_template_card", body | {"button": {"replace_name": "好"}} | more
        )

    def test_a_code_works_once(self, api: Any, button_card: dict[str, Any]) -> None:
        code = api.send("template_card", button_card)["response_code"]
        assert self.update(api, code)["errcode"] == 0
        assert self.update(api, code)["errcode"] == 40058

    def test_a_code_lives_72_hours(
        self, api: Any, clock: ManualClock, button_card: dict[str, Any], vote_card: dict[str, Any]
    ) -> None:
        early = api.send("template_card", button_card)["response_code"]
        late = api.send("template_card", vote_card)["response_code"]
        clock.advance(timedelta(hours=71, minutes=59))
        assert self.update(api, early)["errcode"] == 0
        clock.advance(timedelta(minutes=1))
        assert self.update(api, late)["errcode"] == 40058

    def test_each_member_has_an_own_card(
        self, api: Any, world: World, button_card: dict[str, Any]
    ) -> None:
        code = api.send("template_card", button_card, touser="li|Wang.Fang")["response_code"]
        assert self.update(api, code, userids=["li", "NoBody"])["invaliduser"] == ["nobody"]
        states = [world.seen(u)[0].card for u in ("li", "Wang.Fang")]
        assert [state.grey for state in states if state] == [True, False]

    def test_a_clickers_code_is_for_the_clicker_only(
        self, api: Any, world: World, bot: Any, button_card: dict[str, Any]
    ) -> None:
        api.send("template_card", button_card, touser="li|Wang.Fang")
        world.press("li", 1, "yes")
        answer = self.update(api, bot.last("ResponseCode"), userids=["Wang.Fang"])
        assert answer["invaliduser"] == ["wang.fang"]
        assert not any(b.card and b.card.grey for b in world.seen("Wang.Fang"))

    def test_a_whole_new_card_is_checked_and_takes_the_place(
        self, api: Any, world: World, button_card: dict[str, Any]
    ) -> None:
        code = api.send("template_card", button_card)["response_code"]
        bad = NOTICE | {"jump_list": [{"title": "t"}] * 4}
        assert self.update(api, code, template_card=bad)["errcode"] == 42042
        assert self.update(api, code, template_card=NOTICE)["errcode"] == 0
        (bubble,) = world.seen("li")
        assert bubble.content["card_type"] == "text_notice"
        assert bubble.content["task_id"] == "t1"

    @pytest.mark.parametrize(
        ("more", "errcode"),
        [
            ({"agentid": 7}, 301002),
            ({"userids": []}, 82001),
            ({"button": {}}, 40058),
            ({"response_code": "?"}, 40058),
        ],
    )
    def test_refusals_leave_the_code_usable(
        self, api: Any, button_card: dict[str, Any], more: dict[str, Any], errcode: int
    ) -> None:
        code = api.send("template_card", button_card)["response_code"]
        assert self.update(api, code, **more)["errcode"] == errcode
        assert self.update(api, code)["errcode"] == 0

"""Template cards: their shapes, and each hard limit with the service's errcode."""

import copy

import pytest

from bot.wecom.api import canonical
from bot.wecom.cards import CardError, button_card, greyed, notice_card, overlong, vote_card

URL = "https://form.example.test/f/1"


def a_button_card(**changes):
    parts = {"task_id": "q12_li-7@a", "title": "预算是否公开？", "buttons": [("yes", "是")]}
    return button_card(**(parts | changes))


def a_vote_card(**changes):
    parts = {
        "task_id": "t1",
        "question_key": "q12",
        "title": "依据",
        "note": "可多选",
        "options": [("a", "法规", True), ("b", "规划", False)],
        "multi": True,
        "submit_key": "submit_q12",
        "submit_label": "提交",
    }
    return vote_card(**(parts | changes))


def a_notice_card(**changes):
    parts = {"title": "催报", "note": "还差 12 题", "details": [], "url": URL}
    return notice_card(**(parts | changes))


def test_a_button_card():
    card = button_card(
        "q1",
        "标题",
        note="说明",
        details=[("得分", "4.5"), ("文件", "查看", URL)],
        buttons=[("yes", "是", 1), ("no", "否")],
        source="绩效自评",
    )
    assert card == {
        "card_type": "button_interaction",
        "source": {"desc": "绩效自评"},
        "main_title": {"title": "标题"},
        "sub_title_text": "说明",
        "horizontal_content_list": [
            {"keyname": "得分", "value": "4.5"},
            {"keyname": "文件", "value": "查看", "type": 1, "url": URL},
        ],
        "task_id": "q1",
        "button_list": [
            {"key": "yes", "text": "是", "style": 1},
            {"key": "no", "text": "否"},
        ],
    }


def test_a_vote_card():
    assert a_vote_card() == {
        "card_type": "vote_interaction",
        "main_title": {"title": "依据", "desc": "可多选"},
        "task_id": "t1",
        "checkbox": {
            "question_key": "q12",
            "mode": 1,
            "option_list": [
                {"id": "a", "text": "法规", "is_checked": True},
                {"id": "b", "text": "规划", "is_checked": False},
            ],
        },
        "submit_button": {"key": "submit_q12", "text": "提交"},
    }
    assert a_vote_card(multi=False)["checkbox"]["mode"] == 0


def test_a_notice_card():
    card = a_notice_card(emphasis=("85.5", "当前得分"), links=[("打开", URL)], source="绩效")
    assert card == {
        "card_type": "text_notice",
        "source": {"desc": "绩效"},
        "main_title": {"title": "催报"},
        "sub_title_text": "还差 12 题",
        "emphasis_content": {"title": "85.5", "desc": "当前得分"},
        "jump_list": [{"type": 1, "title": "打开", "url": URL}],
        "card_action": {"type": 1, "url": URL},
    }


def test_a_notice_may_have_only_a_note():
    assert "main_title" not in a_notice_card(title="")


@pytest.mark.parametrize(
    ("build", "changes", "field", "code"),
    [
        (a_button_card, {"task_id": ""}, "task_id", 42014),
        (a_button_card, {"task_id": "a" * 129}, "task_id", 42014),
        (a_button_card, {"task_id": "题1"}, "task_id", 42014),
        (a_button_card, {"task_id": "a\n"}, "task_id", 42014),
        (a_button_card, {"title": " "}, "main_title.title", 41016),
        (a_button_card, {"buttons": []}, "button_list", None),
        (a_button_card, {"buttons": [(str(n), "x") for n in range(7)]}, "button_list", None),
        (a_button_card, {"buttons": [("a", "x"), ("a", "y")]}, "button_list.key", 42039),
        (a_button_card, {"buttons": [("", "x")]}, "button_list.key", 42039),
        (a_button_card, {"buttons": [("字" * 342, "x")]}, "button_list.key", 42039),
        (a_button_card, {"buttons": [("a", "")]}, "button_list.text", 42038),
        (a_button_card, {"buttons": [("a", "x", 5)]}, "button_list.style", None),
        (a_button_card, {"details": [("a", "b")] * 7}, "horizontal_content_list", 42035),
        (a_button_card, {"details": [("", "b")]}, "horizontal_content_list.keyname", 42027),
        (a_button_card, {"details": [("a", "b", "x")]}, "horizontal_content_list.url", 42028),
        (a_vote_card, {"task_id": "a b"}, "task_id", 42014),
        (a_vote_card, {"question_key": ""}, "checkbox.question_key", 42043),
        (a_vote_card, {"options": []}, "checkbox.option_list", 42037),
        (
            a_vote_card,
            {"options": [(str(n), "x", False) for n in range(21)]},
            "checkbox.option_list",
            42037,
        ),
        (a_vote_card, {"options": [("a", "x", False)] * 2}, "checkbox.option_list.id", 42040),
        (a_vote_card, {"options": [("a" * 129, "x", False)]}, "checkbox.option_list.id", 42040),
        (a_vote_card, {"options": [("a", "", False)]}, "checkbox.option_list.text", 42041),
        (
            a_vote_card,
            {"options": [("a", "x", True), ("b", "y", True)], "multi": False},
            "checkbox.option_list.is_checked",
            None,
        ),
        (a_vote_card, {"submit_key": ""}, "submit_button.key", 42046),
        (a_vote_card, {"submit_key": "k" * 1025}, "submit_button.key", 42046),
        (a_vote_card, {"submit_label": ""}, "submit_button.text", 42049),
        (a_notice_card, {"title": "", "note": ""}, "main_title.title", 41016),
        (a_notice_card, {"url": ""}, "card_action.url", 42028),
        (a_notice_card, {"url": "javascript:alert(1)"}, "card_action.url", 42028),
        (a_notice_card, {"links": [("a", URL)] * 4}, "jump_list", 42042),
        (a_notice_card, {"links": [("", URL)]}, "jump_list.title", 42033),
        (a_notice_card, {"links": [("a", "form.example.test")]}, "jump_list.url", 42028),
        (a_notice_card, {"details": [("a", "b")] * 7}, "horizontal_content_list", 42035),
    ],
)
def test_a_hard_limit_is_named_before_anything_is_sent(build, changes, field, code):
    with pytest.raises(CardError) as error:
        build(**changes)
    assert (error.value.field, error.value.code) == (field, code)
    assert str(error.value).startswith(field)
    assert str(code or "not documented") in str(error.value)


def test_the_limits_themselves_are_allowed():
    a_button_card(
        task_id="a" * 128,
        buttons=[("k" * 1023 + str(n), "x", 4) for n in range(6)],
        details=[("a", "b")] * 6,
    )
    a_vote_card(options=[(f"{n:0128}", "x", False) for n in range(20)], submit_key="k" * 1024)
    a_notice_card(links=[("a", URL)] * 3)


def test_suggested_lengths_are_reported_and_not_refused():
    card = a_button_card(
        title="题" * 37, note="x" * 160, details=[("六个字的名称", "v")], buttons=[("a", "b" * 11)]
    )
    assert overlong(card) == [
        "main_title.title: 37 > 36",
        "horizontal_content_list.keyname: 6 > 5",
        "button_list.text: 11 > 10",
    ]
    assert overlong(a_vote_card(options=[("a", "字" * 18, False)])) == [
        "checkbox.option_list.text: 18 > 17"
    ]
    assert overlong(a_notice_card()) == []


def test_a_greyed_card_is_a_copy_that_is_closed():
    card = a_vote_card()
    before = copy.deepcopy(card)
    done = greyed(card, "已提交")
    assert card == before
    assert done["replace_text"] == "已提交"
    assert done["checkbox"]["disable"] is True
    assert greyed(a_button_card(), "已选：是")["replace_text"] == "已选：是"


def test_a_notice_has_nothing_to_grey():
    with pytest.raises(CardError):
        greyed(a_notice_card(), "已读")
    with pytest.raises(CardError):
        greyed(a_button_card(), "")


def test_control_characters_do_not_reach_the_service():
    card = a_button_card(
        title="a\x00", note="b\x08", details=[("c\x01", "d\x02")], buttons=[("k", "e\x03")]
    )
    assert not any(code in canonical(card) for code in (b"\\u0000", b"\\u0008", b"\\u000", b"\x00"))
    assert card["button_list"][0]["text"] == "e"

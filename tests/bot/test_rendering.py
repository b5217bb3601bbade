from bot.rendering import (
    CardMessage,
    TextMessage,
    as_text,
    card_in_words,
    chosen_label,
    render,
)
from bot.wecom.texts import byte_length
from dialogs.bubbles import Buttons, Choice, Tick, Words

YES_NO = (Choice("yes", "是"), Choice("no", "否"))
BUTTONS = Buttons("ask:q1", "有没有重点项目？", "已答 3/87", YES_NO, (("得分", "12"),))
TICK = Tick("ask:q2", "请勾选", "可多选", tuple(Choice(x, f"{x} 第{x}项") for x in "ABC"))


def card(bubble: Buttons | Tick) -> CardMessage:
    (message,) = render([bubble], text_only=False, form_id=7)
    assert isinstance(message, CardMessage)
    return message


def test_a_long_text_becomes_several_that_fit() -> None:
    messages = render([Words("一行文字\n" * 400)], text_only=False)
    assert len(messages) > 1
    assert all(byte_length(m.text) <= 1900 for m in messages if isinstance(m, TextMessage))


def test_an_empty_text_is_nothing() -> None:
    assert render([Words("")], text_only=False) == []


def test_buttons_become_a_card_with_their_ids_as_keys() -> None:
    made = card(BUTTONS).card
    assert [(b["key"], b["text"]) for b in made["button_list"]] == [("yes", "是"), ("no", "否")]
    assert made["horizontal_content_list"] == [{"keyname": "得分", "value": "12"}]


def test_ticks_become_a_vote_under_their_key() -> None:
    box = card(TICK).card["checkbox"]
    assert (box["question_key"], box["mode"]) == ("ask:q2", 1)
    assert [o["id"] for o in box["option_list"]] == ["A", "B", "C"]


def test_a_single_choice_is_a_vote_of_one() -> None:
    single = Tick("k", "t", "n", YES_NO, single=True)
    assert card(single).card["checkbox"]["mode"] == 0


def test_task_ids_differ_even_for_the_same_card() -> None:
    first, second = card(BUTTONS), card(BUTTONS)
    assert first.task_id != second.task_id
    assert first.task_id.startswith("7-ask_q1-")


def test_text_only_shows_the_options_in_words() -> None:
    (message,) = render([BUTTONS], text_only=True)
    assert message == TextMessage(as_text(BUTTONS))
    assert as_text(BUTTONS).splitlines()[:5] == [
        "有没有重点项目？",
        "已答 3/87",
        "得分：12",
        "1. 是",
        "2. 否",
    ]
    assert "A. 第A项\nB. 第B项" in as_text(TICK)


def test_ticked_options_say_so() -> None:
    tick = Tick("k", "t", "n", (Choice("a1", "甲", True), Choice("b2", "乙")))
    assert "a1. 甲（已选）\nb2. 乙" in as_text(tick)


def test_options_without_short_ids_get_letters() -> None:
    tick = Tick("k", "t", "n", (Choice("income", "收入"), Choice("cost", "支出")))
    assert "A. 收入\nB. 支出" in as_text(tick)


def test_a_card_that_would_be_refused_is_sent_as_text() -> None:
    many = Buttons("k", "t", "n", tuple(Choice(f"c{n}", f"选项{n}") for n in range(7)))
    (message,) = render([many], text_only=False)
    assert message == TextMessage(as_text(many))


def test_a_greyed_card_names_what_was_chosen() -> None:
    assert chosen_label(card(BUTTONS).card, "yes", ()) == "已选 是"
    assert chosen_label(card(TICK).card, "submit", ("A", "C")) == "已选 A C"
    assert chosen_label(card(TICK).card, "submit", ()) == "已提交，一项未选"
    assert chosen_label(card(TICK).card, "submit", ("income", "cost")) == "已选 2 项"
    assert chosen_label(card(TICK).card, "submit", tuple("ABCDEFGHI")) == "已选 9 项"


def test_a_card_that_was_refused_can_be_put_in_words() -> None:
    assert card_in_words(card(BUTTONS).card) == as_text(BUTTONS)
    assert card_in_words(card(TICK).card) == as_text(TICK)


def test_a_row_with_an_address_opens_it_and_says_it_in_words() -> None:
    opening = Buttons("k", "t", "n", YES_NO, (("逐项看", "点这里打开", "https://x.example/1"),))
    made = card(opening).card
    row = {"keyname": "逐项看", "value": "点这里打开", "type": 1, "url": "https://x.example/1"}
    assert made["horizontal_content_list"] == [row]
    assert "逐项看：https://x.example/1" in as_text(opening)
    assert "逐项看：https://x.example/1" in card_in_words(made)

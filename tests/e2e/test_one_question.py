"""One question, all the way: said in the chat, asked, answered, recorded, shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dialogs.bubbles import Buttons, Choice, Tick, Words
from dialogs.case import Case, Desk
from dialogs.effects import PreferText, RecordAnswer
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.states import State
from dialogs.step import Step
from scoring.values import YesNo
from storage import answers

CONTACT = "chenyu"
District = Make = Any  # the types of conftest.py, which can't be imported


def echo_machine(state: State, event: Event, case: Case, now: datetime) -> Step:
    """A stand-in that knows a few words, enough for every way an answer can take."""
    match event:
        case Opened():
            return Step(state, (), (Words(f"您好，{case.person.name}"),))
        case Said(text="两条"):
            return Step(state, (), (Words("第一条"), Words("第二条")))
        case Said(text="长"):
            return Step(state, (), (Words("很长的一行\n" * 300),))
        case Said(text="卡片"):
            choices = (Choice("yes", "是"), Choice("no", "否"))
            card = Buttons("ask:q1", "有没有重点项目？", "已答 0/87", choices)
            return Step(state.but(asked="q1"), (), (card,))
        case Said(text="勾选"):
            choices = tuple(Choice(letter, f"第{letter}项") for letter in "ABCDE")
            return Step(state, (), (Words("请勾选"), Tick("ask:q2", "请选", "可多选", choices)))
        case Said(text="只要文字"):
            return Step(state, (PreferText(True),), (Words("好的"),))
        case Said(text=text) if state.asked == "q1" and text in "是否":
            fact = yes_no_fact(case)
            effect = RecordAnswer({fact: YesNo(text == "是")}, text)
            return Step(state.but(asked=""), (effect,), (Words(f"记下了：{text}"),))
        case Chosen(card="ask:q1", options=(option,)):
            effect = RecordAnswer({yes_no_fact(case): YesNo(option == "yes")}, option)
            return Step(state.but(asked=""), (effect,), (Words(f"记下了：{option}"),))
        case Chosen(options=options):
            return Step(state, (), (Words("选了" + "".join(options)),))
        case Said(text=text):
            return Step(state, (), (Words(f"您说的是{text}"),))
    return Step(state, (), (Words("看不懂"),))


def desk_machine(state: State, event: Event, desk: Desk, now: datetime) -> Step:
    return Step(state, (), (Words(f"{desk.role}：{len(desk.forms)}份"),))


def yes_no_fact(case: Case) -> str:
    return next(name for name, fact in case.standard.facts.items() if fact.type == "yesno")


@pytest.fixture
def district(make_district: Make) -> District:
    return make_district(machine=echo_machine, desk=desk_machine)


def words(bubbles: list) -> list[str]:
    return [bubble.words() for bubble in bubbles]


def test_the_console_accepts_our_address(district: District) -> None:
    assert district.world.verify_url().ok


def test_a_single_text_comes_back_passively(district: District) -> None:
    (bubble,) = district.say(CONTACT, "早")
    assert (bubble.words(), bubble.how) == ("您说的是早", "passive")


def test_two_texts_come_by_the_outbox_in_order(district: District) -> None:
    bubbles = district.say(CONTACT, "两条")
    assert words(bubbles) == ["第一条", "第二条"]
    assert {bubble.how for bubble in bubbles} == {"send"}


def test_nothing_overtakes_what_waits(district: District) -> None:
    district.world.say(CONTACT, "两条")
    district.world.say(CONTACT, "早")
    district.drain()
    assert words(district.bubbles(CONTACT)) == ["第一条", "第二条", "您说的是早"]


def test_a_long_text_is_split_and_whole(district: District) -> None:
    bubbles = district.say(CONTACT, "长")
    assert len(bubbles) > 1
    assert "\n".join(words(bubbles)).count("很长的一行") == 300
    assert district.complaints("cut") == []


def test_a_button_is_pressed_greyed_recorded_and_answered(district: District) -> None:
    (card,) = district.say(CONTACT, "卡片")
    (after,) = district.press(CONTACT, "是")
    assert after.words() == "记下了：yes"
    assert card.card is not None
    assert (card.card.grey, card.card.replace_text) == (True, "已选 是")
    assert recorded(district) == [True]


def test_options_are_ticked_and_named_on_the_greyed_card(district: District) -> None:
    _, card = district.say(CONTACT, "勾选")
    (after,) = district.submit(CONTACT, ["A", "B", "D"])
    assert after.words() == "选了ABD"
    assert card.card is not None
    assert card.card.replace_text == "已选 A B D"


def test_a_submission_without_a_tick_is_an_answer(district: District) -> None:
    _, card = district.say(CONTACT, "勾选")
    (after,) = district.submit(CONTACT, [])
    assert after.words() == "选了"
    assert card.card is not None
    assert card.card.grey


def test_a_question_answered_in_words_greys_its_card(district: District) -> None:
    (card,) = district.say(CONTACT, "卡片")
    (after,) = district.say(CONTACT, "否")
    assert after.words() == "记下了：否"
    assert card.card is not None
    assert card.card.replace_text == "已用文字回答"
    assert recorded(district) == [False]


def test_cards_become_text_for_who_prefers_it(district: District) -> None:
    district.say(CONTACT, "只要文字")
    (bubble,) = district.say(CONTACT, "卡片")
    assert bubble.kind == "text"
    assert "1. 是\n2. 否" in bubble.words()


def test_cards_become_text_where_they_are_not_supported(make_district: Make) -> None:
    plain = make_district(settings={"cards": False}, machine=echo_machine, desk=desk_machine)
    (bubble,) = plain.say(CONTACT, "卡片")
    assert bubble.kind == "text"


def test_an_honest_repeat_is_not_swallowed(district: District) -> None:
    for _ in range(3):
        assert [
            text.rstrip("\u200b\u200c\u200d\u2060") for text in words(district.say(CONTACT, "两条"))
        ] == [
            "第一条",
            "第二条",
        ]
    assert district.complaints("dropped") == []


def test_the_greeting_comes_once_a_day(district: District) -> None:
    assert words(district.open(CONTACT)) == ["您好，陈宇"]
    assert district.open(CONTACT) == []


def test_a_stranger_learns_whom_to_ask(district: District) -> None:
    (bubble,) = district.say("stranger", "你好")
    assert "周宁" in bubble.words()


def test_the_limiter_keeps_below_the_silent_drop(district: District) -> None:
    for _ in range(20):
        district.world.say(CONTACT, "两条")
    district.drain()
    assert len(district.bubbles(CONTACT)) == 40
    assert district.complaints("dropped") == []


def recorded(district: District) -> list[object]:
    form_id = district.loaded.forms["301"]
    with district.services.database.read() as tx:
        return list(answers.present(tx, form_id).values())

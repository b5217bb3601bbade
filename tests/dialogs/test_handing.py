"""Hand-overs as pure views: scopes, questions, who has what, and the messages about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dialogs import machine
from dialogs.bubbles import Buttons, Words
from dialogs.case import Hand, Known, Person, Role
from dialogs.events import Chosen, Opened, Said
from dialogs.hands import notices
from dialogs.hands.held import facts_of, handed, is_done, questions_in, questions_of, scope_title
from dialogs.hands.scopes import scopes_meant
from dialogs.hands.wishes import is_meant
from dialogs.states import State, load_state
from scoring.standard import Standard

Converse = Callable[..., Any]
CHEN = Known("chenyu", "陈宇")
MING = Known("chenxm", "陈小明", "资产股")
HAND = Hand(3, "section:assets", CHEN, MING, "accepted")
OPEN = {"assets_counted": None, "asset_queries_open": None}

SCOPES = {
    "资产": ["section:assets"],
    "资产管理": ["section:assets"],
    "B3-1": ["indicator:B3-1"],
    "b3.1": ["indicator:B3-1"],
    "信息公开": ["indicator:B2"],
    "信息公开和资产": ["indicator:B2", "section:assets"],
    "资金管理和信息公开": ["section:money"],
    "盘点": ["indicator:B5-3"],
    "经费": ["indicator:C1-2"],
    "三公经费": ["question:sangong"],
    "12345": ["question:hotline"],
    "封面": ["section:cover"],
    "实际采购金额": ["question:procurement"],
    "政府采购执行率": ["indicator:B3-1"],
}


def test_scopes_are_found_by_name_nickname_code_and_number(converse: Converse) -> None:
    talk = converse().talk
    meant = {said: scopes_meant(talk, said) for said in SCOPES}
    assert {said: list(m) for said, m in meant.items() if m} == SCOPES
    number = talk.case.standard.number_of["assets_counted"]
    assert scopes_meant(talk, f"第{number}题") == scopes_meant(talk, str(number))
    several = scopes_meant(talk, f"{number}到{number + 1}")
    assert several
    assert several == ("question:assets_counted", "question:asset_queries")
    assert [
        said for said in ("月球", "采购和月球", "99", "80-999") if scopes_meant(talk, said)
    ] == []


def test_an_indicator_holds_what_its_rule_reads_but_not_what_opens_it(standard: Standard) -> None:
    assert questions_of(standard, "indicator:B3-1") == ("procurement",)
    assert questions_of(standard, "indicator:B5-3") == ("assets_counted",)
    for node in standard.indicators:
        found = questions_of(standard, f"indicator:{node.code}")
        assert "has" not in found
        assert not any(question.startswith("lost_") for question in found)
    assert questions_of(standard, "section:nothing") == questions_of(standard, "x") == ()
    assert scope_title(standard, "question:procurement").startswith("【34】")


def test_a_question_that_left_is_no_part_of_a_hand_over(standard: Standard) -> None:
    smaller = replace(HAND, without=("assets_counted",))
    assert "assets_counted" not in questions_in(standard, smaller)
    assert "assets_counted" in facts_of(standard, HAND) - facts_of(standard, smaller)


def test_a_hand_over_is_done_when_nothing_of_it_is_open(converse: Converse) -> None:
    talk = converse(OPEN, "reference-case.yaml")
    assert not is_done(talk.standard, talk.answers, HAND)
    assert is_done(talk.standard, talk.answers, replace(HAND, scope="section:procurement"))
    # As long as it isn't known what applies, more may be asked.
    assert not is_done(talk.standard, {}, HAND)


def test_what_is_done_is_the_contacts_again(converse: Converse) -> None:
    talk = converse(OPEN, "reference-case.yaml", hands=(HAND,))
    assert "assets_counted" in handed(talk.case)
    talk.hands = (replace(HAND, done=True),)
    assert handed(talk.case) == frozenset()
    talk.hands = (replace(HAND, state="declined"),)
    assert handed(talk.case) == frozenset()


def test_the_offer_says_who_asks_what_until_when(converse: Converse) -> None:
    talk = converse(OPEN, "reference-case.yaml")
    hand = replace(HAND, state="offered", note="月底前要")
    words, card = notices.offered(talk.form, talk.standard, hand, talk.answers)
    assert isinstance(words, Words)
    assert isinstance(card, Buttons)
    for part in ("陈小明您好", "陈宇请您帮忙填", "【45】", "【46】", "6月15日", "陈宇说：月底前要"):
        assert part in words.text
    assert card.key == "hand:3"
    assert [choice.id for choice in card.choices] == ["yes", "no"]
    assert "【34】" not in words.text
    (told,) = notices.offered(
        talk.form, talk.standard, replace(hand, scope="section:cover"), talk.answers
    )
    assert "没有要填的" in told.text


def test_every_notice_names_the_other_one_and_the_questions(converse: Converse) -> None:
    talk = converse()
    told = {
        "陈小明接受了": notices.accepted(talk.form, talk.standard, HAND),
        "陈小明填不了资产管理（出差）": notices.declined(
            talk.form, talk.standard, replace(HAND, reply="出差")
        ),
        "陈小明把资产管理填好了": notices.done(talk.form, talk.standard, HAND),
        "陈宇把资产管理收回去": notices.taken_back(talk.form, talk.standard, HAND),
        "陈宇把【45】": notices.taken_back(talk.form, talk.standard, HAND, "", "assets_counted"),
        "陈小明把资产管理退回来了（不知道）": notices.given_back(
            talk.form, talk.standard, HAND, "不知道"
        ),
        "陈小明收不到": notices.unreachable(talk.form, talk.standard, HAND),
        "原来是陈宇": notices.passed_on(talk.form, talk.standard, HAND, "陈宇"),
    }
    assert [part for part, (words,) in told.items() if part not in words.text] == []


def test_people_are_looked_up_only_where_somebody_speaks_of_them() -> None:
    fresh, waits = State(), State(pending={"kind": "hand_who", "scopes": ["section:assets"]})
    assert is_meant(Said("资产让陈明来填"), fresh)
    assert is_meant(Said("不知道，问财务"), fresh)
    assert is_meant(Said("陈明"), waits)
    assert not is_meant(Said("2587.01万元"), fresh)
    assert not is_meant(Opened(), waits)


def test_a_contact_can_be_asked_by_another_contact(converse: Converse) -> None:
    other = Person("chenxm", "陈小明", frozenset({Role.CONTACT}))
    offer = replace(HAND, state="offered")
    talk = converse(OPEN, "reference-case.yaml", hands=(offer,), person=other)
    assert "一共2题" in talk.take(Chosen("hand:3", ("yes",)))
    assert talk.effects == ["AnswerHand"]
    assert talk.hands[0].state == "accepted"
    talk.hands = (offer,)
    assert "已经告诉陈宇" in talk.say("我填不了，出差")
    assert talk.hands[0].reply == "出差"


def test_a_colleague_without_anything_is_thanked(converse: Converse) -> None:
    helper = Person("x", "某人", frozenset({Role.COLLEAGUE}))
    talk = converse(OPEN, "reference-case.yaml", person=helper, hands=(HAND,))
    for event in (Opened(), Said("你好"), Said("98万"), Said("送审"), Chosen("ask:cover", ())):
        assert "没有要填的题" in talk.take(event)
        assert talk.effects == []


def test_no_words_of_a_colleague_reach_what_they_do_not_have(converse: Converse) -> None:
    helper = Person("chenxm", "陈小明", frozenset({Role.COLLEAGUE}))
    talk = converse(OPEN, "reference-case.yaml", person=helper, hands=(HAND,))
    allowed = set(questions_in(talk.standard, HAND))
    said = [
        "送审",
        "撤回",
        "预览",
        "汇报图",
        "清单",
        "材料",
        "带入",
        "修改1",
        "修改12",
        "撤销",
        "得分",
        "盖章",
        "请放行",
        "涉密",
        "不适用",
        "上一题",
        "恢复",
    ]
    said += ["实际采购金额改成1万元", "清除 12 误填", "如果执行率到100%会怎样", "谁改过"]
    for text in said:
        step = machine.step(load_state(talk.stored), Said(text), talk.case, talk.now)
        assert step.bubbles, text
        assert not step.state.editing or step.state.editing in allowed, text
        for effect in step.effects:
            facts = getattr(effect, "values", {})
            assert {talk.standard.question_of[name].id for name in facts} <= allowed, text
            assert type(effect).__name__ in ("RecordAnswer", "EndHand"), text

"""Two people fill in one form at once: handed over by name, accepted on a card, answered, done."""

from __future__ import annotations

from typing import Any

import pytest

from storage import answers, hands, people

CONTACT, COLLEAGUE, OTHER_CONTACT = "chenyu", "wenqing", "hesui"
LOST = ("dropped", "cut", "bad_reply", "retry", "undelivered")
District = Any  # of conftest.py, which can't be imported


@pytest.fixture
def begun(district: District) -> District:
    """With the first question answered: there was procurement."""
    district.say(CONTACT, "你好")
    district.say(CONTACT, "ABCDEFGH")
    return district


def said(district: District, userid: str, text: str) -> str:
    return "\n".join(bubble.words() for bubble in district.say(userid, text))


def last(district: District, userid: str) -> str:
    return str(district.bubbles(userid)[-1].words())


def present(district: District) -> dict[str, Any]:
    with district.services.database.read() as tx:
        return answers.present(tx, district.loaded.forms["301"])


def hand_to(district: District, who: str) -> None:
    """The contact hands the procurement over, which is to be confirmed."""
    asked = said(district, CONTACT, f"采购这块让{who}来填")
    assert "采购管理（2题：34、35）" in asked
    answer = said(district, CONTACT, "是")
    assert "采购管理（2题：34、35）交给" in answer


def test_two_people_answer_one_form_at_once(begun: District) -> None:
    district = begun
    hand_to(district, "小温")
    offer, card = district.bubbles(COLLEAGUE)
    assert "陈宇请您帮忙填梅州市梅江区科工商务局2021年度" in offer.words()
    assert card.waits_for_answer()
    first = district.press(COLLEAGUE, "yes")
    assert "政府采购：计划金额、实际采购金额" in first[-1].words()
    assert "温晴接受了" in last(district, CONTACT)

    # Each goes on with their own questions; neither disturbs the other.
    assert "98.5%" in said(district, COLLEAGUE, "100万 98.5万")
    assert "【3】" in said(district, CONTACT, "0753-2196800")
    assert "4/5分" in said(district, COLLEAGUE, "ABCD")
    assert "温晴把采购管理填好了" in last(district, CONTACT)
    kept = present(district)
    assert {"procurement_plan", "procurement_actual", "procurement_compliance"} <= set(kept)
    assert "contact_phone" in kept

    # Theirs can be mended, nothing else touched, and the form is not theirs to send in.
    assert "99万元" in said(district, COLLEAGUE, "实际采购金额改成99万")
    said(district, COLLEAGUE, "联系电话改成0753-1111111")
    said(district, COLLEAGUE, "送审")
    after = present(district)
    assert after == kept | {"procurement_actual": after["procurement_actual"]}

    # Taken back, the access is over.
    assert "温晴" in said(district, CONTACT, "收回温晴的")
    if "【" not in last(district, CONTACT):
        district.say(CONTACT, "是")
    assert "现在没有要填的题" in said(district, COLLEAGUE, "实际采购金额改成1万")
    assert present(district) == after
    with district.services.database.read() as tx:
        assert hands.of_form(tx, district.loaded.forms["301"]) == []
        assert people.roles(tx, COLLEAGUE) == []
    assert district.complaints(*LOST) == []


def test_a_card_taken_back_is_over_and_decides_nothing(begun: District) -> None:
    district = begun
    hand_to(district, "小温")
    card = district.bubbles(COLLEAGUE)[-1]
    with district.services.database.begin() as tx:
        # The greying is lost, as it may be after 72 hours.
        tx.exec_driver_sql("UPDATE cards SET response_code = NULL")
    district.say(CONTACT, "收回温晴的")
    assert card.waits_for_answer()
    (told,) = district.press(COLLEAGUE, "yes")
    assert "现在没有要填的题" in told.words()
    with district.services.database.read() as tx:
        assert hands.of_form(tx, district.loaded.forms["301"]) == []


def test_who_fills_in_elsewhere_chooses_which_is_meant(begun: District) -> None:
    district = begun
    district.say(OTHER_CONTACT, "你好")
    district.say(OTHER_CONTACT, "只要文字")
    hand_to(district, "何穗")
    assert "〔协办·科工商务局〕" in last(district, OTHER_CONTACT)
    # Two things lie open with her: words belong to neither until she has said to which.
    asked = said(district, OTHER_CONTACT, "接受")
    assert "协办·科工商务局" in asked
    assert "填报人·民政局" in asked
    chosen = said(
        district, OTHER_CONTACT, "1" if asked.index("协办") < asked.index("填报人·") else "2"
    )
    assert "〔协办·科工商务局〕" in chosen
    assert "政府采购：计划金额" in said(district, OTHER_CONTACT, "接受")
    assert "98.5%" in said(district, OTHER_CONTACT, "100万 98.5万")
    assert "procurement_plan" in present(district)


def test_an_account_that_no_message_reaches_is_told_to_the_giver(begun: District) -> None:
    assert "王芳（账号wangfang）吗" in said(begun, CONTACT, "资产让王芳（wangfang）来填")
    said(begun, CONTACT, "是")
    assert "王芳收不到我的消息" in last(begun, CONTACT)


def test_the_reviewer_is_not_asked(begun: District) -> None:
    assert "自己填的不能自己审" in said(begun, CONTACT, "资产这块让林帆来填")


def test_who_waits_for_an_earlier_answer_is_told_when_it_comes(district: District) -> None:
    district.say(CONTACT, "你好")
    hand_to(district, "小温")
    assert "要等陈宇先答【1】" in said(district, COLLEAGUE, "接受")
    before = len(district.bubbles(COLLEAGUE))
    district.say(CONTACT, "ABCDEFGH")
    told = district.bubbles(COLLEAGUE)[before:]
    assert [bubble.words() for bubble in told] == [
        "前面的题答好了，陈宇请您填的采购管理可以填了（2题）。回「继续」开始。"
    ]
    district.say(CONTACT, "0753-2196800")
    assert len(district.bubbles(COLLEAGUE)) == before + 1
    assert "【34】" in said(district, COLLEAGUE, "继续")


def test_what_is_typed_after_it_was_taken_back_is_said_not_to_be_kept(begun: District) -> None:
    hand_to(begun, "小温")
    begun.say(COLLEAGUE, "接受")
    begun.say(CONTACT, "收回温晴的")
    assert "刚发的这条没有记" in said(begun, COLLEAGUE, "100万 98.5万")
    assert "procurement_plan" not in present(begun)


def test_many_parts_at_once_are_offered_in_one_message(begun: District) -> None:
    begun.say(CONTACT, "剩下的都交给小温")
    begun.say(CONTACT, "是")
    (offer,) = begun.bubbles(COLLEAGUE)
    assert "· 采购管理（2题）" in offer.words()
    assert "谢谢！一共" in said(begun, COLLEAGUE, "接受")


def test_what_was_given_back_can_be_handed_to_the_same_person_again(begun: District) -> None:
    hand_to(begun, "小温")
    begun.say(COLLEAGUE, "接受")
    assert "【34】退给陈宇了" in said(begun, COLLEAGUE, "34退回")
    hand_to(begun, "小温")
    assert "一共2题" in said(begun, COLLEAGUE, "接受")
    assert "【34】" in said(begun, COLLEAGUE, "ABCD")
    assert "98.5%" in said(begun, COLLEAGUE, "100万 98.5万")

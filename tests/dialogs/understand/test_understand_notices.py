"""通知 as coordinators type it: what is wanted, to whom, and where the words begin; 收到 too."""

from __future__ import annotations

import pytest

from dialogs.understand.departments import Plain
from dialogs.understand.notices import (
    as_typed,
    read_confirmation,
    read_wish,
    says_later,
    says_not,
    says_now,
    says_send,
)
from dialogs.understand.plain_text import clean
from dialogs.understand.receivers import read_receivers

KNOWN = (
    Plain("301", "梅州市梅江区科工商务局", ("科工商务局", "区科工商务局")),
    Plain("302", "梅州市梅江区民政局", ("民政局",)),
    Plain("303", "梅州市梅江区水务局", ("水务局",)),
    Plain("304", "梅州市梅江区文化广电旅游体育局", ("文广旅体局", "文旅局")),
)


@pytest.mark.parametrize(
    ("text", "places", "everybody", "roles", "words"),
    [
        ("通知 全部：请于6月20日前交", (), True, (), "请于6月20日前交"),
        ("通知全部单位，请于6月20日前交", (), True, (), "请于6月20日前交"),
        ("通知　全部　请于６月２０日前交", (), True, (), "请于６月２０日前交"),
        ("通知 所有单位\n各单位：\n请尽快", (), True, (), "各单位：\n请尽快"),
        ("群发 全体填报人：请尽快", (), True, ("contact",), "请尽快"),
        ("通知 审核人：请看", (), False, ("reviewer",), "请看"),
        ("通知 全部审核人和填报人：请看", (), True, ("reviewer", "contact"), "请看"),
        ("通知 民政局、文旅局 请到会议室开会", (1, 3), False, (), "请到会议室开会"),
        ("通知民政局和水务局请到会", (1, 2), False, (), "请到会"),
        ("通知 民政局请和水务局一起报", (1,), False, (), "请和水务局一起报"),
        ("通知 303 3天内交", (2,), False, (), "3天内交"),
        ("通知 商务局审核人：请看", (0,), False, ("reviewer",), "请看"),
        ("通知 文广局：请看", (3,), False, (), "请看"),
        ("發通知給民政局：請於六月二十日前報送", (1,), False, (), "請於六月二十日前報送"),
        (
            "请通知水务局：水费 1,200.50 元，详见“附表”",
            (2,),
            False,
            (),
            "水费 1,200.50 元，详见“附表”",
        ),
    ],
)
def test_receivers_and_words_are_told_apart(
    text: str, places: tuple[int, ...], everybody: bool, roles: tuple[str, ...], words: str
) -> None:
    wish = read_wish(text)
    assert wish is not None
    assert wish.verb == "send"
    found = read_receivers(wish.words, KNOWN)
    assert (found.places, found.all, found.roles) == (places, everybody, roles)
    assert as_typed(wish.words, found.rest) == words
    assert not found.unknown


def test_receivers_may_stand_in_front() -> None:
    wish = read_wish("请给民政局、水务局发个通知：周五开会")
    assert wish is not None
    assert (wish.to, wish.words) == ("民政局、水务局", "周五开会")


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("卫健局：请看", ("卫健局",)),
        ("民政局、卫健局 请看", ("卫健局",)),
        ("民政局 应急管理局 请看", ("应急管理局",)),
    ],
)
def test_names_that_nobody_has_are_not_taken_for_words(said: str, unknown: tuple[str]) -> None:
    assert read_receivers(said, KNOWN).unknown == unknown


@pytest.mark.parametrize(
    "said", ["请各单位到会议室", "6月20日截止", "民政局长明天来", "全部材料要交齐"]
)
def test_words_without_receivers(said: str) -> None:
    assert not read_receivers(said, KNOWN).named


@pytest.mark.parametrize(
    ("text", "verb", "number"),
    [
        ("谁没回", "missing", None),
        ("還有誰沒回？", "missing", None),
        ("哪些单位没确认", "missing", None),
        ("谁没回3", "missing", 3),
        ("通知３谁没回", "missing", 3),
        ("没回的单位", "missing", None),
        ("再发", "again", None),
        ("再发一次", "again", None),
        ("重发给没回的人", "again", None),
        ("再发3", "again", 3),
        ("通知记录", "list", None),
        ("发过哪些通知", "list", None),
        ("通知3", "show", 3),
        ("谁回了", "show", None),
        ("取消通知", "cancel", None),
        ("撤回第2号通知", "cancel", 2),
        ("补充通知 3：附表有更新", "send", 3),
    ],
)
def test_what_else_is_wanted(text: str, verb: str, number: int | None) -> None:
    wish = read_wish(text)
    assert wish is not None
    assert (wish.verb, wish.number) == (verb, number)


@pytest.mark.parametrize(
    "text",
    [
        "进度",
        "谁没动",
        "谁没报送",
        "收到",
        "催办 全部",
        "通知书已经收到",
        "延期 民政局 3天",
        "退回",
    ],
)
def test_other_talk_is_none_of_it(text: str) -> None:
    assert read_wish(text) is None


@pytest.mark.parametrize("text", ["发送", "发吧", "好的，发", "确认发送", "可以 发出去"])
def test_send(text: str) -> None:
    assert says_send(text)
    assert not says_not(text)


@pytest.mark.parametrize("text", ["不发", "先别发了", "算了", "不用发"])
def test_not(text: str) -> None:
    assert says_not(text)
    assert not says_send(text)


def test_when() -> None:
    assert says_now("现在发")
    assert says_later("等上班再发")
    assert says_later("上班后发")
    assert not says_now("上班后发")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收到", (None, False, False)),
        ("好的，收到，谢谢！", (None, False, False)),
        ("已收到", (None, False, False)),
        ("收到通知", (None, False, True)),
        ("知悉", (None, False, True)),
        ("收到2", (2, False, True)),
        ("全部收到", (None, True, True)),
    ],
)
def test_receipts(text: str, found: tuple[int | None, bool, bool]) -> None:
    said = read_confirmation(text)
    assert said is not None
    assert (said.number, said.all, said.named) == found


@pytest.mark.parametrize(
    "text", ["收到2587万元", "没收到", "收到退回的材料", "2600万元", "好的", "收到了3份文件"]
)
def test_what_is_no_receipt(text: str) -> None:
    assert read_confirmation(text) is None


@pytest.mark.parametrize("words", ["關於ＡＢ\n第二行", "冇問題的請回覆", "①是 “引号”", "x" * 1500])
def test_words_stay_as_they_were_typed(words: str) -> None:
    wish = read_wish(f"通知 全部：{words}")
    assert wish is not None
    rest = read_receivers(wish.words, KNOWN).rest
    assert as_typed(wish.words, rest) == clean(words)

"""Passive replies: nothing a person typed can leave its CDATA, nothing is too long."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise import parse_message

from bot.wecom.inbound import parse
from bot.wecom.passive import MAX_BYTES, button_reply, text_reply
from bot.wecom.texts import byte_length, clean
from bot.wecom.xmltree import read

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
VISIBLE = st.text(st.characters(codec="utf-8"), max_size=400).filter(
    lambda text: clean(text).strip() and byte_length(text) <= MAX_BYTES
)


def test_a_text_reply():
    assert text_reply("li_si", "ww0001", "已记下", NOW) == (
        "<xml><ToUserName><![CDATA[li_si]]></ToUserName>"
        "<FromUserName><![CDATA[ww0001]]></FromUserName>"
        "<CreateTime>1772413200</CreateTime>"
        "<MsgType><![CDATA[text]]></MsgType>"
        "<Content><![CDATA[已记下]]></Content></xml>"
    )


def test_the_reply_goes_to_who_sent_the_message():
    inbound = parse("<xml><FromUserName>wang</FromUserName><MsgType>text</MsgType></xml>")
    assert read(text_reply(inbound, "ww0001", "好", NOW)).findtext("ToUserName") == "wang"


def test_a_button_reply():
    root = read(button_reply("li_si", "ww0001", "已提交", NOW))
    assert root.findtext("MsgType") == "update_button"
    assert root.findtext("Button/ReplaceName") == "已提交"


@pytest.mark.parametrize("write", [text_reply, button_reply])
def test_xml_cannot_be_injected(write):
    root = read(write("li_si", "ww0001", "a]]></Content><Evil/><![CDATA[b", NOW))
    assert root.find(".//Evil") is None
    assert "a]]></Content><Evil/><![CDATA[b" in list(root.itertext())


@given(VISIBLE)
def test_what_is_written_is_read_again(text):
    xml = text_reply("li_si", "ww0001", text, NOW)
    expected = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    assert parse(xml).text == expected
    if text.isascii():  # wechatpy strips; what it strips of other scripts is its own matter
        assert (parse_message(xml).content or "").strip() == expected.strip()


def test_the_longest_text_and_one_byte_more():
    longest = "字" * 633 + "x"
    assert byte_length(longest) == MAX_BYTES
    assert longest in text_reply("li_si", "ww0001", longest, NOW)
    with pytest.raises(ValueError, match="1901 bytes"):
        text_reply("li_si", "ww0001", longest + "x", NOW)


@pytest.mark.parametrize("empty", ["", "  ", "\x00"])
def test_nothing_cannot_be_said(empty):
    with pytest.raises(ValueError, match="needs"):
        text_reply("li_si", "ww0001", empty, NOW)
    with pytest.raises(ValueError, match="needs"):
        button_reply("li_si", "ww0001", empty, NOW)

"""Every documented message and event, and the odd ones, as one plain record."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise import parse_message

from bot.wecom.inbound import MalformedXml, dedupe_key, parse

PAYLOADS = yaml.safe_load((Path(__file__).parent / "payloads.yaml").read_text("utf-8"))
CHARACTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))


def an_xml(fields: str, sender: str = "li_si", agent: str = "1000002", at: str = "1700000000"):
    return (
        f"<xml><ToUserName><![CDATA[ww0001]]></ToUserName>\n<FromUserName><![CDATA[{sender}]]>"
        f"</FromUserName>\n<CreateTime>{at}</CreateTime>{fields}<AgentID>{agent}</AgentID></xml>"
    )


def an_event(fields: str, **head: str) -> str:
    return an_xml(f"<MsgType>event</MsgType>{fields}", **head)


def a_text(content: str, msg_id: str = "1", **head: str) -> str:
    said = f"<MsgType>text</MsgType><Content>{content}</Content><MsgId>{msg_id}</MsgId>"
    return an_xml(said, **head)


def assert_fields(inbound, expect) -> None:
    for name, value in expect.items():
        if name == "selections":
            value = {key: tuple(ids) for key, ids in value.items()}
        assert getattr(inbound, name) == value, name


@pytest.mark.parametrize("name", PAYLOADS["messages"])
def test_a_message(name):
    payload = PAYLOADS["messages"][name]
    inbound = parse(an_xml(payload["xml"]))
    assert (inbound.sender, inbound.agent_id) == ("li_si", 1000002)
    assert inbound.created_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert_fields(inbound, payload["expect"])


@pytest.mark.parametrize("name", PAYLOADS["events"])
def test_an_event(name):
    payload = PAYLOADS["events"][name]
    inbound = parse(an_event(payload["xml"]))
    assert (inbound.kind, inbound.msg_id, inbound.text) == ("event", None, "")
    assert_fields(inbound, {"event": name} | payload["expect"])


@pytest.mark.parametrize("name", ["text", "image", "voice", "video", "location", "link"])
def test_the_six_messages_agree_with_wechatpy(name):
    xml = an_xml(PAYLOADS["messages"][name]["xml"])
    ours, theirs = parse(xml), parse_message(xml)
    assert (ours.kind, ours.sender, ours.agent_id) == (theirs.type, theirs.source, theirs.agent)
    assert int(ours.msg_id or 0) == theirs.id
    assert ours.text == getattr(theirs, "content", "")
    assert ours.media_id == getattr(theirs, "media_id", "")
    assert ours.created_at == theirs.create_time


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b"),
        ("<![CDATA[]]>", ""),
        ("", ""),
        ("<![CDATA[  两边有空格 \n]]>", "  两边有空格 \n"),
        ("<![CDATA[好😀👨‍👩‍👧]]>", "好😀👨‍👩‍👧"),
        ("<![CDATA[a\x00b\x08c\x1fd\te\x7f]]>", "abcd\te\x7f"),
        ("<![CDATA[１２．５％]]>", "１２．５％"),
        ("<![CDATA[<!DOCTYPE html><b>&amp;</b>]]>", "<!DOCTYPE html><b>&amp;</b>"),
        ("<![CDATA[\r\n]]>", "\n"),
        ("1 &lt; 2 &amp;", "1 < 2 &"),
    ],
)
def test_the_text_is_kept_as_sent(content, text):
    assert parse(a_text(content)).text == text


@given(CHARACTERS)
def test_any_text_in_cdata_comes_through_but_for_controls(text):
    said = parse(a_text("<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>")).text
    lost = {chr(code) for code in range(32)} - {"\t", "\n"} | {"\ufffe", "\uffff"}
    assert said.replace("\n", "") == "".join(
        each for each in text if each not in lost and each != "\n"
    )


@pytest.mark.parametrize(
    "head",
    [
        {"at": ""},
        {"at": "soon"},
        {"at": "-5"},
        {"at": "9" * 18},
        {"at": "9" * 5000},
        {"agent": ""},
        {"agent": "abc"},
        {"agent": "９"},
        {"sender": ""},
    ],
)
def test_odd_heads_are_survived(head):
    inbound = parse(a_text("x", **head))
    assert inbound.text == "x"
    if "at" in head:
        assert inbound.created_at == datetime(1970, 1, 1, tzinfo=UTC)
    if "agent" in head:
        assert inbound.agent_id is None


@pytest.mark.parametrize("xml", ["<xml/>", "<other><a/></other>", "<xml>text</xml>"])
def test_a_message_without_anything_is_unknown(xml):
    assert parse(xml).kind == "unknown"


def test_a_bottomless_message_is_cut_off():
    extra = parse(an_xml("<a>" * 5000 + "</a>" * 5000)).extra
    assert [len(path.split(".")) for path in extra] == [8]


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "hello",
        "<xml>",
        '<!DOCTYPE x [<!ENTITY e "1">]><xml><MsgType>&e;</MsgType></xml>',
        '<!DOCTYPE x SYSTEM "file:///nowhere"><xml/>',
        "<xml>&unknown;</xml>",
    ],
)
def test_what_is_no_safe_xml_is_a_value_error(xml):
    with pytest.raises(MalformedXml):
        parse(xml)


def test_a_message_is_known_by_app_sender_and_id():
    first = a_text("one", msg_id="5")
    same = a_text("retold", msg_id="5", at="1700000009")
    assert key_of(first) == key_of(same)
    others = [
        a_text("one", msg_id="6"),
        a_text("one", msg_id="5", sender="wang"),
        a_text("one", msg_id="5", agent="7"),
    ]
    assert len({key_of(xml) for xml in [first, *others]}) == 4


def test_two_clicks_in_one_second_are_two_events_and_a_retry_is_one():
    yes, no = (an_event(f"<Event>click</Event><EventKey>{key}</EventKey>") for key in ("yes", "no"))
    assert key_of(yes) != key_of(no)
    assert key_of(yes) == key_of(yes)
    assert len(key_of(yes)) == 64


def test_an_event_is_known_by_its_text_even_if_an_id_should_come():
    yes, no = (an_event(f"<MsgId>1</MsgId><EventKey>{key}</EventKey>") for key in ("yes", "no"))
    assert key_of(yes) != key_of(no)


def test_a_message_without_an_id_is_known_by_its_text():
    assert key_of(a_text("a", msg_id="")) != key_of(a_text("b", msg_id=""))


def key_of(xml: str) -> str:
    return dedupe_key(parse(xml), xml)

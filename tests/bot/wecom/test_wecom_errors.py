"""Error codes and their reactions, and texts without secrets."""

import logging

import pytest

from bot.wecom.errors import ApiError, Reaction, reaction_to
from bot.wecom.redaction import SecretFilter, redact


@pytest.mark.parametrize(
    ("code", "reaction"),
    [
        (-1, Reaction.RETRY),
        (6000, Reaction.RETRY),
        (45033, Reaction.RETRY),
        (40014, Reaction.REFRESH),
        (42001, Reaction.REFRESH),
        (40001, Reaction.REFRESH),
        (45009, Reaction.WAIT_WINDOW),
        (60020, Reaction.PAUSE_ALL),
        (50003, Reaction.PAUSE_ALL),
        (40013, Reaction.PAUSE_ALL),
        (301002, Reaction.PAUSE_ALL),
        (60011, Reaction.CONFIGURATION),
        (43012, Reaction.FALL_BACK),
        (81013, Reaction.MEMBER_GONE),
        (60111, Reaction.MEMBER_GONE),
        (42014, Reaction.ALREADY_SENT),
        (40007, Reaction.REUPLOAD),
        (42003, Reaction.RESTART_LOGIN),
        (45001, Reaction.TOO_LARGE),
        (40123, Reaction.BAD_MEDIA),
        (46003, Reaction.NOTHING_THERE),
        (60123, Reaction.RECONCILE),
        (82001, Reaction.PERMANENT),
        (42035, Reaction.PERMANENT),
        (999999, Reaction.PERMANENT),
    ],
)
def test_the_reaction_to_a_code(code, reaction):
    assert reaction_to(code) is reaction


def test_a_wrong_secret_stops_everything():
    assert reaction_to(40001, at_gettoken=True) is Reaction.PAUSE_ALL
    assert reaction_to(-1, at_gettoken=True) is Reaction.RETRY


def test_the_address_that_the_service_sees_is_told():
    text = "not allow to access from your ip, hint: [17], from ip: 203.0.113.9, more info at x"
    assert ApiError("user/get", 60020, text, Reaction.PAUSE_ALL).from_ip == "203.0.113.9"
    text = text.replace("203.0.113.9", "2001:db8::1")
    assert ApiError("user/get", 60020, text, Reaction.PAUSE_ALL).from_ip == "2001:db8::1"
    assert ApiError("user/get", 60020, "no", Reaction.PAUSE_ALL).from_ip is None


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("/x?access_token=abc&a=1", "/x?access_token=***&a=1"),
        ("corpsecret=s-_1 and more", "corpsecret=*** and more"),
        ("?ACCESS_TOKEN=abc", "?ACCESS_TOKEN=***"),
        ('{"access_token": "abc", "b": 1}', '{"access_token": "***", "b": 1}'),
        ("{'response_code': 'R'}", "{'response_code': '***'}"),
        ("/getuserinfo?code=C123", "/getuserinfo?code=***"),
        ("errcode=40014 stays, e=40014", "errcode=40014 stays, e=40014"),
        ("(url: /gettoken?corpid=ww&corpsecret=s)", "(url: /gettoken?corpid=ww&corpsecret=***)"),
    ],
)
def test_secrets_are_hidden(text, redacted):
    assert redact(text) == redacted


def test_known_secrets_are_hidden_wherever_they_stand():
    assert redact("bad token T-1!", "T-1", "") == "bad token ***!"


def test_log_lines_lose_their_tokens():
    record = logging.LogRecord(
        "urllib3", logging.DEBUG, "x", 1, '"%s %s"', ("GET", "/x?access_token=abc"), None
    )
    assert SecretFilter().filter(record)
    assert record.getMessage() == '"GET /x?access_token=***"'

"""The API client against a scripted service: bodies, tokens, retries, secrets."""

import json
import traceback

import pytest
import requests
from structlog.testing import capture_logs

from bot.wecom.api import ApiSettings, WeComApi, canonical
from bot.wecom.errors import ApiError, CallFailed, NotSent, Reaction, UnknownOutcome
from bot.wecom.tokens import MemoryTokenStore

TEXT = {"touser": "Li_Si", "msgtype": "text", "text": {"content": "已记下：2,587.01 万元😀"}}
CHECKED = TEXT | {"enable_duplicate_check": 1, "duplicate_check_interval": 120}
BUSY = {"errcode": -1, "errmsg": "system busy"}
EXPIRED = {"errcode": 42001, "errmsg": "access_token expired, hint: [17], from ip: 203.0.113.9"}
OK = {"errcode": 0, "errmsg": "ok"}


def test_a_message_goes_out_and_its_answer_is_read(api, service):
    service.answer(
        "message/send",
        OK
        | {
            "msgid": "M1",
            "response_code": "R1",
            "invaliduser": "Li_Si|wang",
            "unlicenseduser": "z",
        },
    )
    sent = api.send(TEXT)
    assert (sent.msgid, sent.response_code) == ("M1", "R1")
    assert sent.invalid_users == {"li_si", "wang"}
    assert sent.unlicensed_users == {"z"}
    request = service.calls("message/send")[0]
    assert request.method == "POST"
    assert service.query(request) == {"access_token": "token-1"}
    assert json.loads(request.body) == TEXT | {"agentid": 1000002}
    assert "2,587.01 万元😀".encode() in request.body


def test_nobody_invalid_is_an_empty_set(api):
    assert api.send(TEXT).invalid_users == frozenset()


def test_the_same_body_is_the_same_bytes_whatever_its_order(api, service):
    api.send(TEXT)
    api.send(dict(reversed(TEXT.items())))
    api.send_bytes(api.payload(TEXT))
    assert len({request.body for request in service.calls("message/send")}) == 1


def test_canonical_bytes():
    assert canonical({"b": 1, "a": {"d": "好", "c": [True, None]}}) == (
        '{"a":{"c":[true,null],"d":"好"},"b":1}'.encode()
    )
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


def test_one_token_serves_many_calls_until_it_is_old(api, service, clock):
    api.send(TEXT)
    api.send(TEXT)
    clock.advance(seconds=6899)
    api.send(TEXT)
    assert service.tokens("message/send") == ["token-1"] * 3
    clock.advance(seconds=1)
    api.send(TEXT)
    assert service.tokens("message/send")[-1] == "token-2"
    query = service.query(service.calls("gettoken")[0])
    assert query == {"corpid": "ww0001", "corpsecret": "the-app-secret-0001"}


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_refused_token_is_renewed_and_the_call_repeated_once(api, service, code):
    service.answer("message/send", {"errcode": code, "errmsg": "x"}, OK | {"msgid": "M"})
    assert api.send(TEXT).msgid == "M"
    assert service.tokens("message/send") == ["token-1", "token-2"]
    assert len({request.body for request in service.calls("message/send")}) == 1


def test_a_token_that_stays_refused_does_not_loop(api, service):
    service.answer("message/send", EXPIRED)
    with pytest.raises(ApiError) as error:
        api.send(CHECKED)
    assert error.value.reaction is Reaction.REFRESH
    assert len(service.calls("message/send")) == 2
    assert len(service.calls("gettoken")) == 2


def test_a_token_that_somebody_else_renewed_is_taken_without_fetching(api, service, tokens, clock):
    api.send(TEXT)
    stale = tokens.read()
    tokens.renew(stale.generation, lambda: ("theirs", 7200), clock.now)
    tokens.read = lambda: stale  # this process still sees the old row
    service.answer("message/send", EXPIRED, OK)
    api.send(TEXT)
    assert service.tokens("message/send")[-1] == "theirs"
    assert len(service.calls("gettoken")) == 1


@pytest.mark.parametrize("code", [40001, 40013, 40091, 60020])
def test_a_wrong_secret_is_not_asked_again_for_five_minutes(api, service, clock, code):
    service.answer("gettoken", {"errcode": code, "errmsg": "invalid, from ip: 203.0.113.9"})
    for _ in range(5):
        with pytest.raises(ApiError) as error:
            api.user("li_si")
        assert error.value.reaction is Reaction.PAUSE_ALL
        assert (error.value.code, error.value.from_ip) == (code, "203.0.113.9")
    assert len(service.calls("gettoken")) == 1
    clock.advance(minutes=5)
    service.answer("gettoken", {"access_token": "t", "expires_in": 7200})
    assert api.user("li_si")["errcode"] == 0


def test_a_busy_service_gets_a_checked_message_three_times(api, service):
    service.answer("message/send", BUSY)
    with pytest.raises(ApiError):
        api.send(CHECKED)
    assert len(service.calls("message/send")) == 3
    assert len({request.body for request in service.calls("message/send")}) == 1


def test_a_busy_service_gets_an_unchecked_message_once(api, service):
    service.answer("message/send", BUSY, OK)
    with pytest.raises(ApiError) as error:
        api.send(TEXT)
    assert error.value.reaction is Reaction.RETRY
    assert len(service.calls("message/send")) == 1


def test_a_busy_service_that_recovers(api, service):
    service.answer("user/get", BUSY, {"errcode": 6000, "errmsg": "conflict"}, OK | {"name": "李四"})
    assert api.user("li_si")["name"] == "李四"


@pytest.mark.parametrize("code", [81013, 45009, 60011, 82001])
def test_all_other_codes_are_asked_once(api, service, code):
    service.answer("message/send", {"errcode": code, "errmsg": "no"})
    with pytest.raises(ApiError, match=f"message/send: errcode {code}"):
        api.send(CHECKED)
    assert len(service.calls("message/send")) == 1


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ((502, {}, b"<html>bad gateway</html>"), UnknownOutcome),
        ((500, {}, b""), UnknownOutcome),
        ((200, {}, b""), UnknownOutcome),
        ((200, {}, b'{"errcode":0,"ms'), UnknownOutcome),
        ((200, {}, b"<html>please log in</html>"), UnknownOutcome),
        ((200, {}, b"[1]"), UnknownOutcome),
        ((200, {}, b'{"errcode":"odd"}'), UnknownOutcome),
        ((200, {}, b"\xff\xfe"), UnknownOutcome),
        ((302, {"Location": "https://login.example.test/"}, b""), NotSent),
        ((403, {}, b"blocked by the proxy"), NotSent),
        ((407, {}, b""), NotSent),
        (requests.ConnectTimeout("x"), NotSent),
        (requests.exceptions.ProxyError("x"), NotSent),
        (requests.ReadTimeout("x"), UnknownOutcome),
        (requests.ConnectionError("reset"), UnknownOutcome),
        (requests.exceptions.ChunkedEncodingError("x"), UnknownOutcome),
    ],
)
def test_a_broken_exchange_says_whether_the_message_may_be_out(api, service, answer, failure):
    service.answer("message/send", answer)
    with pytest.raises(CallFailed) as error:
        api.send(CHECKED)
    assert type(error.value) is failure
    assert len(service.calls("message/send")) == 1


def test_a_lost_answer_to_gettoken_leaves_no_doubt_about_the_message(api, service):
    service.answer("gettoken", requests.ReadTimeout("x"))
    with pytest.raises(NotSent):
        api.send(TEXT)
    service.answer("gettoken", {"errcode": 0, "errmsg": "ok"})
    with pytest.raises(NotSent, match="no token"):
        api.send(TEXT)
    assert service.calls("message/send") == []


@pytest.mark.parametrize("name", ["gettoken", "message/send"])
def test_no_exception_shows_a_secret(api, service, name):
    leaky = "https://x/cgi-bin/y?access_token=token-1&corpsecret=the-app-secret-0001"
    for answer in (
        requests.ConnectionError(leaky),
        requests.ReadTimeout(leaky),
        requests.exceptions.InvalidURL(leaky),
        {"errcode": 60011, "errmsg": f"bad the-app-secret-0001 in {leaky}"},
        (502, {}, leaky.encode()),
    ):
        service.answer(name, answer)
        with pytest.raises(CallFailed) as caught:
            api.send(TEXT)
        for error in chain(caught.value):
            shown = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
            assert "token-1" not in shown
            assert "the-app-secret-0001" not in shown


def test_the_token_is_hidden_wherever_an_answer_quotes_it(api, service):
    service.answer("user/get", {"errcode": 60011, "errmsg": "the token token-1 may not"})
    with pytest.raises(ApiError, match="may not") as error:
        api.user("li_si")
    assert "token-1" not in str(error.value)


def chain(error: BaseException | None):
    while error:
        yield error
        error = error.__cause__ or error.__context__


def test_settings_do_not_show_the_secret(settings):
    assert "the-app-secret-0001" not in repr(settings)


def test_part_success_is_logged(api, service):
    service.answer("message/send", {"errcode": 0, "errmsg": "ok. Warning: wrong json format. "})
    with capture_logs() as lines:
        api.send(TEXT)
    assert [line["event"] for line in lines] == ["api_took_part_of_the_json"]


def test_a_card_is_updated(api, service):
    api.update_card("R1", "li_si", "已提交")
    assert json.loads(service.calls("message/update_template_card")[0].body) == {
        "userids": ["li_si"],
        "agentid": 1000002,
        "response_code": "R1",
        "button": {"replace_name": "已提交"},
    }


def test_a_message_is_recalled(api, service):
    api.recall("M1")
    assert json.loads(service.calls("message/recall")[0].body) == {"msgid": "M1"}


def test_the_menu_is_created_for_our_app(api, service):
    menu = {"button": [{"type": "click", "name": "继续", "key": "continue"}]}
    api.create_menu(menu)
    request = service.calls("menu/create")[0]
    assert service.query(request)["agentid"] == "1000002"
    assert json.loads(request.body) == menu


@pytest.mark.parametrize(
    ("answer", "userid", "openid"),
    [
        ({"userid": "li_si"}, "li_si", None),
        ({"UserId": "li_si", "DeviceId": "d"}, "li_si", None),
        ({"openid": "o1", "external_userid": "e"}, None, "o1"),
        ({"OpenId": "o1"}, None, "o1"),
        ({"userid": ""}, None, None),
    ],
)
def test_who_came_back_from_the_login(api, service, answer, userid, openid):
    service.answer("auth/getuserinfo", OK | answer)
    visitor = api.oauth_user("CODE")
    assert (visitor.userid, visitor.openid) == (userid, openid)
    assert service.query(service.calls("auth/getuserinfo")[0])["code"] == "CODE"


def test_a_used_login_code_restarts_the_login(api, service):
    service.answer("auth/getuserinfo", {"errcode": 42022, "errmsg": "code used"})
    with pytest.raises(ApiError) as error:
        api.oauth_user("CODE")
    assert error.value.reaction is Reaction.RESTART_LOGIN


@pytest.mark.parametrize(
    "base", ["https://gov.example.test/cgi-bin", "https://gov.example.test/cgi-bin/"]
)
def test_a_private_deployment_is_a_setting(service, clock, base, tmp_path):
    bundle = tmp_path / "ca.pem"
    bundle.write_text("")
    settings = ApiSettings("ww0001", "s", 7, base_url=base, ca_bundle=str(bundle), read_timeout=9)
    session = requests.Session()
    session.mount("https://", service)
    WeComApi(settings, MemoryTokenStore(), clock, session).send(TEXT)
    assert str(service.requests[-1].url).startswith(
        "https://gov.example.test/cgi-bin/message/send?"
    )
    assert service.options[-1] == {"timeout": (3, 9), "verify": str(bundle), "stream": False}


def test_certificates_are_verified_unless_a_bundle_is_named(api, service):
    api.send(TEXT)
    assert service.options[-1]["verify"] is True


def test_a_missing_bundle_is_found_at_the_start(clock):
    settings = ApiSettings("ww0001", "s", 7, ca_bundle="/nowhere/ca.pem")
    with pytest.raises(ValueError, match="no CA bundle"):
        WeComApi(settings, MemoryTokenStore(), clock)

"""gettoken, expiry, invalidation, wrong secrets, and the form of every answer."""

import re
from datetime import timedelta
from typing import Any

import pytest

from emulator.clock import ManualClock
from emulator.settings import Settings
from emulator.world import World


def test_the_same_token_until_it_expires_then_42001_and_a_new_one(
    api: Any, clock: ManualClock
) -> None:
    first = api.fetch_token()
    assert first["errcode"] == 0
    assert first["expires_in"] == 7200
    assert api.fetch_token()["access_token"] == first["access_token"]
    api.token = first["access_token"]
    clock.advance(timedelta(seconds=7199))
    assert api.get("getcallbackip")["ip_list"] == ["127.0.0.1"]
    clock.advance(timedelta(seconds=1))
    assert api.get("getcallbackip")["errcode"] == 42001
    assert api.fetch_token()["access_token"] != first["access_token"]


def test_early_death_gives_40014(api: Any, world: World) -> None:
    assert api.get("getcallbackip")["errcode"] == 0
    world.tokens.invalidate()
    assert api.get("getcallbackip")["errcode"] == 40014


def test_the_token_counts_only_in_the_query(api: Any, settings: Settings) -> None:
    token = api.fetch_token()["access_token"]
    answer = api.client.get(
        "/cgi-bin/getcallbackip", headers={"Authorization": token, "access_token": token}
    ).get_json()
    assert answer["errcode"] == 41001


@pytest.mark.parametrize(
    ("query", "errcode"),
    [
        ({"corpsecret": "s3cret"}, 41002),
        ({"corpid": "wwemu0001"}, 41004),
        ({"corpid": "wwemu9", "corpsecret": "s3cret"}, 40013),
        ({"corpid": "wwemu0001", "corpsecret": "wrong"}, 40001),
    ],
)
def test_wrong_credentials(api: Any, query: dict[str, str], errcode: int) -> None:
    response = api.client.get("/cgi-bin/gettoken", query_string=query)
    assert response.status_code == 200
    assert response.get_json()["errcode"] == errcode


def test_too_many_wrong_secrets_block_the_address_for_an_hour(
    api: Any, settings: Settings, clock: ManualClock
) -> None:
    api.token = api.fetch_token()["access_token"]
    for _ in range(settings.wrong_secrets_per_hour + 1):
        assert api.fetch_token("wrong")["errcode"] == 40001
    assert api.fetch_token()["errcode"] == 45009
    assert api.get("getcallbackip")["errcode"] == 45009
    clock.advance(timedelta(hours=1))
    assert api.fetch_token()["errcode"] == 0


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.wrong_secrets_per_hour = 3
    settings.api_per_minute = 5
    return settings


def test_basic_limit_per_minute_spares_message_send(api: Any, clock: ManualClock) -> None:
    answers = [api.get("getcallbackip")["errcode"] for _ in range(6)]
    assert answers == [0, 0, 0, 0, 45009, 45009]  # gettoken counted as the first
    assert api.send("text", {"content": "x"})["errcode"] == 0
    clock.advance(timedelta(minutes=1))
    assert api.get("getcallbackip")["errcode"] == 0


def test_errors_have_the_long_text_on_status_200(api: Any) -> None:
    response = api.client.get("/cgi-bin/getcallbackip?access_token=bad")
    assert response.status_code == 200
    text = response.get_json()["errmsg"]
    wanted = (
        r"invalid access_token, hint: \[\d+\], from ip: [\d.]+, "
        r"more info at https://open\.work\.weixin\.qq\.com/devtool/query\?e=40014"
    )
    assert re.fullmatch(wanted, text)


def test_tickets_live_two_hours(api: Any, clock: ManualClock) -> None:
    first = api.get("ticket/get", type="agent_config")["ticket"]
    assert api.get("ticket/get", type="agent_config")["ticket"] == first
    assert api.get("get_jsapi_ticket")["ticket"] != first
    assert api.get("ticket/get", type="x")["errcode"] == 40005

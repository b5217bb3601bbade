"""Limits and lives: what is too much at once, what is over for a while, what is too old."""

import threading
from datetime import timedelta
from typing import Any

from emulator.clock import ManualClock
from emulator.rates import Gauge, Quota
from emulator.world import World


def test_over_the_quota_nothing_passes_for_a_whole_span(clock: ManualClock) -> None:
    quota = Quota(clock, 2, timedelta(minutes=1))
    assert [quota.take() for _ in range(2)] == [True, True]
    clock.advance(timedelta(seconds=59))
    assert not quota.take()
    clock.advance(timedelta(seconds=59))
    assert not quota.take()  # a sliding window alone would be empty by now
    clock.advance(timedelta(seconds=1))
    assert quota.take()


def test_a_gauge_counts_what_is_under_way() -> None:
    gauge = Gauge(1)
    with gauge.one("a") as first, gauge.one("a") as second, gauge.one("b") as other:
        assert (first, second, other) == (True, False, True)
    with gauge.one("a") as free:
        assert free


def test_too_many_calls_of_one_api_at_once(api: Any, world: World) -> None:
    inside, out = threading.Event(), threading.Event()
    world.parallel._limit = 1
    assert api.get("getcallbackip")["errcode"] == 0
    count = world.tokens.count_call

    def wait() -> None:
        inside.set()
        assert out.wait(20)
        count()

    world.tokens.count_call = wait  # type: ignore[method-assign]
    answers: list[int] = []
    call = threading.Thread(target=lambda: answers.append(api.get("getcallbackip")["errcode"]))
    call.start()
    assert inside.wait(20)
    assert api.get("getcallbackip")["errcode"] == 45033
    out.set()
    call.join()
    assert answers == [0]


def test_everything_can_be_made_too_old(
    api: Any, world: World, button_card: dict[str, Any]
) -> None:
    code = api.send("template_card", button_card)["response_code"]
    media_id = api.upload("file", "a.pdf", b"content")["media_id"]
    login = world.logins.make("li")
    before = world.clock()
    what = {"what": ["media", "logins", "cards"]}
    assert api.client.post("/emulator/expire", json=what).status_code == 200
    assert api.get("media/get", media_id=media_id)["errcode"] == 40007
    assert api.get("auth/getuserinfo", code=login)["errcode"] == 42003
    update = {"userids": ["li"], "agentid": 1000002, "response_code": code}
    answer = api.post("message/update_template_card", update | {"button": {"replace_name": "x"}})
    assert (answer["errcode"], "expired" in answer["errmsg"]) == (40058, True)
    api.client.post("/emulator/expire", json={"what": ["tokens"]})
    assert api.get("getcallbackip")["errcode"] == 42001
    assert world.clock() == before


def test_what_a_swallowed_repeat_answers_is_a_switch(api: Any, world: World) -> None:
    def twice() -> list[int]:
        return [
            api.send("text", {"content": "x"}, enable_duplicate_check=1)["errcode"] for _ in "12"
        ]

    assert twice() == [0, 0]
    world.switch(repeat_errcode=40058)
    assert api.send("text", {"content": "x"}, enable_duplicate_check=1)["errcode"] == 40058
    assert len(world.seen("li")) == 1


def test_an_old_private_deployment_knows_no_cards(
    api: Any, world: World, button_card: dict[str, Any]
) -> None:
    world.switch(cards_supported=False)
    assert api.send("template_card", button_card)["errcode"] == 40008
    assert api.send("text", {"content": "x"})["errcode"] == 0

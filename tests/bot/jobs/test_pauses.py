"""While no call can work: everything waits, one process tries, and all goes on by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from structlog.testing import capture_logs

from bot.app import create_app
from bot.jobs.outbox import OutboxWorker
from bot.services import Services, make_services
from bot.settings import Settings
from bot.wecom.api import Sent
from bot.wecom.errors import ApiError, NotSent, Reaction, UnknownOutcome
from dialogs.bubbles import Buttons, Choice, Words
from storage import cards, incidents, outbox
from tests.bot.jobs.conftest import error, post, states
from tests.bot.wecom.conftest import Service

PEOPLE = ("chenyu", "hesui", "wuheng")
CARD = Buttons("ask:q", "title", "note", (Choice("yes", "是"), Choice("no", "否")))


@pytest.fixture
def other(services: Services, settings: Settings, clock: Any, api: Any) -> Iterator[OutboxWorker]:
    """The worker of another process, with connections of its own."""
    made = make_services(settings, clock)
    yield OutboxWorker(replace(made, api=api))
    made.close()


def told(lines: list[Any]) -> list[str]:
    return [entry["event"] for entry in lines if entry["event"].startswith("sending_")]


def test_all_processes_wait_one_tries_and_all_go_on(
    services: Services, worker: OutboxWorker, other: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(60020)] * 4
    for userid in PEOPLE:
        post(services, Words("一"), Words("二"), userid=userid)
    with capture_logs() as lines:
        for tries in (1, 2, 3, 4):
            for _ in range(5):
                worker.send_due()
                other.send_due()
                clock.advance(35)
            assert len(api.payloads) == tries
            clock.advance(10)
        clock.advance(180)
        other.send_due()
        worker.send_due()
    assert [states(services, userid) for userid in PEOPLE] == [["sent", "sent"]] * 3
    assert len(api.payloads) == 4 + 6
    assert told(lines) == ["sending_paused", "sending_resumed"], "once, not at each try"


def test_an_incident_found_in_mid_batch_stops_the_rest(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    for userid in PEOPLE:
        post(services, Words("一"), userid=userid)
    send = api.send_bytes

    def find(payload: bytes) -> Any:
        """Another process meets the refusal while this one sends."""
        services.incidents.note(error(60020), clock())
        return send(payload)

    api.send_bytes = find
    with capture_logs():
        worker.send_due()
    assert len(api.payloads) == 1
    with services.database.read() as tx:
        assert len(incidents.standing(tx)) == 1, "what was on its way before proves nothing"
    assert sorted(states(services, userid)[0] for userid in PEOPLE) == [
        "pending",
        "pending",
        "sent",
    ]


def test_a_try_that_never_left_is_given_back(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    """The first row due is one whose fate is unknown: that proves nothing and costs no try."""
    api.outcomes = [UnknownOutcome("message/send", "timeout"), error(60020)]
    post(services, Words("一"))
    with capture_logs():
        worker.send_due()
        clock.advance(10)
        worker.send_due()
        post(services, Words("二"), userid="hesui")
        clock.advance(181)
        worker.send_due()
    assert states(services) == ["unknown"]
    assert states(services, "hesui") == ["sent"]


@pytest.mark.parametrize(
    "outcome", [NotSent("message/send", "no way"), UnknownOutcome("message/send", "slow")]
)
def test_a_try_without_an_answer_proves_nothing(
    services: Services, worker: OutboxWorker, api: Any, clock: Any, outcome: Exception
) -> None:
    api.outcomes = [error(60020), outcome]
    for userid in PEOPLE:
        post(services, Words("一"), userid=userid)
    with capture_logs():
        worker.send_due()
        clock.advance(181)
        worker.send_due()
        worker.send_due()
    assert len(api.payloads) == 2


def test_a_message_that_cannot_arrive_proves_that_calls_work(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(60020), error(81013)]
    for userid in PEOPLE:
        post(services, Words("一"), userid=userid)
    with capture_logs():
        worker.send_due()
        clock.advance(181)
        worker.send_due()
    found = [states(services, userid)[0] for userid in PEOPLE]
    assert sorted(found) == ["failed", "sent", "sent"]


def test_a_full_window_is_waited_for_twice_as_long_each_time(
    services: Services, worker: OutboxWorker, other: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(45009)] * 4
    post(services, Words("一"))
    tried, seen = [], 0
    with capture_logs():
        for minute in range(30):
            worker.send_due()
            other.send_due()
            if len(api.payloads) > seen:
                seen = len(api.payloads)
                tried.append(minute)
            clock.advance(60)
    assert tried == [0, 1, 3, 7, 15]
    assert states(services) == ["sent"]


def test_tokens_that_are_refused_again_and_again_stop_all_and_fail_nothing(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [error(40014)] * 3
    post(services, Words("一"))
    with capture_logs() as lines:
        for _ in range(5):
            worker.send_due()
            clock.advance(10)
        assert told(lines) == ["sending_paused"]
        clock.advance(180)
        worker.send_due()
    assert states(services) == ["sent"]


def test_an_unlicensed_member_has_not_got_it(
    services: Services, worker: OutboxWorker, api: Any
) -> None:
    api.outcomes = [Sent("m", "", frozenset(), frozenset({"chenyu"}))]
    post(services, Words("一"))
    with capture_logs():
        worker.send_due()
    assert states(services) == ["failed"]


def test_a_card_is_greyed_when_calls_work_again_and_its_code_used_once(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [Sent("m", "code1", frozenset()), error(60020), error(-1)]
    post(services, CARD)
    worker.send_due()
    with services.database.begin() as tx:
        (card,) = cards.open_of(tx, "chenyu")
        cards.set_state(tx, card.task_id, "open", "stale")
        services.postbox.put_greying(tx, "chenyu", card.task_id, "已用文字回答", clock())
    with capture_logs():
        for _ in range(4):
            worker.send_due()
            clock.advance(181)
    assert [update[0] for update in api.updates] == ["code1"] * 3
    with services.database.read() as tx:
        found = cards.get(tx, card.task_id)
        assert found is not None
        assert (found.state, found.response_code) == ("greyed", None)
    assert states(services) == ["sent", "sent"]


def test_a_code_that_came_meanwhile_is_kept(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    api.outcomes = [Sent("m", "code1", frozenset())]
    post(services, CARD)
    worker.send_due()
    with services.database.begin() as tx:
        (card,) = cards.open_of(tx, "chenyu")
        services.postbox.put_greying(tx, "chenyu", card.task_id, "已用文字回答", clock())

    def click(*_: Any) -> None:
        with services.database.begin() as tx:
            cards.set_code(tx, card.task_id, "code2", clock())

    api.update_card = click
    worker.send_due()
    with services.database.read() as tx:
        found = cards.get(tx, card.task_id)
        assert found is not None
        assert found.response_code == "code2"


def test_a_file_that_may_have_arrived_is_not_sent_under_another_id(
    services: Services, worker: OutboxWorker, api: Any, clock: Any
) -> None:
    from storage import files

    key = services.files.put(b"content of the file", "报告.docx")
    with services.database.begin() as tx:
        files.keep(tx, key, "报告.docx", 19, "x/y", clock())
        services.postbox.put_file(tx, "chenyu", key, clock(), "once")
    api.outcomes = [UnknownOutcome("message/send", "timeout"), error(40007)]
    with capture_logs():
        for _ in range(3):
            worker.send_due()
            clock.advance(10)
    assert states(services) == ["unknown"]
    assert len(api.uploads) == 1


# ---- a wrong secret ----


class Installation:
    """Processes that come and go, with the real client and a service that knows one secret."""

    def __init__(self, settings: Settings, clock: Any) -> None:
        self._settings, self._clock = settings, clock
        self.service = Service()
        self.service.answer("gettoken", {"errcode": 40001, "errmsg": "invalid credential"})

    def started(self, secret: str = "wr0ng") -> Services:
        settings = self._settings.model_copy(update={"secret": type(self._settings.secret)(secret)})
        session = requests.Session()
        session.trust_env = False
        session.mount("http://", self.service)
        return make_services(settings, self._clock, session=session)

    def asked(self) -> int:
        return len(self.service.calls("gettoken"))


@pytest.fixture
def installation(services: Services, settings: Settings, clock: Any) -> Installation:
    return Installation(settings, clock)


def test_a_wrong_secret_is_asked_for_once_whatever_is_restarted(
    services: Services, installation: Installation, clock: Any
) -> None:
    post(services, Words("一"))
    post(services, Words("二"), userid="hesui")
    with capture_logs() as lines:
        for _ in range(5):
            process = installation.started()
            OutboxWorker(process).send_due()
            with pytest.raises(ApiError) as refused:
                process.api.user("chenyu")
            assert refused.value.reaction is Reaction.PAUSE_ALL
            process.close()
            clock.advance(3600)
    assert installation.asked() == 1
    assert told(lines) == ["sending_paused"]
    assert "wr0ng" not in str(lines)
    assert states(services) == states(services, "hesui") == ["pending"]


def test_a_changed_secret_is_tried_at_once_and_all_is_sent(
    services: Services, installation: Installation, clock: Any
) -> None:
    post(services, Words("一"))
    with capture_logs() as lines:
        wrong = installation.started()
        OutboxWorker(wrong).send_due()
        wrong.close()
        service = installation.service
        also_wrong = installation.started("wr0ng-too")
        OutboxWorker(also_wrong).send_due()
        OutboxWorker(also_wrong).send_due()
        also_wrong.close()
        assert installation.asked() == 2
        service.scripts.pop("gettoken")
        right = installation.started("s3cret")
        OutboxWorker(right).send_due()
        right.close()
    assert installation.asked() == 3
    assert states(services) == ["sent"]
    assert told(lines) == ["sending_paused", "sending_resumed"]


def test_a_secret_that_is_right_again_is_tried_when_an_operator_says_so(
    services: Services, installation: Installation, clock: Any
) -> None:
    post(services, Words("一"))
    process = installation.started()
    with capture_logs():
        OutboxWorker(process).send_due()
        installation.service.scripts.pop("gettoken")
        clock.advance(86400)
        OutboxWorker(process).send_due()
        assert installation.asked() == 1
        with services.database.begin() as tx:
            incidents.resume(tx, clock())
        OutboxWorker(process).send_due()
    process.close()
    assert installation.asked() == 2
    assert states(services) == ["sent"]


def test_whatever_gettoken_answers_fails_no_message(
    services: Services, installation: Installation, clock: Any
) -> None:
    installation.service.answer("gettoken", {"errcode": 41004, "errmsg": "corpsecret missing"})
    post(services, Words("一"))
    process = installation.started()
    with capture_logs():
        OutboxWorker(process).send_due()
    process.close()
    assert states(services) == ["pending"]


def test_the_figures_of_a_web_process_say_that_sending_is_paused(
    services: Services, clock: Any
) -> None:
    client = create_app(services=services).test_client()
    assert "jixiao_sending_paused 0.0" in client.get("/metrics").text
    with capture_logs():
        services.incidents.note(error(60020), clock())
    assert "jixiao_sending_paused 1.0" in client.get("/metrics").text


def test_a_card_that_became_text_keeps_its_place(
    services: Services, worker: OutboxWorker, api: Any
) -> None:
    api.outcomes = [error(43012)]
    post(services, CARD, Words("之后"))
    with capture_logs():
        worker.send_due()
    assert [json.loads(payload)["msgtype"] for payload in api.payloads] == [
        "template_card",
        "text",
        "text",
    ]
    assert "之后" in json.loads(api.payloads[-1])["text"]["content"]
    with services.database.read() as tx:
        assert outbox.stuck(tx) == []

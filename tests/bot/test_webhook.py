import sqlite3
import threading
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.app import create_app
from bot.services import Services
from bot.webhook import MAX_BODY
from dialogs.bubbles import Words
from dialogs.effects import PreferText
from dialogs.states import State
from dialogs.step import Step
from emulator import crypto, xml
from storage import people
from storage.database import Database, DatabaseDown

# The types of conftest.py, which can't be imported.
Line = Reply = Any
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


def test_the_check_of_the_console(line: Line) -> None:
    sealed = crypto.encrypt(AES_KEY, "4711", "wwemu0001")
    query = line.signed(sealed) | {"echostr": sealed}
    answer = line.client.get(f"/wecom/callback?{urlencode(query)}")
    assert (answer.status_code, answer.data) == (200, b"4711")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"msg_signature": "0" * 40}, 403),
        ({"timestamp": "1"}, 403),
        ({"nonce": "other"}, 403),
        ({"msg_signature": ""}, 403),
    ],
)
def test_a_wrong_signature_is_refused_in_one_line(
    line: Line, change: dict[str, str], status: int
) -> None:
    with capture_logs() as lines:
        answer = line.post(xml.write({"MsgType": "text", "Content": "private"}), **change)
    assert (answer.status_code, answer.data) == (status, b"")
    (entry,) = lines
    assert (entry["event"], entry["status"]) == ("callback_refused", status)
    assert "private" not in str(entry)


def test_an_old_message_is_refused(line: Line) -> None:
    url_time = line.clock.now
    sealed = crypto.encrypt(AES_KEY, "<xml/>", "wwemu0001")
    query = line.signed(sealed)
    line.clock.advance(11 * 60)
    body = xml.write({"Encrypt": sealed})
    with capture_logs() as lines:
        answer = line.client.post(f"/wecom/callback?{urlencode(query)}", data=body)
    assert answer.status_code == 403
    assert len(lines) == 1
    assert line.clock.now > url_time


@pytest.mark.parametrize("body", [b"", b"<xml>", b"\xff\xfe", b"<xml><Encrypt>x</Encrypt></xml>"])
def test_a_body_that_is_no_envelope_is_refused(line: Line, body: bytes) -> None:
    with capture_logs() as lines:
        answer = line.client.post("/wecom/callback", data=body)
    assert answer.status_code in (400, 403)
    assert len(lines) == 1


@pytest.mark.parametrize("text", ["", "hello", "\u4f60\u597d, 12"])
def test_a_sealed_text_without_a_message_is_taken_and_not_answered(line: Line, text: str) -> None:
    """The published vectors seal such texts; only WeChat Work can, so a retry would not help."""
    with capture_logs() as lines:
        answer = line.post(text)
    assert (answer.status_code, answer.data) == (200, b"")
    assert [entry["event"] for entry in lines] == ["callback_without_message"]
    assert "hello" not in str(lines)


@pytest.mark.parametrize("xml", ["<xml><a>", '<!DOCTYPE x [<!ENTITY e "1">]><xml>&e;</xml>'])
def test_a_sealed_message_in_broken_xml_is_refused(line: Line, xml: str) -> None:
    with capture_logs() as lines:
        answer = line.post(xml)
    assert answer.status_code == 400
    assert len(lines) == 1
    assert "ENTITY" not in str(lines)


def test_too_large_a_body_is_refused(line: Line) -> None:
    with capture_logs() as lines:
        answer = line.client.post("/wecom/callback", data=b"x" * (MAX_BODY + 1))
    assert answer.status_code == 413
    assert len(lines) == 1


def test_a_message_to_another_app_is_passed_over(line: Line) -> None:
    with capture_logs() as lines:
        answer = line.say("chenyu", "hello", AgentID=7)
    assert (answer.status_code, answer.data) == (200, b"")
    assert [entry["event"] for entry in lines] == ["callback_of_another_app"]


def test_a_text_is_answered(line: Line, reply: Reply) -> None:
    assert "hello" in reply(line.say("chenyu", "hello"))


def test_a_retry_gets_the_same_reply_and_does_nothing_again(
    services: Services, make_line: Any, reply: Reply
) -> None:
    asked = []

    def counting(state: State, event: object, case: object, now: object) -> Step:
        asked.append(event)
        return Step(state, (), (Words(f"answer {len(asked)}"),))

    line = make_line(replace(services, machine=counting))
    first = line.say("chenyu", "hello", MsgId=5)
    assert reply(first) == reply(line.say("chenyu", "hello", MsgId=5)) == "answer 1"
    assert reply(line.say("chenyu", "hello", MsgId=6)) == "answer 2"
    assert len(asked) == 2


def test_a_database_that_is_down_asks_for_a_retry(
    services: Services, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> None:
        raise DatabaseDown("private")

    monkeypatch.setattr(services.database, "begin", down)
    with capture_logs() as lines:
        assert line.say("chenyu", "hello").status_code == 503
    (entry,) = lines
    assert entry["event"] == "turn_put_off"
    assert "private" not in str(entry)


def test_a_failure_leaves_nothing_half_done_and_the_retry_works(
    services: Services, make_line: Any, reply: Reply
) -> None:
    broken = [True]

    def breaking(state: State, event: object, case: object, now: object) -> Step:
        # A bubble that nothing can show, after an effect that would have been carried out.
        shown = object() if broken.pop() else Words("now it works")
        return Step(state, (PreferText(True),), (shown,))  # type: ignore[arg-type]

    broken.insert(0, False)
    line = make_line(replace(services, machine=breaking))
    with capture_logs(processors=[merge_contextvars]) as lines:
        assert line.say("chenyu", "private words", MsgId=9).status_code == 500
    (entry,) = lines
    assert entry["event"] == "turn_failed"
    assert entry["turn"]
    assert "private words" not in str(entry)
    with services.database.read() as tx:
        person = people.person(tx, "chenyu")
        assert person is not None
        assert not person.plain_text_only
    assert reply(line.say("chenyu", "private words", MsgId=9)) == "now it works"


def test_health_readiness_and_figures(line: Line, services: Services) -> None:
    line.say("chenyu", "hello")
    assert line.client.get("/healthz").data == b"ok\n"
    assert line.client.get("/readyz").data == b"ready\n"
    figures = line.client.get("/metrics").text
    assert 'jixiao_turns_total{kind="text",outcome="done"} 1.0' in figures
    assert "chenyu" not in figures


def test_a_database_behind_is_not_ready(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.health.schema.is_current", lambda database: False)
    assert line.client.get("/readyz").status_code == 503


def test_pages_are_limited_and_the_callback_is_not(services: Services, make_line: Any) -> None:
    settings = services.settings.model_copy(update={"page_requests": "2 per minute"})
    line = make_line(replace(services, settings=settings))
    statuses = [line.client.get("/healthz").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert {line.say("chenyu", "hello").status_code for _ in range(5)} == {200}


def test_the_ownership_file_is_served(services: Services) -> None:
    changes = {"verify_file": "WW_verify_abc.txt", "verify_text": "abc"}
    settings = services.settings.model_copy(update=changes)
    client = create_app(services=replace(services, settings=settings)).test_client()
    assert client.get("/WW_verify_abc.txt").data == b"abc"


def test_one_message_brought_many_times_at_once_is_one_turn(
    services: Services, make_line: Any, clock: Any, reply: Reply
) -> None:
    asked: list[Any] = []

    def counting(state: State, event: Any, case: Any, now: Any) -> Step:
        asked.append(event)
        return Step(state, (), (Words(f"answer {len(asked)}"),))

    services = replace(services, machine=counting)
    said: list[str] = []
    lines = [make_line(services) for _ in range(8)]

    def bring(line: Any) -> None:
        said.append(reply(line.say("chenyu", "hello", MsgId=5)))

    threads = [threading.Thread(target=bring, args=(line,)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["answer 1"] * 8
    assert len(asked) == 1


def test_a_writer_elsewhere_that_does_not_end_asks_for_a_retry(
    services: Services, make_line: Any, reply: Reply
) -> None:
    database = Database(services.settings.database_url, patience=0.1)
    if database.url.get_backend_name() != "sqlite":
        pytest.skip("about SQLite")
    line = make_line(replace(services, database=database))
    other = sqlite3.connect(str(database.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with capture_logs():
        assert line.say("chenyu", "hello", MsgId=5).status_code == 503
    other.execute("ROLLBACK")
    other.close()
    assert "hello" in reply(line.say("chenyu", "hello", MsgId=5))
    database.close()


@pytest.mark.parametrize("body", ["<a>" * 20000, "<a>" * 9000 + "</a>" * 9000, "<xml>&#0;</xml>"])
def test_hostile_xml_is_refused_in_one_line(line: Line, body: str) -> None:
    with capture_logs() as lines:
        assert line.client.post("/wecom/callback?timestamp=1", data=body).status_code == 400
    assert [entry["event"] for entry in lines] == ["callback_refused"]


def test_callbacks_are_never_limited_and_pages_are(line: Line) -> None:
    brought = [line.event("chenyu", "view", EventKey=str(n)).status_code for n in range(200)]
    assert set(brought) == {200}
    assert 429 in [line.client.get("/healthz").status_code for _ in range(130)]


def test_figures_name_nobody(line: Line) -> None:
    for userid in ("chenyu", "stranger", "linfan"):
        line.say(userid, "private")
    shown = line.client.get("/metrics").text
    assert not [word for word in ("chenyu", "stranger", "linfan", "private") if word in shown]


def test_a_fault_in_a_page_is_not_printed(
    services: Services, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> bool:
        raise ValueError("pr1vate")

    monkeypatch.setattr("bot.health.schema.is_current", broken)
    assert create_app(services=services).test_client().get("/readyz").status_code == 500
    shown = capfd.readouterr()
    assert "pr1vate" not in shown.out + shown.err

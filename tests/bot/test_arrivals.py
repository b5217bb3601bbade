"""Who is answered at all, and what becomes of every kind of message and event."""

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.services import Services
from storage import departments, people

Line = Reply = Any


def queued(services: Services, userid: str = "chenyu") -> list[dict[str, Any]]:
    """What waits for a person, as payloads."""
    with services.database.begin() as tx:
        rows = tx.exec_driver_sql(
            "SELECT payload FROM outbox WHERE userid = ? ORDER BY id", (userid,)
        )
        return [json.loads(row[0]) for row in rows]


# ---- who is there ----


def test_an_unknown_member_learns_whom_to_ask(line: Line, reply: Reply) -> None:
    assert "周宁" in reply(line.say("stranger", "你好"))


def test_an_unknown_member_gets_one_message_however_many_there_are_to_ask(
    services: Services, line: Line, reply: Reply
) -> None:
    with services.database.begin() as tx:
        for number in range(300):
            people.upsert(tx, f"c{number}", f"统筹{number}")
            people.grant(tx, f"c{number}", "coordinator")
    assert "周宁" in reply(line.say("stranger", "你好"))


def test_an_inactive_member_is_unknown(services: Services, line: Line, reply: Reply) -> None:
    with services.database.begin() as tx:
        people.upsert(tx, "chenyu", "陈宇", active=False)
    assert "周宁" in reply(line.say("chenyu", "你好"))


def test_a_member_without_a_role_is_unknown(services: Services, line: Line, reply: Reply) -> None:
    with services.database.begin() as tx:
        people.upsert(tx, "new", "新人")
    assert "周宁" in reply(line.say("new", "你好"))


def test_an_unknown_member_is_greeted_once_a_day(line: Line, reply: Reply) -> None:
    answers_ = []
    for _ in range(2):
        answers_.append(reply(line.event("stranger", "enter_agent", EventKey="")))
        line.clock.advance(60)
    assert "周宁" in answers_[0]
    assert answers_[1] == ""


def test_a_contact_without_a_form_is_told_so(services: Services, line: Line, reply: Reply) -> None:
    with services.database.begin() as tx:
        people.upsert(tx, "new", "新人")
        people.grant(tx, "new", "contact", departments.upsert(tx, "999", "新设局"))
    assert "没有需要您填报" in reply(line.say("new", "你好"))


# ---- every kind of message and event ----


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("image", "Unreadable(kind='image')"),
        ("video", "Unreadable(kind='video')"),
        ("location", "Unreadable(kind='location')"),
        ("link", "Unreadable(kind='link')"),
        ("file", "Unreadable(kind='file')"),
        ("sticker", "Unreadable(kind='sticker')"),
    ],
)
def test_what_cannot_be_taken_goes_to_the_machine(
    line: Line, reply: Reply, kind: str, seen: str
) -> None:
    assert seen in reply(line.bring("chenyu", {"MsgType": kind, "MsgId": 1}))


def test_voice_gets_a_fixed_hint(line: Line, reply: Reply) -> None:
    said = reply(line.bring("chenyu", {"MsgType": "voice", "MsgId": 1, "Format": "amr"}))
    assert "语音" in said


def test_an_empty_text_is_a_text(line: Line, reply: Reply) -> None:
    assert "Said(text='')" in reply(line.say("chenyu", ""))


def test_a_menu_entry_is_a_text(line: Line, reply: Reply) -> None:
    assert "Said(text='进度')" in reply(line.event("chenyu", "click", EventKey="进度"))


@pytest.mark.parametrize("event", ["enter_agent", "subscribe"])
def test_coming_in_is_greeted_once_a_day(line: Line, reply: Reply, event: str) -> None:
    assert "Opened()" in reply(line.event("chenyu", event, EventKey=""))
    line.clock.advance(3600)
    assert reply(line.event("chenyu", event, EventKey="")) == ""
    line.clock.advance(24 * 3600)
    assert "Opened()" in reply(line.event("chenyu", event, EventKey=""))


@pytest.mark.parametrize(
    "event",
    ["LOCATION", "view", "unsubscribe", "scancode_push", "pic_weixin", "template_card_menu_event"],
)
def test_events_without_a_question_get_an_empty_body(
    services: Services, line: Line, reply: Reply, event: str
) -> None:
    with capture_logs() as lines:
        assert reply(line.event("chenyu", event, EventKey="k")) == ""
    assert lines == []
    assert queued(services) == []


@pytest.mark.parametrize("event", ["change_contact", "batch_job_result"])
def test_events_of_the_service_get_an_empty_body(line: Line, reply: Reply, event: str) -> None:
    assert reply(line.event("sys", event, ChangeType="update_user", UserID="chenyu")) == ""


def test_an_event_of_the_future_gets_an_empty_body_and_a_line(line: Line, reply: Reply) -> None:
    with capture_logs() as lines:
        assert reply(line.event("chenyu", "of_next_year")) == ""
    assert [entry["event"] for entry in lines] == ["unknown_event"]


def test_an_app_that_will_be_closed_alarms(line: Line, reply: Reply) -> None:
    with capture_logs() as lines:
        assert reply(line.event("sys", "inactive_alert")) == ""
    assert [(entry["event"], entry["log_level"]) for entry in lines] == [("app_alarm", "error")]

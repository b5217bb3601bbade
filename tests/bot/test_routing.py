from datetime import UTC, datetime

import pytest

from bot.routing import Course, chosen_of, course_of, event_of
from bot.wecom.inbound import Inbound
from dialogs.case import Role
from dialogs.desk_cards import desk_of
from dialogs.events import Chosen, Event, Opened, Photo, Said, Unreadable

NOW = datetime(2022, 5, 9, tzinfo=UTC)
REVIEWER, FINANCE = Role.REVIEWER, Role.FINANCE


def inbound(kind: str, **more: object) -> Inbound:
    return Inbound(kind, str(more.pop("sender", "li")), NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "course"),
    [
        (inbound("text", text="x"), Course.TALK),
        (inbound("voice"), Course.VOICE),
        (inbound("location"), Course.TALK),
        (inbound("unknown"), Course.TALK),
        (inbound("event", event="enter_agent"), Course.TALK),
        (inbound("event", event="subscribe"), Course.TALK),
        (inbound("event", event="click", event_key="x"), Course.TALK),
        (inbound("event", event="template_card_event"), Course.CLICK),
        (inbound("event", event="location"), Course.SILENT),
        (inbound("event", event="view"), Course.SILENT),
        (inbound("event", event="unsubscribe"), Course.SILENT),
        (inbound("event", event="change_contact", sender="sys"), Course.SILENT),
        (inbound("event", event="batch_job_result", sender="sys"), Course.SILENT),
        (inbound("text", sender=""), Course.SILENT),
        (inbound("event", event="close_inactive_agent", sender="sys"), Course.ALARM),
        (inbound("event", event="inactive_alert"), Course.ALARM),
        (inbound("event", event="of_next_year"), Course.STRANGE),
    ],
)
def test_the_course_of_each_kind(message: Inbound, course: Course) -> None:
    assert course_of(message) is course


@pytest.mark.parametrize(
    ("message", "event"),
    [
        (inbound("text", text=" 12 "), Said(" 12 ")),
        (inbound("event", event="enter_agent"), Opened()),
        (inbound("event", event="subscribe"), Opened()),
        (inbound("event", event="click", event_key="进度"), Said("进度")),
        (inbound("image", media_id="m1"), Photo("m1")),
        (inbound("image"), Unreadable("image")),
        (inbound("file"), Unreadable("file")),
        (inbound("unknown", extra={"MsgType": "sticker"}), Unreadable("sticker")),
    ],
)
def test_what_a_message_says(message: Inbound, event: Event) -> None:
    assert event_of(message) == event


def test_a_click_is_a_button_or_what_was_ticked() -> None:
    button = inbound("event", event_key="yes", card_type="button_interaction")
    assert chosen_of(button, "ask:q") == Chosen("ask:q", ("yes",))
    ticks = inbound("event", card_type="vote_interaction", selections={"ask:q": ("A", "C")})
    assert chosen_of(ticks, "ask:q") == Chosen("ask:q", ("A", "C"))
    nothing = inbound("event", event_key="submit", card_type="vote_interaction")
    assert chosen_of(nothing, "ask:q") == Chosen("ask:q", ())


def test_the_desk_of_a_card() -> None:
    assert desk_of("review:1:0") is REVIEWER
    assert desk_of("finance:1:1") is FINANCE
    assert desk_of("ask:cover") is None
